package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Terminates one old instance, or a batch, lets the group replace it, and goes on when the replacement is healthy. With a
 * fixed network interface, or the last slots of capacity reservations, the replacement may only start when the old instance
 * is gone, so launching is suspended until then.
 */
final class InOut implements Strategy {

    private final int batch;

    /** @param batch instances replaced together, 0 for all */
    InOut(int batch) {
        this.batch = batch;
    }

    @Override
    public Decided decide(Tick tick) {
        if (tick.holdsLaunches()) {
            boolean gone = tick.group().instances().stream()
                    .noneMatch(instance -> tick.state().terminated().contains(instance.id()));
            return gone
                    ? tick.acting(
                            List.of(new Change.Resume(Set.of(ScalingProcess.LAUNCH))),
                            "the old instance is gone, its replacement may start")
                    : Trouble.of(tick)
                            .map(tick::failed)
                            .orElseGet(() -> tick.waiting("waiting until the old instance and "
                                    + (tick.plan().reusesSlots() ? "its slot" : "its network interface")
                                    + " are free"));
        }
        if (tick.isEnding(Ending.Way.LEAVE)) {
            return Undo.stop(tick);
        }
        GroupHealth health = tick.health();
        int inFlight = inFlight(tick, health);
        if (tick.isEnding(Ending.Way.FINISH_BATCH)
                && (inFlight == 0 || tick.state().batchSince() == null)) {
            return Undo.stop(tick);
        }
        if (health.replaceable().isEmpty() && inFlight == 0) {
            return Standby.orFinish(tick);
        }
        List<InstanceObservation> chosen = tick.isEnding(Ending.Way.FINISH_BATCH) ? List.of() : next(tick, inFlight);
        if (!chosen.isEmpty()) {
            return replace(tick, chosen);
        }
        if (tick.state().batchSince() == null && health.replaceable().isEmpty()) {
            return Standby.orFinish(tick);
        }
        return Trouble.of(tick).map(tick::failed).orElseGet(() -> tick.waiting(progress(tick, health)));
    }

    private static int inFlight(Tick tick, GroupHealth health) {
        List<InstanceObservation> current = health.current();
        return Math.max(0, tick.desired() - health.staying().size()) + current.size() - health.settled(current);
    }

    private List<InstanceObservation> next(Tick tick, int inFlight) {
        GroupHealth health = tick.health();
        int floor = tick.plan().floorOf(tick.desired());
        int spare = health.reliable() - floor;
        int most = batch == 0 ? tick.desired() : batch;
        // On the way back who serves nobody goes at once: it is what the group goes back from. Where nobody serves at
        // all it
        // may be the look that is wrong.
        boolean isOneByOne = !tick.plan().wayBack() || health.healthy() == 0;
        List<InstanceObservation> chosen = new ArrayList<>();
        for (InstanceObservation instance : health.replaceable()) {
            int cost = health.isHealthy(instance) ? 1 : 0;
            boolean hasTurn = chosen.size() < most - inFlight || (cost == 0 && !isOneByOne);
            if (hasTurn && (cost == 0 || cost <= spare)) {
                chosen.add(instance);
                spare -= cost;
            }
        }
        return chosen;
    }

    private static Decided replace(Tick tick, List<InstanceObservation> chosen) {
        List<Change> changes = new ArrayList<>(tick.sourceChanges());
        RefreshState state = tick.state().withBatchSince(tick.now());
        boolean mayHold = !tick.group().suspendedProcesses().contains(ScalingProcess.LAUNCH);
        if ((tick.plan().fixedNetworkInterface() || tick.plan().reusesSlots()) && mayHold) {
            Temporary temporary =
                    state.temporary().with(Set.of(ScalingProcess.LAUNCH)).withTag(true);
            String tag = new RestoreTag(tick.plan().runId(), temporary, tick.desired()).text();
            changes.add(new Change.PutTags(Map.of(RestoreTag.NAME, tag)));
            changes.add(new Change.Suspend(Set.of(ScalingProcess.LAUNCH)));
            state = state.with(temporary);
        }
        changes.add(new Change.Replace(Tick.ids(chosen)));
        GroupHealth health = tick.health();
        return tick.with(state)
                .acting(
                        changes,
                        "terminating " + Tick.names(chosen) + ", the group replaces it (" + health.healthy()
                                + " healthy, minimum is "
                                + tick.plan().floorOf(tick.desired()) + ")");
    }

    private static String progress(Tick tick, GroupHealth health) {
        String unready = health.staying().stream()
                .filter(instance -> !health.isHealthy(instance))
                .limit(3)
                .map(instance -> instance.id() + " " + health.whyNot(instance))
                .reduce((left, right) -> left + ", " + right)
                .map(text -> "; " + text)
                .orElse("");
        return "waiting, " + health.healthy() + " of " + tick.desired() + " healthy, minimum is "
                + tick.plan().floorOf(tick.desired()) + unready;
    }
}
