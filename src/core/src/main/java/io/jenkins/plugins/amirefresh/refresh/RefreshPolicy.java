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
 * @param batchSize null for the strategy's own: all with out-in, one with in-out, a quarter with rolling and canary
 * @param instanceTimeLimit how long a new instance may take until it is in service and healthy
 * @param batchTimeLimit how long a batch may take
 * @param groupTimeLimit how long the whole group may take
 * @param scaleInProtectedInstances null to refuse a group that has outdated protected instances
 * @param standbyInstances null to refuse a group that has outdated instances in standby
 * @param checkpointDelay how long the first new instances have to stay healthy before the rest follows; with canary, and at
 *     the checkpoints of an instance refresh
 */
public record RefreshPolicy(
        @Nullable Integer minHealthyPercentage,
        @Nullable Integer maxHealthyPercentage,
        @Nullable Duration instanceWarmup,
        @Nullable BatchSize batchSize,
        Duration instanceTimeLimit,
        Duration batchTimeLimit,
        Duration groupTimeLimit,
        @Nullable ScaleInProtectedInstances scaleInProtectedInstances,
        @Nullable StandbyInstances standbyInstances,
        Duration checkpointDelay,
        ManagedOptions managed) {

    /** What holds when a user says nothing. */
    public static final RefreshPolicy DEFAULT = new RefreshPolicy(
            null,
            null,
            null,
            null,
            Duration.ofMinutes(20),
            Duration.ofHours(1),
            Duration.ofHours(4),
            null,
            null,
            Duration.ofMinutes(10),
            ManagedOptions.NONE);

    /** @throws IllegalArgumentException when a percentage or a time limit is out of range */
    public RefreshPolicy {
        require(minHealthyPercentage == null || isBetween(minHealthyPercentage, 0, 100));
        require(maxHealthyPercentage == null || isBetween(maxHealthyPercentage, 100, 200));
        require(!instanceTimeLimit.isNegative() && !batchTimeLimit.isNegative());
        require(!groupTimeLimit.isNegative() && !checkpointDelay.isNegative());
    }

    /** The same with another batch size. */
    public RefreshPolicy withBatchSize(@Nullable BatchSize size) {
        return new RefreshPolicy(
                minHealthyPercentage,
                maxHealthyPercentage,
                instanceWarmup,
                size,
                instanceTimeLimit,
                batchTimeLimit,
                groupTimeLimit,
                scaleInProtectedInstances,
                standbyInstances,
                checkpointDelay,
                managed);
    }

    /** The same with another time limit for the whole group. */
    public RefreshPolicy withGroupTimeLimit(Duration limit) {
        return new RefreshPolicy(
                minHealthyPercentage,
                maxHealthyPercentage,
                instanceWarmup,
                batchSize,
                instanceTimeLimit,
                batchTimeLimit,
                limit,
                scaleInProtectedInstances,
                standbyInstances,
                checkpointDelay,
                managed);
    }

    /** The same with other answers for instances that are protected from scale in or in standby. */
    public RefreshPolicy withUntouchable(
            @Nullable ScaleInProtectedInstances protectedInstances, @Nullable StandbyInstances standby) {
        return new RefreshPolicy(
                minHealthyPercentage,
                maxHealthyPercentage,
                instanceWarmup,
                batchSize,
                instanceTimeLimit,
                batchTimeLimit,
                groupTimeLimit,
                protectedInstances,
                standby,
                checkpointDelay,
                managed);
    }

    /**
     * For the way back: what is on the version that failed goes, protected or in standby or not, and no canary, checkpoint or
     * alarm is waited for.
     */
    public RefreshPolicy forRollback() {
        return new RefreshPolicy(
                minHealthyPercentage,
                maxHealthyPercentage,
                instanceWarmup,
                batchSize,
                instanceTimeLimit,
                batchTimeLimit,
                groupTimeLimit,
                ScaleInProtectedInstances.REFRESH,
                StandbyInstances.TERMINATE,
                Duration.ZERO,
                ManagedOptions.NONE);
    }

    private static boolean isBetween(int value, int least, int most) {
        return value >= least && value <= most;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("a percentage or time limit is out of range");
        }
    }
}
