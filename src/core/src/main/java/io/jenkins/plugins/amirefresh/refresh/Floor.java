package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import org.jspecify.annotations.Nullable;

/** How many healthy instances a refresh leaves in service. */
final class Floor {

    private Floor() {}

    static int of(RefreshStrategy strategy, RefreshPolicy policy, GroupObservation group) {
        int desired = group.capacity().desired();
        if (desired == 0) {
            return 0;
        }
        Integer min = minHealthyPercentage(policy, group);
        return switch (strategy) {
            case OUT_IN -> min == null ? desired : ofPercentage(min, desired);
            case IN_OUT ->
                min == null
                        ? desired - Math.min(desired, Math.max(1, policy.batchSize()))
                        : Math.min(ofPercentage(min, desired), desired - 1);
            case INSTANCE_REFRESH -> instanceRefresh(min == null ? 90 : min, policy, group);
        };
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
        return floor == desired && !launchesFirst ? desired - 1 : floor;
    }

    private static @Nullable Integer minHealthyPercentage(RefreshPolicy policy, GroupObservation group) {
        if (policy.minHealthyPercentage() != null) {
            return policy.minHealthyPercentage();
        }
        return group.maintenancePolicy().isSet() ? group.maintenancePolicy().minHealthyPercentage() : null;
    }
}
