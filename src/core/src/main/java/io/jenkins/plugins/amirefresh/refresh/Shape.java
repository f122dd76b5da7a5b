package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of a group a refresh moves at a time.
 *
 * @param batch instances replaced together, 0 for all
 * @param launchesFirst replacements come before old instances go
 * @param floor healthy instances that stay in service
 */
record Shape(int batch, boolean launchesFirst, int floor) {

    /** What AWS's own refresh keeps when nobody says anything. Source: API Reference, "RefreshPreferences". */
    static final int AWS_MIN_HEALTHY_PERCENTAGE = 90;

    static Shape of(
            RefreshStrategy strategy, RefreshPolicy policy, GroupObservation group, boolean fixedNetworkInterface) {
        int desired = group.capacity().desired();
        Integer min = minHealthyPercentage(policy, group);
        return switch (strategy) {
            case OUT_IN -> launchFirst(policy.batchSize(), min, desired);
            case IN_OUT -> terminateFirst(orElse(policy.batchSize(), BatchSize.of(1)), min, desired);
            case ROLLING, CANARY -> {
                BatchSize size = orElse(policy.batchSize(), BatchSize.QUARTER);
                yield fixedNetworkInterface || (min != null && min < 100)
                        ? terminateFirst(size, min, desired)
                        : launchFirst(size, min, desired);
            }
            case INSTANCE_REFRESH -> instanceRefresh(policy, group, fixedNetworkInterface);
        };
    }

    private static Shape launchFirst(@Nullable BatchSize size, @Nullable Integer min, int desired) {
        int batch = size == null ? 0 : size.of(desired, true);
        return new Shape(batch, true, min == null ? desired : ofPercentage(min, desired));
    }

    private static Shape terminateFirst(BatchSize size, @Nullable Integer min, int desired) {
        int batch = size.of(desired, false);
        int floor = min == null ? desired - batch : Math.min(ofPercentage(min, desired), desired - 1);
        return new Shape(batch, false, Math.max(0, floor));
    }

    private static BatchSize orElse(@Nullable BatchSize size, BatchSize other) {
        return size == null ? other : size;
    }

    /** Percentages round up, as AWS rounds them. */
    static int ofPercentage(int percentage, int desired) {
        return (desired * percentage + 99) / 100;
    }

    /**
     * An instance refresh replaces at least one instance at a time, and stops one first unless a maximum healthy
     * percentage is set. Source: EC2 Auto Scaling User Guide, "How an instance refresh works", "Core concepts". AWS sizes its
     * batches; ours is for the way back, where that is not AWS's.
     */
    private static Shape instanceRefresh(RefreshPolicy policy, GroupObservation group, boolean fixedNetworkInterface) {
        int desired = group.capacity().desired();
        Integer min = minHealthyPercentage(policy, group);
        boolean launchesFirst = policy.minHealthyPercentage() == null
                ? policy.maxHealthyPercentage() != null
                        || group.maintenancePolicy().isSet()
                : policy.maxHealthyPercentage() != null;
        int floor = ofPercentage(min == null ? AWS_MIN_HEALTHY_PERCENTAGE : min, desired);
        boolean keepsAll = floor == desired && launchesFirst && !fixedNetworkInterface;
        return new Shape(
                BatchSize.QUARTER.of(desired, keepsAll),
                keepsAll,
                floor == desired && !keepsAll ? Math.max(0, desired - 1) : floor);
    }

    /** What may run at most, where somebody said it. */
    static Optional<Integer> maxHealthyPercentage(RefreshPolicy policy, GroupObservation group) {
        if (policy.maxHealthyPercentage() != null) {
            return Optional.of(policy.maxHealthyPercentage());
        }
        return group.maintenancePolicy().isSet()
                ? Optional.of(group.maintenancePolicy().maxHealthyPercentage())
                : Optional.empty();
    }

    static @Nullable Integer minHealthyPercentage(RefreshPolicy policy, GroupObservation group) {
        if (policy.minHealthyPercentage() != null) {
            return policy.minHealthyPercentage();
        }
        return group.maintenancePolicy().isSet() ? group.maintenancePolicy().minHealthyPercentage() : null;
    }
}
