package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import org.jspecify.annotations.Nullable;

/**
 * How much of a group a refresh moves at a time.
 *
 * @param batch instances replaced together, 0 for all
 * @param launchesFirst replacements come before old instances go
 * @param floor healthy instances that stay in service
 */
record Shape(int batch, boolean launchesFirst, int floor) {

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
            case INSTANCE_REFRESH -> new Shape(0, false, instanceRefresh(min == null ? 90 : min, policy, group));
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
     * percentage is set. Source: EC2 Auto Scaling User Guide, "How an instance refresh works", "Core concepts".
     */
    private static int instanceRefresh(int min, RefreshPolicy policy, GroupObservation group) {
        int desired = group.capacity().desired();
        boolean launchesFirst = policy.minHealthyPercentage() == null
                ? policy.maxHealthyPercentage() != null
                        || group.maintenancePolicy().isSet()
                : policy.maxHealthyPercentage() != null;
        int floor = ofPercentage(min, desired);
        return floor == desired && !launchesFirst ? Math.max(0, desired - 1) : floor;
    }

    private static @Nullable Integer minHealthyPercentage(RefreshPolicy policy, GroupObservation group) {
        if (policy.minHealthyPercentage() != null) {
            return policy.minHealthyPercentage();
        }
        return group.maintenancePolicy().isSet() ? group.maintenancePolicy().minHealthyPercentage() : null;
    }
}
