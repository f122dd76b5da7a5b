package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.RefreshLimits;
import io.jenkins.plugins.amirefresh.model.ScaleInProtectedInstances;
import io.jenkins.plugins.amirefresh.model.StandbyInstances;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
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
 * @param stopsAfterCanary the group is left whole after its canary, for somebody to go on
 * @param maxFailures failed launches and new instances that may break; null for none of the first and a few of the second
 * @param given the time limits that somebody gave; the others do not count what AWS itself lets instances wait; none in
 *     state files of older versions
 * @param checked a new instance has to pass checks before it counts; false in state files of older versions
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
        boolean stopsAfterCanary,
        @Nullable Integer maxFailures,
        ManagedOptions managed,
        Set<TimeLimit> given,
        boolean checked) {

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
            false,
            null,
            ManagedOptions.NONE,
            Set.of(),
            false);

    /** @throws IllegalArgumentException when a percentage or a time limit is out of range */
    public RefreshPolicy {
        given = given == null ? Set.of() : Set.copyOf(given);
        require(minHealthyPercentage == null || isBetween(minHealthyPercentage, 0, 100));
        require(maxHealthyPercentage == null || isBetween(maxHealthyPercentage, 100, 200));
        require(!instanceTimeLimit.isNegative() && !batchTimeLimit.isNegative());
        require(!groupTimeLimit.isNegative() && !checkpointDelay.isNegative());
        require(maxFailures == null || maxFailures >= 0);
    }

    /**
     * For the way back: what is on the version that failed goes, protected or in standby or not, and no canary, checkpoint,
     * alarm or check is waited for.
     */
    public RefreshPolicy forRollback() {
        return but().scaleInProtectedInstances(ScaleInProtectedInstances.REFRESH)
                .standbyInstances(StandbyInstances.TERMINATE)
                .checkpointDelay(Duration.ZERO)
                .stopsAfterCanary(false)
                .managed(ManagedOptions.NONE)
                .checked(false)
                .build();
    }

    /** What the record of a refresh keeps of it. */
    public RefreshLimits limits() {
        return new RefreshLimits(
                minHealthyPercentage,
                maxHealthyPercentage,
                instanceWarmup,
                batchSize == null ? null : batchSize.text(),
                instanceTimeLimit,
                batchTimeLimit,
                groupTimeLimit,
                maxFailures,
                given.stream().map(TimeLimit::name).collect(Collectors.toSet()));
    }

    /** The way back of a refresh with these limits; null when nobody knows them. */
    public static RefreshPolicy back(@Nullable RefreshLimits limits) {
        return limits == null
                ? DEFAULT.forRollback()
                : new Builder(DEFAULT, limits).build().forRollback();
    }

    /** For a group whose canary an earlier step proved: it has to be healthy still, and is not watched again. */
    public RefreshPolicy afterCanary() {
        return but().checkpointDelay(Duration.ZERO).build();
    }

    /** One of its time limits. */
    Duration limit(TimeLimit limit) {
        return switch (limit) {
            case INSTANCE -> instanceTimeLimit;
            case BATCH -> batchTimeLimit;
            case GROUP -> groupTimeLimit;
        };
    }

    /** This policy in the making of another one. */
    public Builder but() {
        return new Builder(this);
    }

    private static boolean isBetween(int value, int least, int most) {
        return value >= least && value <= most;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("a percentage or time limit is out of range");
        }
    }

    /** A policy in the making; each method sets the component of its name, and a time limit counts as given. */
    public static final class Builder {
        private @Nullable Integer minHealthyPercentage;
        private @Nullable Integer maxHealthyPercentage;
        private @Nullable Duration instanceWarmup;
        private @Nullable BatchSize batchSize;
        private Duration instanceTimeLimit;
        private Duration batchTimeLimit;
        private Duration groupTimeLimit;
        private @Nullable ScaleInProtectedInstances scaleInProtectedInstances;
        private @Nullable StandbyInstances standbyInstances;
        private Duration checkpointDelay;
        private boolean stopsAfterCanary;
        private @Nullable Integer maxFailures;
        private ManagedOptions managed;
        private final Set<TimeLimit> given;
        private boolean checked;

        private Builder(RefreshPolicy policy) {
            given = EnumSet.noneOf(TimeLimit.class);
            given.addAll(policy.given());
            minHealthyPercentage = policy.minHealthyPercentage();
            maxHealthyPercentage = policy.maxHealthyPercentage();
            instanceWarmup = policy.instanceWarmup();
            batchSize = policy.batchSize();
            instanceTimeLimit = policy.instanceTimeLimit();
            batchTimeLimit = policy.batchTimeLimit();
            groupTimeLimit = policy.groupTimeLimit();
            scaleInProtectedInstances = policy.scaleInProtectedInstances();
            standbyInstances = policy.standbyInstances();
            checkpointDelay = policy.checkpointDelay();
            stopsAfterCanary = policy.stopsAfterCanary();
            maxFailures = policy.maxFailures();
            managed = policy.managed();
            checked = policy.checked();
        }

        private Builder(RefreshPolicy policy, RefreshLimits limits) {
            this(policy);
            minHealthyPercentage = limits.minHealthyPercentage();
            maxHealthyPercentage = limits.maxHealthyPercentage();
            instanceWarmup = limits.instanceWarmup();
            batchSize = limits.batchSize() == null
                    ? null
                    : BatchSize.parse(limits.batchSize()).orElse(null);
            instanceTimeLimit = limits.instanceTimeLimit();
            batchTimeLimit = limits.batchTimeLimit();
            groupTimeLimit = limits.groupTimeLimit();
            maxFailures = limits.maxFailures();
            limits.given().forEach(limit -> given.add(TimeLimit.valueOf(limit)));
        }

        public Builder minHealthyPercentage(@Nullable Integer value) {
            minHealthyPercentage = value;
            return this;
        }

        public Builder maxHealthyPercentage(@Nullable Integer value) {
            maxHealthyPercentage = value;
            return this;
        }

        public Builder instanceWarmup(@Nullable Duration value) {
            instanceWarmup = value;
            return this;
        }

        public Builder batchSize(@Nullable BatchSize value) {
            batchSize = value;
            return this;
        }

        public Builder instanceTimeLimit(Duration value) {
            given.add(TimeLimit.INSTANCE);
            instanceTimeLimit = value;
            return this;
        }

        public Builder batchTimeLimit(Duration value) {
            given.add(TimeLimit.BATCH);
            batchTimeLimit = value;
            return this;
        }

        public Builder groupTimeLimit(Duration value) {
            given.add(TimeLimit.GROUP);
            groupTimeLimit = value;
            return this;
        }

        public Builder scaleInProtectedInstances(@Nullable ScaleInProtectedInstances value) {
            scaleInProtectedInstances = value;
            return this;
        }

        public Builder standbyInstances(@Nullable StandbyInstances value) {
            standbyInstances = value;
            return this;
        }

        public Builder checkpointDelay(Duration value) {
            checkpointDelay = value;
            return this;
        }

        public Builder stopsAfterCanary(boolean value) {
            stopsAfterCanary = value;
            return this;
        }

        public Builder maxFailures(@Nullable Integer value) {
            maxFailures = value;
            return this;
        }

        public Builder managed(ManagedOptions value) {
            managed = value;
            return this;
        }

        public Builder checked(boolean value) {
            checked = value;
            return this;
        }

        /** The policy, its values looked at. */
        public RefreshPolicy build() {
            return new RefreshPolicy(
                    minHealthyPercentage,
                    maxHealthyPercentage,
                    instanceWarmup,
                    batchSize,
                    instanceTimeLimit,
                    batchTimeLimit,
                    groupTimeLimit,
                    scaleInProtectedInstances,
                    standbyInstances,
                    checkpointDelay,
                    stopsAfterCanary,
                    maxFailures,
                    managed,
                    given,
                    checked);
        }
    }
}
