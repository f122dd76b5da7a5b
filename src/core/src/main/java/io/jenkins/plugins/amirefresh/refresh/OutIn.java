package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.HealthStatus;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import io.jenkins.plugins.amirefresh.refresh.Temporary.RaisedMax;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Launches the replacements first by raising desired capacity, proves them healthy, then terminates the old instances by
 * id and lowers desired capacity with each, so that AWS's termination policy never chooses.
 */
final class OutIn implements Strategy {

    private final int batch;

    /** @param batch instances replaced together, 0 for all */
    OutIn(int batch) {
        this.batch = batch;
    }

    @Override
    public Decided decide(Tick tick) {
        if (tick.isEnding(Ending.Way.LEAVE)) {
            return tick.state().temporary().surge() > 0 ? shrink(tick) : Undo.stop(tick);
        }
        GroupHealth health = tick.health();
        boolean isEnding = tick.state().earlyEnding().isPresent();
        // The replacements of those who wait for their release are there already, and stay.
        boolean isHeld = !isEnding && !health.holding().isEmpty();
        boolean isLowering =
                tick.state().temporary().surge() > 0 && health.replaceable().isEmpty() && !isHeld;
        if (tick.holdsLaunches() && !isLowering) {
            return tick.acting(
                    List.of(new Change.Resume(Set.of(ScalingProcess.LAUNCH))), "letting the group launch again");
        }
        if (tick.state().temporary().surge() > 0) {
            if (!health.replaceable().isEmpty()) {
                return inBatch(tick);
            }
            return isHeld ? Standby.await(tick, health.holding()) : whenEven(tick);
        }
        if (tick.isEnding(Ending.Way.FINISH_BATCH)) {
            return Undo.stop(tick);
        }
        if (!health.replaceable().isEmpty() && waitsForSlots(tick)) {
            return tick.waiting("waiting until terminated instances and their slots are free");
        }
        List<InstanceObservation> idle = withoutRoom(tick);
        if (!idle.isEmpty()) {
            return tick.launchesTarget()
                    ? tick.acting(
                            List.of(new Change.Replace(Tick.ids(idle))),
                            "terminating what serves nobody, without room for replacements beside it: "
                                    + Tick.names(idle))
                    : tick.acting(
                            tick.sourceChanges(),
                            "launching from version " + tick.plan().to());
        }
        if (!health.replaceable().isEmpty()) {
            return launchBatch(tick, health.replaceable().size());
        }
        int uneven = tick.state().watching().evened() ? 0 : Zones.toMove(tick);
        return uneven > 0 && health.waitedFor().isEmpty() ? even(tick, uneven) : Standby.orFinish(tick);
    }

    /** Once, before rebalancing resumes: what AWS would move is launched first, and proven before others go. */
    private Decided even(Tick tick, int count) {
        return launchBatch(tick.with(tick.state().with(tick.state().watching().evening())), count);
    }

    /** Who was launched to even the zones out has to serve before others go; without it AWS moves what it likes. */
    private static Decided whenEven(Tick tick) {
        GroupHealth health = tick.health();
        boolean isEvening = tick.state().watching().evened() && tick.launchesTarget();
        Optional<Failed> lost =
                isEvening && !tick.plan().wayBack() && !Broken.of(tick).isEmpty()
                        ? Trouble.ofLost(tick)
                        : Optional.empty();
        if (lost.isPresent()) {
            return tick.failed(lost.get());
        }
        return isEvening
                        && health.healthy() < tick.desired()
                        && Trouble.of(tick).isEmpty()
                ? tick.waiting("evening out the zones before rebalancing resumes, " + progress(health, tick))
                : shrink(tick);
    }

    private static boolean waitsForSlots(Tick tick) {
        return tick.plan().reusesSlots()
                && tick.group().instances().stream()
                        .anyMatch(instance -> tick.state().terminated().contains(instance.id()));
    }

    private Decided launchBatch(Tick tick, int outdated) {
        return launch(tick, Math.max(batch == 0 ? outdated : Math.min(batch, outdated), atOnce(tick)));
    }

    private static Decided launch(Tick tick, int count) {
        Temporary temporary = planned(tick, count);
        int surge = tick.state().temporary().surge();
        List<Change> changes = new ArrayList<>(tick.sourceChanges());
        String tag =
                new RestoreTag(tick.plan().runId(), temporary.withSurge(surge + count), tick.desired() - surge).text();
        if (!tick.group().tag(RestoreTag.NAME).equals(tag)) {
            changes.add(new Change.PutTags(Map.of(RestoreTag.NAME, tag)));
        }
        Set<ScalingProcess> toSuspend = new TreeSet<>(temporary.suspended());
        toSuspend.removeAll(tick.group().suspendedProcesses());
        if (!toSuspend.isEmpty()) {
            changes.add(new Change.Suspend(toSuspend));
        }
        RaisedMax max = temporary.max();
        if (max != null && max.to() > tick.group().capacity().max()) {
            changes.add(new Change.SetMax(max.to()));
        }
        changes.add(new Change.SetDesired(tick.desired(), tick.desired() + count));
        RefreshState state = tick.state().with(temporary.withTag(true)).withBatchSince(tick.now());
        return tick.with(state)
                .acting(
                        changes,
                        "launching " + Tick.count(count, "replacement") + " first, desired capacity " + tick.desired()
                                + " to " + (tick.desired() + count)
                                + (max == null ? "" : ", maximum " + max.was() + " to " + max.to()));
    }

    /**
     * On a way back those who serve nobody are no capacity: as many of them as there is room for are replaced together, and all
     * while too few serve.
     */
    private static int atOnce(Tick tick) {
        return Math.max(Math.min(idle(tick).size(), room(tick)), Urgency.lacking(tick));
    }

    /** Those of them for whom there is no room: none of them waits for the replacement of another one. */
    private static List<InstanceObservation> withoutRoom(Tick tick) {
        List<InstanceObservation> idle = idle(tick);
        return idle.size() > 1 && idle.size() > room(tick) ? idle : List.of();
    }

    private static int room(Tick tick) {
        return Math.max(0, tick.group().capacity().max() - tick.desired());
    }

    private static List<InstanceObservation> idle(Tick tick) {
        GroupHealth health = tick.health();
        return tick.plan().wayBack()
                ? health.replaceable().stream()
                        .filter(instance -> !health.serves(instance))
                        .toList()
                : List.of();
    }

    /**
     * What has to be changed for a while: the maximum when there is no room, and AZ rebalancing in several zones, since
     * terminating chosen instances unbalances them. Source: EC2 Auto Scaling User Guide, "Suspend-resume processes".
     */
    private static Temporary planned(Tick tick, int count) {
        Temporary temporary = tick.state().temporary();
        int needed = tick.desired() + count;
        int max = tick.group().capacity().max();
        if (needed > max) {
            RaisedMax earlier = temporary.max();
            int was = earlier != null && earlier.isOurs(max) ? earlier.was() : max;
            temporary = temporary.withMax(new RaisedMax(was, max, needed));
        }
        boolean rebalances = tick.group().availabilityZones().size() > 1
                && !tick.group().suspendedProcesses().contains(ScalingProcess.AZ_REBALANCE);
        return rebalances ? temporary.with(Set.of(ScalingProcess.AZ_REBALANCE)) : temporary;
    }

    private static Decided inBatch(Tick tick) {
        if (!tick.launchesTarget()) {
            return tick.acting(
                    tick.sourceChanges(),
                    "launching from version " + tick.plan().to());
        }
        int lacking = Urgency.lacking(tick);
        if (lacking > 0) {
            return launch(tick, lacking);
        }
        GroupHealth health = tick.health();
        int base = tick.desired() - tick.state().temporary().surge();
        List<InstanceObservation> old = health.replaceable();
        List<InstanceObservation> chosen =
                mayGo(tick, old.subList(0, Math.min(tick.state().temporary().surge(), old.size())), base);
        List<InstanceObservation> doubled = replacedByTheGroup(tick, chosen);
        if (!doubled.isEmpty()) {
            return tick.acting(
                    List.of(new Change.Replace(Tick.ids(doubled))),
                    "terminating " + Tick.names(doubled) + ", which the group replaces already");
        }
        if (!chosen.isEmpty()) {
            return tick.acting(
                    List.of(new Change.Retire(Tick.ids(chosen))),
                    "replacements are healthy, terminating " + Tick.names(chosen) + " (" + health.healthy()
                            + " healthy, minimum is " + base + ")");
        }
        return Trouble.of(tick).map(tick::failed).orElseGet(() -> tick.waiting(progress(health, tick)));
    }

    /**
     * Those whose replacements AWS launched before it ends them, as an instance maintenance policy tells it: lowering desired
     * capacity with them would leave it one too many, and its termination policy chooses whom it ends then. Source: EC2 Auto
     * Scaling User Guide, "Instance maintenance policies".
     */
    private static List<InstanceObservation> replacedByTheGroup(Tick tick, List<InstanceObservation> chosen) {
        int surplus = tick.health().staying().size() - tick.desired();
        return surplus <= 0
                ? List.of()
                : chosen.stream()
                        .filter(instance -> instance.healthStatus() == HealthStatus.UNHEALTHY)
                        .limit(surplus)
                        .toList();
    }

    /** All of them, as long as as many stay healthy as before; else who serves nobody, when all replacements are healthy. */
    private static List<InstanceObservation> mayGo(Tick tick, List<InstanceObservation> old, int base) {
        GroupHealth health = tick.health();
        if (health.reliable() - health.healthy(old) >= base) {
            return old;
        }
        List<InstanceObservation> current = health.current();
        boolean isReplaced = health.staying().size() >= tick.desired() && health.settled(current) == current.size();
        return isReplaced
                ? old.stream().filter(instance -> !health.isHealthy(instance)).toList()
                : List.of();
    }

    private static String progress(GroupHealth health, Tick tick) {
        int missing = Math.max(0, tick.desired() - health.staying().size());
        String unready = health.current().stream()
                .filter(instance -> !health.isHealthy(instance))
                .limit(3)
                .map(instance -> instance.id() + " " + health.whyNot(instance))
                .reduce((left, right) -> left + ", " + right)
                .map(text -> "; " + text)
                .orElse("");
        return "waiting for replacements, " + health.healthy(health.current()) + " healthy on version "
                + tick.plan().to() + (missing > 0 ? ", " + missing + " not launched yet" : "") + unready;
    }

    /** Lowers what is left of the surge: launches that never came, then who serves nobody, then who warms up, old before new. */
    private static Decided shrink(Tick tick) {
        GroupHealth health = tick.health();
        int surge = tick.state().temporary().surge();
        if (!tick.launchesTarget() && !tick.isEnding(Ending.Way.LEAVE)) {
            return tick.acting(
                    tick.sourceChanges(),
                    "launching from version " + tick.plan().to());
        }
        int missing = tick.desired() - health.staying().size();
        if (missing > 0) {
            int count = Math.min(surge, missing);
            return lower(tick, count, "by the " + Tick.count(count, "launch") + " that did not come");
        }
        if (health.staying().stream().noneMatch(health::mayGo)) {
            // Nobody goes now: AWS ends as many as are too many when they are released.
            return lower(tick, surge, "by " + surge + ", of instances that are protected from scale in");
        }
        List<InstanceObservation> spare = spare(tick, surge, tick.desired() - surge);
        if (!spare.isEmpty()) {
            return tick.acting(
                    List.of(new Change.Retire(Tick.ids(spare))), "terminating what is too many: " + Tick.names(spare));
        }
        return tick.waiting("waiting until " + (tick.desired() - surge) + " instances are healthy, then "
                + Tick.count(surge, "instance") + " too many go");
    }

    /** A launch that came after all, just before the capacity is lowered, would have AWS choose who goes: none may come then. */
    private static Decided lower(Tick tick, int count, String why) {
        String reason = "lowering desired capacity " + why;
        if (tick.group().suspendedProcesses().contains(ScalingProcess.LAUNCH)) {
            return tick.acting(List.of(new Change.SetDesired(tick.desired(), tick.desired() - count)), reason);
        }
        Temporary before = tick.state().temporary();
        Temporary temporary = before.with(Set.of(ScalingProcess.LAUNCH)).withTag(true);
        String tag = new RestoreTag(tick.plan().runId(), temporary, tick.desired() - before.surge()).text();
        return tick.with(tick.state().with(temporary))
                .acting(
                        List.of(
                                new Change.PutTags(Map.of(RestoreTag.NAME, tag)),
                                new Change.Suspend(Set.of(ScalingProcess.LAUNCH))),
                        "holding launches before " + reason);
    }

    private static List<InstanceObservation> spare(Tick tick, int surge, int base) {
        GroupHealth health = tick.health();
        // Where nobody can tell who serves, those that served all along are the surer ones.
        boolean keepsOld = !Balancers.untold(tick.state()).isEmpty();
        List<InstanceObservation> staying = health.staying();
        List<InstanceObservation> candidates = Zones.fromTheFullest(
                        staying.stream().filter(health::mayGo).toList(),
                        Comparator.comparing(health::isHealthy)
                                .thenComparing(health::serves)
                                .thenComparing(instance -> health.isOutdated(instance) == keepsOld),
                        staying)
                .stream()
                .limit(surge)
                .toList();
        int unhealthy = candidates.size() - health.healthy(candidates);
        int allowed = Math.max(0, health.reliable() - base);
        return candidates.subList(0, Math.min(candidates.size(), unhealthy + allowed));
    }
}
