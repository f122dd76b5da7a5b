package io.jenkins.plugins.amirefresh.powercycle;

import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Condition;
import io.jenkins.plugins.amirefresh.powercycle.SleepTag.Phase;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Decides about groups: asleep they want no instance, and a tag keeps the sizes that they get back. */
final class GroupPower {

    private final PowerRules rules;
    private final Instant now;

    GroupPower(PowerRules rules, Instant now) {
        this.rules = rules;
        this.now = now;
    }

    PowerDecision decide(PowerTarget group, PowerSchedule schedule, Wanted wanted) {
        Optional<SleepTag> tag = SleepTag.of(group.tags());
        if (tag.isEmpty() && group.tags().containsKey(SleepTag.NAME)) {
            return PowerDecision.none(
                    PowerOutcome.FAILED,
                    "its tag " + SleepTag.NAME + " cannot be read, so its sizes are not known: "
                            + group.tags().get(SleepTag.NAME) + "; set them and remove the tag");
        }
        boolean isUp = group.condition() == Condition.UP;
        Instant wakesUntil = rules.wakesUntil();
        if (!wanted.awake() && wakesUntil != null) {
            return woken(group, schedule, wakesUntil, tag, isUp);
        }
        return wanted.awake() ? awake(group, schedule, wanted, tag, isUp) : asleep(group, schedule, wanted, tag, isUp);
    }

    /** Out of its hours, with a tag that keeps the runs to come from putting it back to sleep before. */
    private static PowerDecision woken(
            PowerTarget group, PowerSchedule schedule, Instant until, Optional<SleepTag> tag, boolean isUp) {
        if (tag.isEmpty() && !isUp) {
            return nobodysSizes("it is to be woken");
        }
        Capacity to = isUp ? group.size() : sizes(schedule, tag.orElseThrow().capacity(), group.size());
        String other = isUp ? "" : otherSizes(schedule, tag.orElseThrow().capacity(), group.size(), to);
        return to.desired() == 0
                ? held(tag.orElseThrow())
                : PowerDecision.of(PowerMove.START, PowerOutcome.STARTED, other + "is woken until " + until)
                        .with(new SleepTag(Phase.WOKEN, to, until), to);
    }

    private PowerDecision asleep(
            PowerTarget group, PowerSchedule schedule, Wanted wanted, Optional<SleepTag> tag, boolean isUp) {
        boolean isHalfway = tag.filter(found -> found.phase() == Phase.STOPPING).isPresent();
        if (!isUp && !isHalfway) {
            return remains(group, wanted, tag);
        }
        Optional<Instant> woken = tag.filter(found -> found.phase() == Phase.WOKEN)
                .map(SleepTag::since)
                .filter(now::isBefore);
        if (woken.isPresent()) {
            return PowerDecision.none(PowerOutcome.KEPT, "was woken until " + woken.get());
        }
        boolean isByHand = tag.filter(found -> found.phase() == Phase.ASLEEP)
                .filter(found -> !found.since().isBefore(wanted.since()))
                .isPresent();
        if (isByHand && !rules.enforces() && !schedule.enforces()) {
            return PowerDecision.none(
                    PowerOutcome.KEPT,
                    "was given instances by hand after its stop of " + wanted.since()
                            + ", and stays so until it is to stop next");
        }
        Capacity saved = tag.filter(found -> keeps(found, group.size()))
                .map(SleepTag::capacity)
                .orElseGet(group::size);
        SleepTag written = new SleepTag(Phase.STOPPING, saved, wanted.since());
        return PowerDecision.of(PowerMove.STOP, PowerOutcome.STOPPED, "its schedule wants it " + wanted)
                .with(written, new Capacity(0, 0, group.size().max()));
    }

    /** It has been told to stop, by its schedule or by others: it is off only when nothing of it is left. */
    private static PowerDecision remains(PowerTarget group, Wanted wanted, Optional<SleepTag> tag) {
        Remainder left = group.remainder();
        if (left.isThere() && left.isKept()) {
            return PowerDecision.none(
                    PowerOutcome.FAILED,
                    "its schedule wants it " + wanted + ", but it " + left.text() + left.because());
        }
        return left.isThere() && tag.isPresent()
                ? PowerDecision.of(
                                PowerMove.STOP,
                                PowerOutcome.STOPPED,
                                "its schedule wants it " + wanted + ", and it " + left.text())
                        .with(
                                stopping(tag.get(), wanted),
                                new Capacity(0, 0, group.size().max()))
                : PowerDecision.none(PowerOutcome.UNCHANGED, "is " + wanted);
    }

    private static SleepTag stopping(SleepTag tag, Wanted wanted) {
        return tag.phase() == Phase.WOKEN
                ? new SleepTag(Phase.STOPPING, tag.capacity(), wanted.since())
                : tag.as(Phase.STOPPING);
    }

    /** What is saved is what the group had, unless somebody has since given it a minimum of its own. */
    private static boolean keeps(SleepTag tag, Capacity size) {
        return tag.phase() == Phase.STOPPING || (tag.phase() == Phase.ASLEEP && size.min() == 0);
    }

    private PowerDecision awake(
            PowerTarget group, PowerSchedule schedule, Wanted wanted, Optional<SleepTag> tag, boolean isUp) {
        boolean wasWoken =
                isUp && tag.filter(found -> found.phase() == Phase.WOKEN).isPresent();
        if (tag.isPresent() && !wasWoken) {
            return back(group, schedule, wanted, tag.get(), isUp);
        }
        if (isUp) {
            return timed(group, schedule, wanted);
        }
        Integer min = schedule.min();
        Integer desired = schedule.desired();
        boolean saysSizes = (min != null && min > 0) || (desired != null && (min == null || min > 0));
        if (!saysSizes) {
            return nobodysSizes("its schedule wants it " + wanted);
        }
        Capacity one = new Capacity(1, 1, Math.max(1, group.size().max()));
        Capacity to = sizes(schedule, one, group.size());
        return PowerDecision.of(
                        PowerMove.START,
                        PowerOutcome.STARTED,
                        otherSizes(schedule, one, group.size(), to) + "its schedule wants it " + wanted)
                .with(null, to);
    }

    /** It gets its sizes back. One that others gave instances meanwhile may get more by that, and never fewer: they serve. */
    private static PowerDecision back(
            PowerTarget group, PowerSchedule schedule, Wanted wanted, SleepTag tag, boolean isUp) {
        Capacity own = sizes(schedule, tag.capacity(), group.size());
        if (own.desired() == 0 && tag.capacity().desired() > 0) {
            return held(tag);
        }
        Capacity now = group.size();
        boolean isBack = tag.phase() == Phase.STARTING && isUp && now.min() == own.min();
        Capacity most = new Capacity(Math.max(own.min(), now.min()), Math.max(own.desired(), now.desired()), own.max());
        Capacity to = isBack ? now : isUp ? most : own;
        String theirs = isBack || to.equals(own) ? "" : theirs(own, to);
        return PowerDecision.of(
                        PowerMove.START,
                        PowerOutcome.STARTED,
                        otherSizes(schedule, tag.capacity(), now, to) + theirs + "its schedule wants it " + wanted)
                .with(tag.as(Phase.STARTING), to);
    }

    private static String theirs(Capacity own, Capacity kept) {
        return "others gave it " + kept.desired() + " with a minimum of " + kept.min()
                + " while it was asleep, which it keeps instead of " + own.desired() + " with " + own.min() + "; ";
    }

    /** Nobody finds out later why a group is smaller than it was, or may grow beyond what it could. */
    private static String otherSizes(PowerSchedule schedule, Capacity saved, Capacity now, Capacity to) {
        if (to.max() > now.max()) {
            return "its document wants " + to.desired() + ", so its maximum of " + now.max() + " becomes " + to.max()
                    + "; ";
        }
        if (schedule.min() != null || schedule.desired() != null) {
            return "";
        }
        boolean hasLess = to.desired() < saved.desired();
        return hasLess || to.min() < saved.min()
                ? "with " + (hasLess ? to.desired() : "a minimum of " + to.min()) + " instead of "
                        + (hasLess ? saved.desired() : saved.min()) + ": maximum is " + now.max() + " now; "
                : "";
    }

    private static PowerDecision held(SleepTag tag) {
        return PowerDecision.none(
                PowerOutcome.HELD,
                "its maximum is 0, which others set while it was asleep, so its "
                        + tag.capacity().desired() + " instances cannot start: raise it; its sizes stay in its tag "
                        + SleepTag.NAME);
    }

    /** It was asleep and others took its tag, or it never ran: nobody may guess how many it takes, but it does not serve. */
    private static PowerDecision nobodysSizes(String wanted) {
        return PowerDecision.none(
                PowerOutcome.HELD,
                wanted + ", but it wants no instances and has no tag " + SleepTag.NAME
                        + " with the sizes that it had; set its sizes, or give it min and desired in its document, or"
                        + " take its schedule away");
    }

    /** The document's sizes where it gives some, else those it had; a maximum that others set meanwhile stays theirs. */
    private static Capacity sizes(PowerSchedule schedule, Capacity saved, Capacity size) {
        Integer givenMin = schedule.min();
        Integer givenDesired = schedule.desired();
        if (givenMin == null && givenDesired == null) {
            return new Capacity(Math.min(saved.min(), size.max()), Math.min(saved.desired(), size.max()), size.max());
        }
        int min = givenMin == null ? saved.min() : givenMin;
        int desired = givenDesired == null ? Math.max(saved.desired(), min) : givenDesired;
        return new Capacity(Math.min(min, desired), desired, Math.max(desired, size.max()));
    }

    private PowerDecision timed(PowerTarget group, PowerSchedule schedule, Wanted wanted) {
        Optional<TimedSize.Due> due = schedule.sizeAt(now, wanted.since());
        Instant taken = taken(group);
        if (due.isEmpty() || !taken.isBefore(due.get().at())) {
            return PowerDecision.none(PowerOutcome.UNCHANGED, "is " + wanted);
        }
        TimedSize size = due.get().size();
        if (!size.instanceType().isEmpty()) {
            throw new IllegalArgumentException(
                    "its 'sizes' name an instance type, which a group takes from its template");
        }
        Integer sizeMin = size.min();
        Integer sizeDesired = size.desired();
        int min = sizeMin == null ? group.size().min() : sizeMin;
        int desired = Math.max(min, sizeDesired == null ? group.size().desired() : sizeDesired);
        Capacity to = new Capacity(min, desired, Math.max(desired, group.size().max()));
        String other = otherSizes(schedule, to, group.size(), to);
        return PowerDecision.of(
                        PowerMove.RESIZE,
                        PowerOutcome.RESIZED,
                        other + "is to be of size " + to + " since " + due.get().at())
                .with(null, to)
                .sized(due.get().at());
    }

    private static Instant taken(PowerTarget group) {
        try {
            return Instant.parse(group.tags().getOrDefault(TimedSize.TAG, Instant.EPOCH.toString()));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
