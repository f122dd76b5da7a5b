package io.jenkins.plugins.amirefresh.powercycle;

import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Condition;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Decides what is to become of a resource by its schedule. One that is wrong spoils nobody else. */
public final class PowerDecider {

    /** Who told it to run shortly before it was to stop is nobody who wants it to run on; AWS takes its time, too. */
    private static final Duration JUST_BEFORE = Duration.ofMinutes(2);

    private final PowerRules rules;
    private final Schedules schedules;
    private final GroupPower groups;

    /** @param schedules those of one moment */
    public PowerDecider(PowerRules rules, Schedules schedules) {
        this.rules = rules;
        this.schedules = schedules;
        this.groups = new GroupPower(rules, schedules.now());
    }

    /** The decision; empty when the resource has no schedule. */
    public Optional<PowerDecision> decide(PowerTarget target) {
        return target.tag(rules.scheduleTags()).map(value -> decide(target, value));
    }

    /**
     * In which conditions an instance with this value in its tag needs a look: in the others it is as its schedule wants it,
     * and nothing else of it matters, if it may be touched at all.
     */
    public Set<Condition> toLookAt(String value) {
        try {
            PowerSchedule schedule = schedules.of(value);
            boolean isPlain = schedule.sizes().isEmpty() && schedule.after().isEmpty() && rules.wakesUntil() == null;
            if (isPlain) {
                return schedules.wanted(value).awake()
                        ? EnumSet.of(Condition.DOWN, Condition.FALLING)
                        : EnumSet.of(Condition.UP, Condition.RISING);
            }
        } catch (IllegalArgumentException e) {
            // Each with a wrong document is refused, however it is.
        }
        return EnumSet.allOf(Condition.class);
    }

    private PowerDecision decide(PowerTarget target, String value) {
        if (!target.memberOf().isEmpty()) {
            return PowerDecision.none(PowerOutcome.SKIPPED, "is left to its Auto Scaling group " + target.memberOf());
        }
        Optional<String> exclusion = rules.exclusion(target.tags());
        if (exclusion.isPresent()) {
            return PowerDecision.none(PowerOutcome.EXCLUDED, exclusion.get());
        }
        try {
            PowerSchedule schedule = schedules.of(value);
            Wanted wanted = schedules.wanted(value);
            PowerDecision decision = target.kind() == Kind.GROUP
                    ? groups.decide(target, schedule, wanted)
                    : instance(target, schedule, wanted);
            return decision.after(
                    schedule.after(),
                    decision.move() == PowerMove.NONE ? Instant.MAX : schedule.changesAfter(schedules.now()));
        } catch (IllegalArgumentException e) {
            return refused(target, value, String.valueOf(e.getMessage()));
        }
    }

    /** What is said of a resource whose document is wrong. */
    public static PowerDecision refused(PowerTarget target, String value, String why) {
        String what = target.kind() == Kind.GROUP ? "ASG" : "instance";
        return PowerDecision.none(
                PowerOutcome.REFUSED,
                "Error processing JSON document: " + value + " on " + what + " " + target.id() + ": " + why);
    }

    private PowerDecision instance(PowerTarget target, PowerSchedule schedule, Wanted wanted) {
        boolean isUp = target.condition() == Condition.UP || target.condition() == Condition.RISING;
        if (wanted.awake()) {
            return awake(target, schedule, wanted, isUp);
        }
        if (rules.wakesUntil() != null) {
            return isUp
                    ? PowerDecision.none(PowerOutcome.UNCHANGED, "runs")
                    : PowerDecision.of(
                            PowerMove.START, PowerOutcome.STARTED, "is woken, and runs until it is to stop next");
        }
        if (!isUp) {
            return PowerDecision.none(PowerOutcome.UNCHANGED, "is " + wanted);
        }
        Instant startedAt = target.startedAt();
        Instant stop = schedule.stoppedAt(schedules.now());
        Instant stoppedAt = stop.isAfter(wanted.since()) ? stop : wanted.since();
        boolean isByHand = startedAt != null && startedAt.isAfter(stoppedAt.plus(JUST_BEFORE));
        if (isByHand && !rules.enforces() && !schedule.enforces()) {
            return PowerDecision.none(
                    PowerOutcome.KEPT,
                    "was started by hand at " + startedAt + ", after its stop of " + stoppedAt
                            + ", and stays so until it is to stop next");
        }
        return PowerDecision.of(PowerMove.STOP, PowerOutcome.STOPPED, "its schedule wants it " + wanted)
                .hibernating(schedule.hibernates() && target.canHibernate());
    }

    private PowerDecision awake(PowerTarget target, PowerSchedule schedule, Wanted wanted, boolean isUp) {
        Optional<TimedSize.Due> due = schedule.sizeAt(schedules.now(), wanted.since());
        String type = due.map(found -> found.size().instanceType())
                .filter(wantedType -> !wantedType.equals(target.instanceType()))
                .orElse("");
        if (!isUp) {
            return PowerDecision.of(PowerMove.START, PowerOutcome.STARTED, "its schedule wants it " + wanted)
                    .as(type);
        }
        return due.isEmpty() || type.isEmpty()
                ? PowerDecision.none(PowerOutcome.UNCHANGED, "is " + wanted)
                : resize(target, type, due.get().at());
    }

    /** People work on it: it is stopped once for a size. One that was started since could not have it, or not by its own. */
    private static PowerDecision resize(PowerTarget target, String type, Instant at) {
        Instant startedAt = target.startedAt();
        if (startedAt != null && startedAt.isAfter(at)) {
            return PowerDecision.none(
                    PowerOutcome.HELD,
                    "is of type " + target.instanceType() + ", and its size of " + at + " is " + type
                            + ": it was started at " + startedAt
                            + ", after that, and is not stopped for it again before its next size; once it is"
                            + " stopped the next run starts it as " + type);
        }
        return PowerDecision.of(
                        PowerMove.RESIZE,
                        PowerOutcome.RESIZED,
                        "is to be of type " + type + " instead of " + target.instanceType())
                .as(type);
    }
}
