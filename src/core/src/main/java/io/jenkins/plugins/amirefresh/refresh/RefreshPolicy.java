package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.ScaleInProtectedInstances;
import io.jenkins.plugins.amirefresh.model.StandbyInstances;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a user allows a refresh to do to a group.
 *
 * @param minHealthyPercentage 0-100, of desired capacity; null for the group's own policy, else the strategy's way
 * @param maxHealthyPercentage 100-200, of desired capacity; null as above; used by instance refreshes
 * @param instanceWarmup null for the group's default instance warmup, else its health check grace period
 * @param batchSize instances replaced together; 0 for the strategy's own: all with out-in, one with in-out
 * @param instanceTimeLimit how long a new instance may take until it is in service and healthy
 * @param batchTimeLimit how long a batch may take
 * @param groupTimeLimit how long the whole group may take
 * @param scaleInProtectedInstances null to refuse a group that has outdated protected instances
 * @param standbyInstances null to refuse a group that has outdated instances in standby
 */
public record RefreshPolicy(
        @Nullable Integer minHealthyPercentage,
        @Nullable Integer maxHealthyPercentage,
        @Nullable Duration instanceWarmup,
        int batchSize,
        Duration instanceTimeLimit,
        Duration batchTimeLimit,
        Duration groupTimeLimit,
        @Nullable ScaleInProtectedInstances scaleInProtectedInstances,
        @Nullable StandbyInstances standbyInstances) {

    /** What holds when a user says nothing. */
    public static final RefreshPolicy DEFAULT = new RefreshPolicy(
            null, null, null, 0, Duration.ofMinutes(20), Duration.ofHours(1), Duration.ofHours(4), null, null);

    /** @throws IllegalArgumentException when a percentage, the batch size or a time limit is out of range */
    public RefreshPolicy {
        require(minHealthyPercentage == null || isBetween(minHealthyPercentage, 0, 100));
        require(maxHealthyPercentage == null || isBetween(maxHealthyPercentage, 100, 200));
        require(batchSize >= 0 && !instanceTimeLimit.isNegative() && !batchTimeLimit.isNegative());
        require(!groupTimeLimit.isNegative());
    }

    private static boolean isBetween(int value, int least, int most) {
        return value >= least && value <= most;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("a percentage, batch size or time limit is out of range");
        }
    }
}
