package io.jenkins.plugins.amirefresh.refresh;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only AWS's own refresh can do besides replacing instances.
 *
 * @param checkpointPercentages ascending, 1-100; AWS waits at each; empty for none
 * @param bakeTime how long AWS watches the alarms after the last instance; null for none
 * @param alarms names of CloudWatch alarms that end the refresh, at most 10
 * @param autoRollback AWS itself goes back when the refresh fails, also when nobody drives it any more
 * @param awaitsService nobody asked for its checkpoints: AWS waits at the first until its first instances are seen to serve;
 *     false in state files of older versions
 */
public record ManagedOptions(
        List<Integer> checkpointPercentages,
        @Nullable Duration bakeTime,
        List<String> alarms,
        boolean autoRollback,
        boolean awaitsService) {

    /** Nothing of it. */
    public static final ManagedOptions NONE = new ManagedOptions(List.of(), null, List.of(), false, false);

    /** Copies the lists. */
    public ManagedOptions {
        checkpointPercentages = List.copyOf(checkpointPercentages);
        alarms = List.copyOf(alarms);
    }

    /** The same, and AWS leaves the way back to whoever drives the refresh. */
    public ManagedOptions withoutAutoRollback() {
        return new ManagedOptions(checkpointPercentages, bakeTime, alarms, false, awaitsService);
    }

    /**
     * The same with a checkpoint after the first instances: one percent is one instance at least. Source: EC2 Auto Scaling
     * User Guide, "Add checkpoints to an instance refresh".
     */
    ManagedOptions awaitingService() {
        return new ManagedOptions(List.of(1, 100), bakeTime, alarms, autoRollback, true);
    }
}
