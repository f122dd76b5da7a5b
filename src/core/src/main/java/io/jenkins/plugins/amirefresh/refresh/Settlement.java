package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.DrivenRefresh;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares announced changes with what AWS shows, and keeps the account of desired capacity: which part of it is our own
 * surge, and which part others set.
 */
final class Settlement {

    /** How long AWS may take to show a change before it counts as not made. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How often in a row a change may stay invisible. */
    static final int ATTEMPTS = 8;

    private Settlement() {}

    /** A decision when there is nothing else to decide yet. */
    static Optional<Decided> unsettled(Tick tick) {
        Pending pending = tick.state().pending();
        if (!tick.group().at().isAfter(tick.state().changedAt())) {
            return Optional.of(tick.waiting("waiting for a read that is newer than the last change"));
        }
        if (pending == null || isVisible(pending, tick) || isOverdue(pending, tick)) {
            return Optional.empty();
        }
        return Optional.of(tick.waiting("waiting until AWS shows " + names(invisible(pending, tick))));
    }

    /** The state with the pending changes settled, seen or given up, and desired capacity accounted for. */
    static RefreshState settle(Tick tick) {
        Pending pending = tick.state().pending();
        RefreshState state = tick.state();
        if (pending != null) {
            List<Change> missing = invisible(pending, tick);
            for (Change change : asFarAsMade(pending, missing)) {
                state = settle(change, pending, tick.with(state));
            }
            state = state.with((Pending) null).withUnseen(missing.isEmpty() ? 0 : state.unseen() + 1);
            state = forget(missing, tick.with(state));
        }
        return account(tick.with(state));
    }

    /**
     * Calls are made in their order. When the host died among them and a tag is not there, what was to follow it was never
     * made, and a size that moved since is someone else's.
     */
    private static List<Change> asFarAsMade(Pending pending, List<Change> missing) {
        List<Change> made = new ArrayList<>();
        for (Change change : pending.changes()) {
            if (pending.retired() == Pending.UNKNOWN && change instanceof Change.PutTags && missing.contains(change)) {
                return made;
            }
            made.add(change);
        }
        return made;
    }

    private static RefreshState settle(Change change, Pending pending, Tick tick) {
        RefreshState state = tick.state();
        int observed = tick.desired();
        if (change instanceof Change.SetDesired set && observed != set.before()) {
            boolean ours = Math.abs(observed - set.desired()) < Math.abs(observed - set.before());
            return ours ? moved(state, set.desired() - set.before()) : state;
        }
        if (change instanceof Change.Retire retire) {
            int decided = retire.instances().size();
            int lowered = pending.retired() == Pending.UNKNOWN
                    ? Math.max(0, Math.min(decided, state.desired() - observed))
                    : pending.retired();
            return moved(state, -lowered);
        }
        if (change instanceof Change.StartInstanceRefresh start) {
            return start.startedIn(tick.sight())
                    .map(refresh -> state.with(new DrivenRefresh(refresh.id(), false, 0)))
                    .orElse(state);
        }
        return state;
    }

    /** Our own move of desired capacity. */
    private static RefreshState moved(RefreshState state, int by) {
        int surge = Math.max(0, state.temporary().surge() + by);
        return state.with(state.temporary().withSurge(surge)).withDesired(state.desired() + by);
    }

    /**
     * What is left of the difference is someone else's: a decrease eats our surge first, an increase is theirs, and so is
     * what their minimum demands.
     */
    private static RefreshState account(Tick tick) {
        RefreshState state = tick.state();
        int difference = state.desired() < 0 ? 0 : tick.desired() - state.desired();
        int mayGo = Math.max(0, tick.desired() - tick.group().capacity().min());
        int surge = Math.max(0, Math.min(mayGo, state.temporary().surge() + Math.min(0, difference)));
        return state.with(state.temporary().withSurge(surge)).withDesired(tick.desired());
    }

    /** Instances whose termination never showed are there again. */
    private static RefreshState forget(List<Change> missing, Tick tick) {
        Set<InstanceId> terminated = new TreeSet<>(tick.state().terminated());
        for (Change change : missing) {
            for (InstanceObservation instance : tick.group().instances()) {
                if (change.terminates().contains(instance.id())
                        && !instance.lifecycleState().isLeaving()) {
                    terminated.remove(instance.id());
                }
            }
        }
        return tick.state()
                .withSeen(tick.state().sightings(), terminated, tick.state().lost());
    }

    private static boolean isVisible(Pending pending, Tick tick) {
        return invisible(pending, tick).isEmpty();
    }

    private static boolean isOverdue(Pending pending, Tick tick) {
        return tick.now().isAfter(pending.since().plus(PATIENCE));
    }

    private static List<Change> invisible(Pending pending, Tick tick) {
        return pending.changes().stream()
                .filter(change -> !change.isVisibleIn(tick.sight()))
                .toList();
    }

    private static String names(List<Change> changes) {
        return changes.stream().map(Change::describe).collect(Collectors.joining(", "));
    }
}
