package io.jenkins.plugins.amirefresh.model;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a refresh was allowed, as its record keeps it: the way back is held to no less.
 *
 * @param minHealthyPercentage 0-100, of desired capacity; null for the group's own policy, else the strategy's way
 * @param maxHealthyPercentage 100-200, of desired capacity; null as above
 * @param instanceWarmup null for the group's own
 * @param batchSize {@code 3} or {@code 25%}, null for the strategy's own
 * @param maxFailures null for none of failed launches and a few instances that break
 * @param given which of the time limits somebody gave: {@code INSTANCE}, {@code BATCH}, {@code GROUP}
 */
public record RefreshLimits(
        @Nullable Integer minHealthyPercentage,
        @Nullable Integer maxHealthyPercentage,
        @Nullable Duration instanceWarmup,
        @Nullable String batchSize,
        Duration instanceTimeLimit,
        Duration batchTimeLimit,
        Duration groupTimeLimit,
        @Nullable Integer maxFailures,
        Set<String> given) {

    /** Copies the set. */
    public RefreshLimits {
        given = Set.copyOf(given);
    }
}
