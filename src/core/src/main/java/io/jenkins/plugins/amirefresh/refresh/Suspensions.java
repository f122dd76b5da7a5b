package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose suspension it is. AWS tells no more than when a user suspended a process: a time that is later than our own call, of a
 * process that we suspended, is somebody else's, who means it to last.
 */
final class Suspensions {

    /** By how much the clocks of AWS and of our host may differ, and how long a call of ours may be under way. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private Suspensions() {}

    /** The state with what is no longer ours given up: it is not resumed. */
    static RefreshState look(Tick tick) {
        RefreshState state = tick.state();
        for (ScalingProcess process : new TreeSet<>(state.temporary().suspended())) {
            Instant at = tick.group().suspendedAt().get(process);
            Instant latest = state.temporary().since().get(process);
            if (at != null && latest == null) {
                Instant called = state.changedAt();
                state = state.with(state.temporary().seen(process, at.isAfter(called) ? at : called));
            } else if (at != null && latest != null && at.isAfter(latest.plus(LEEWAY))) {
                state = state.with(state.temporary().without(Set.of(process)))
                        .with(OthersMove.suspending(state.others(), process.awsName()));
            }
        }
        return state;
    }
}
