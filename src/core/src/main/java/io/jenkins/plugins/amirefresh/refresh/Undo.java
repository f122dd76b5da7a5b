package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Done;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Paused;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Stopped;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The end of an attempt: what is temporary is undone, and only what is ours. Surge is lowered before. */
final class Undo {

    private Undo() {}

    /** Done when every instance is current and healthy; until then what is missing. */
    static Decided finish(Tick tick) {
        List<Change> changes = changes(tick);
        int cut = cut(tick, changes);
        if (cut > 0 && tick.health().reliable() - cut < tick.plan().floor()) {
            return orTooLate(
                    tick, "waiting until AWS can end " + Tick.count(cut, "instance") + " when the maximum goes back");
        }
        if (!changes.isEmpty()) {
            return puttingBack(tick, changes, Undo::finish);
        }
        Tick clean = tick.with(undone(tick));
        GroupHealth health = clean.health();
        int healthy = health.settled(health.current());
        if (health.listsOutdated()) {
            return orTooLate(clean, "waiting until the last replaced instance is gone");
        }
        List<InstanceObservation> leftAlone = health.leftAlone();
        int units = InstanceObservation.units(
                health.current().stream().filter(health::isSettled).toList());
        if (units + InstanceObservation.units(leftAlone) < clean.desired()
                || healthy < health.current().size()) {
            return orTooLate(
                    clean,
                    units + " of " + clean.desired() + (clean.group().isWeighted() ? " units" : "")
                            + " healthy on version "
                            + clean.plan().to());
        }
        if (clean.desired() == 0 && health.staying().isEmpty()) {
            return empty(clean);
        }
        if (health.current().isEmpty() && !leftAlone.isEmpty() && !clean.plan().wayBack()) {
            return clean.failed("no instance was replaced, since " + Tick.names(leftAlone)
                    + " are left alone as asked, so nothing proves version "
                    + clean.plan().to());
        }
        return done(clean, healthy);
    }

    private static Decided done(Tick clean, int healthy) {
        GroupHealth health = clean.health();
        List<InstanceObservation> leftAlone = health.leftAlone();
        String besides = besides(health);
        String alone = leftAlone.isEmpty() ? "" : "; left alone as asked: " + Tick.names(leftAlone);
        return new Decided(
                clean.state(),
                new Done(
                        "all " + Tick.count(healthy, "instance") + (besides.isEmpty() ? " healthy" : "")
                                + " on version " + clean.plan().to() + ofOverrides(clean)
                                + (besides.isEmpty() ? "" : ", ")
                                + besides
                                + alone,
                        besides));
    }

    private static String ofOverrides(Tick tick) {
        boolean isOfAnother = tick.health().current().stream()
                .anyMatch(instance ->
                        instance.template() != null && !tick.plan().template().equals(instance.template()));
        return isOfAnother ? " or on what their overrides' own templates launch" : "";
    }

    /** A group without instances is done, unless new ones were there and none was proven before they went. */
    private static Decided empty(Tick tick) {
        return unproven(tick)
                .orElseGet(() -> new Decided(
                        tick.state(),
                        new Done(tick.group().emptyLaunching(tick.plan().to()), "")));
    }

    static Optional<Decided> unproven(Tick tick) {
        return tick.plan().wayBack()
                ? Optional.empty()
                : tick.state()
                        .findings()
                        .neverProven()
                        .map(why -> tick.failed(why + tick.inconclusive("look what it answered, then run again")));
    }

    private static String besides(GroupHealth health) {
        List<InstanceObservation> unwell = health.asUnwellAsBefore();
        return unwell.isEmpty()
                ? ""
                : unwell.stream().map(instance -> instance.id().value()).collect(Collectors.joining(", "))
                        + " not healthy, as many as when it went back: " + health.whyNot(unwell.get(0));
    }

    /** Ended early, with where the group stands. */
    static Decided stop(Tick tick) {
        Optional<Decided> broken = failed(tick);
        if (broken.isPresent()) {
            return broken.get();
        }
        List<Change> changes = changes(tick);
        List<InstanceObservation> idle = idle(tick, cut(tick, changes));
        if (!idle.isEmpty()) {
            return tick.acting(
                    List.of(new Change.Retire(Tick.ids(idle))),
                    "terminating what has no room when the maximum goes back: " + Tick.names(idle));
        }
        if (!changes.isEmpty()) {
            return puttingBack(tick, changes, Undo::stop);
        }
        if (isUnproven(tick)) {
            return tick.waiting(
                    "waiting until all that are on version " + tick.plan().to() + " are healthy");
        }
        if (wasItTheLast(tick)) {
            return tick.acting(
                    tick.sourceChanges(),
                    "launching from version " + tick.plan().to() + ", since the batch that was finished was the last");
        }
        GroupHealth health = tick.health();
        String why = tick.state().earlyEnding().map(ending -> ending.reason()).orElse("stopped");
        List<InstanceObservation> current = health.current();
        return new Decided(
                undone(tick),
                new Stopped(
                        why + "; " + current.size() + " of " + all(tick) + " instances on version "
                                + tick.plan().to() + lacking(tick, current),
                        tick.launchesTarget() && isWhole(tick)));
    }

    /** Those that are to be there count as well. */
    private static int all(Tick tick) {
        int there = tick.health().staying().size();
        return tick.group().isWeighted() ? there : Math.max(there, tick.desired());
    }

    /** Who serves is told, whether or not it has done so for long enough in this attempt. */
    private static String lacking(Tick tick, List<InstanceObservation> current) {
        GroupHealth health = tick.health();
        int serving = (int) current.stream().filter(health::serves).count();
        int proven = health.healthy(current);
        if (serving < current.size()) {
            return ", " + serving + " of those healthy";
        }
        return proven < current.size() && !tick.plan().wayBack() ? ", " + proven + " of those proven" : "";
    }

    /** Nobody looks any more once a batch has ended as the last one: what failed is not left to launch and to serve. */
    private static Optional<Decided> failed(Tick tick) {
        return isAfterABatch(tick) ? Trouble.of(tick).map(tick::failed) : Optional.empty();
    }

    private static boolean isAfterABatch(Tick tick) {
        return tick.isEnding(Ending.Way.FINISH_BATCH)
                && !tick.plan().wayBack()
                && tick.state().changedAt().isAfter(Instant.EPOCH);
    }

    /** AWS points the group at the new version only when its refresh ends by itself: all run it, and none would follow. */
    private static boolean wasItTheLast(Tick tick) {
        return isAfterABatch(tick)
                && !tick.launchesTarget()
                && !tick.health().current().isEmpty()
                && isWhole(tick)
                && ManagedRefreshes.active(tick.sight().instanceRefreshes()).isEmpty();
    }

    /** The last batch ends with who is still to get healthy, for example of what AWS moves to another zone by itself. */
    private static boolean isUnproven(Tick tick) {
        GroupHealth health = tick.health();
        return tick.isEnding(Ending.Way.FINISH_BATCH)
                && InstanceObservation.units(health.staying()) >= tick.desired()
                && health.healthy(health.current()) < health.current().size()
                && Trouble.of(tick).isEmpty()
                && Trouble.groupTimeLimit(tick).isEmpty();
    }

    /** As many as desired are on the wanted version and healthy; what was replaced may still be leaving. */
    static boolean isWhole(Tick tick) {
        GroupHealth health = tick.health();
        List<InstanceObservation> current = health.current();
        return health.outdated().isEmpty()
                && health.outdatedInPool().isEmpty()
                && health.healthy(current) == current.size()
                && InstanceObservation.units(current) + InstanceObservation.units(health.leftAlone()) >= tick.desired();
    }

    /** The canary stands; nothing that is temporary outlasts the wait for whoever goes on. */
    static Decided pause(Tick tick) {
        List<Change> changes = changes(tick);
        if (!changes.isEmpty()) {
            return puttingBack(tick, changes, Undo::pause);
        }
        GroupHealth health = tick.health();
        return new Decided(
                undone(tick),
                new Paused("canary " + Tick.names(health.current()) + " is healthy on version "
                        + tick.plan().to() + ", "
                        + Tick.count(health.replaceable().size(), "instance") + " to go"));
    }

    /** Others scaled out above the maximum that goes back: AWS chooses which instances end, and how many that are. */
    private static int cut(Tick tick, List<Change> changes) {
        int staying = Math.min(tick.desired(), tick.health().staying().size());
        return changes.stream()
                .filter(Change.SetMax.class::isInstance)
                .mapToInt(change -> Math.max(0, staying - ((Change.SetMax) change).max()))
                .findFirst()
                .orElse(0);
    }

    /** Where AWS could choose too many that are healthy, those that are not go before, and lower desired capacity. */
    private static List<InstanceObservation> idle(Tick tick, int cut) {
        GroupHealth health = tick.health();
        if (cut == 0 || health.reliable() - cut >= tick.plan().floor()) {
            return List.of();
        }
        return health.staying().stream()
                .filter(instance -> !health.isHealthy(instance) && health.mayGo(instance))
                .sorted(Comparator.comparing(health::serves).thenComparing(InstanceObservation::id))
                .limit(cut)
                .toList();
    }

    private static Decided orTooLate(Tick tick, String reason) {
        return Trouble.of(tick).map(tick::failed).orElseGet(() -> tick.waiting(reason));
    }

    /** Nothing is temporary any more but what AWS refused to have put back. */
    private static RefreshState undone(Tick tick) {
        Temporary temporary = tick.state().temporary();
        boolean isLeft = temporary.leftover() != null
                && (!suspended(tick).isEmpty()
                        || isRaised(tick)
                        || tick.group().tags().containsKey(RestoreTag.NAME));
        return tick.state().with(isLeft ? temporary.with((Undoing) null) : Temporary.NONE);
    }

    /** In the order of the calls; the tag that tells of the others goes last, and stays while one of them does. */
    private static List<Change> changes(Tick tick) {
        Temporary temporary = tick.state().temporary();
        List<Change> changes = new ArrayList<>();
        Set<ScalingProcess> ours = suspended(tick);
        boolean stays = false;
        if (!ours.isEmpty() && temporary.isToPutBack(Leftover.Kind.PROCESSES)) {
            changes.add(new Change.Resume(ours));
        } else {
            stays = !ours.isEmpty();
        }
        if (isRaised(tick) && temporary.isToPutBack(Leftover.Kind.MAXIMUM)) {
            changes.add(new Change.SetMax(maxBefore(tick)));
        } else {
            stays |= isRaised(tick);
        }
        if (temporary.tagged()
                && !stays
                && temporary.isToPutBack(Leftover.Kind.TAG)
                && tick.group().tags().containsKey(RestoreTag.NAME)) {
            changes.add(new Change.RemoveTags(Set.of(RestoreTag.NAME)));
        }
        return changes;
    }

    private static Set<ScalingProcess> suspended(Tick tick) {
        Set<ScalingProcess> ours = new TreeSet<>(tick.state().temporary().suspended());
        ours.retainAll(tick.group().suspendedProcesses());
        return ours;
    }

    private static boolean isRaised(Tick tick) {
        Temporary.RaisedMax max = tick.state().temporary().max();
        int now = tick.group().capacity().max();
        return max != null && max.isOurs(now) && now != maxBefore(tick);
    }

    /** A minimum that others set above it meanwhile holds: AWS refuses a maximum below. */
    private static int maxBefore(Tick tick) {
        Temporary.RaisedMax max = tick.state().temporary().max();
        return max == null
                ? tick.group().capacity().max()
                : Math.max(max.was(), tick.group().capacity().min());
    }

    /**
     * What AWS does not do for too long speaks against no instance, as little as what it refuses: the attempt goes on to its
     * end without.
     */
    private static Decided puttingBack(Tick tick, List<Change> changes, Function<Tick, Decided> without) {
        Undoing before = tick.state().temporary().undoing();
        Undoing undoing = before == null ? new Undoing(tick.now(), "") : before;
        if (undoing.isVain(tick.now())) {
            RefreshState left = leaving(tick, changes, undoing.cause());
            // A group that may not launch is not left so in silence, and neither is it waited for without an end.
            return left.equals(tick.state())
                    ? tick.failed(names(changes) + ": " + undoing.cause())
                    : without.apply(tick.with(left));
        }
        String line = "putting back what was temporary: " + names(changes);
        return tick.with(tick.state().with(tick.state().temporary().with(undoing)))
                .acting(changes, undoing.words().isEmpty() ? line : "waiting: " + undoing.words());
    }

    private static RefreshState leaving(Tick tick, List<Change> changes, String cause) {
        RefreshState left = tick.state();
        for (Change change : changes) {
            left = Leftover.of(left, change, tick.group().capacity().max(), cause)
                    .orElse(left);
        }
        return left.withUnseen(0);
    }

    /** All is done but what is temporary: no time that this takes makes it worth another way back. */
    static boolean isAllThatIsLeft(Tick tick) {
        return tick.state().temporary().undoing() != null && isWhole(tick);
    }

    private static String names(List<Change> changes) {
        return String.join(", ", changes.stream().map(Change::describe).toList());
    }
}
