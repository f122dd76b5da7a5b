package io.jenkins.plugins.amirefresh.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code RefreshPreferences} of AWS; null leaves the choice to AWS's default.
 *
 * @param minHealthyPercentage 0-100, of desired capacity
 * @param maxHealthyPercentage 100-200, of desired capacity
 * @param checkpointPercentages ascending; the last must be 100 to replace everything; empty for none
 * @param alarms names of CloudWatch alarms, at most 10
 */
public record InstanceRefreshPreferences(
        @Nullable Integer minHealthyPercentage,
        @Nullable Integer maxHealthyPercentage,
        @Nullable Duration instanceWarmup,
        List<Integer> checkpointPercentages,
        @Nullable Duration checkpointDelay,
        boolean skipMatching,
        boolean autoRollback,
        @Nullable ScaleInProtectedInstances scaleInProtectedInstances,
        @Nullable StandbyInstances standbyInstances,
        List<String> alarms,
        @Nullable Duration bakeTime) {

    /** Copies the lists. */
    public InstanceRefreshPreferences {
        checkpointPercentages = List.copyOf(checkpointPercentages);
        alarms = List.copyOf(alarms);
    }
}
