package io.jenkins.plugins.amirefresh.model;

/**
 * The bounds of healthy capacity a group sets for every replacement, in percent of desired capacity.
 *
 * @param minHealthyPercentage 0-100, or -1 when the group has no policy
 * @param maxHealthyPercentage 100-200, or -1 when the group has no policy
 */
public record InstanceMaintenancePolicy(int minHealthyPercentage, int maxHealthyPercentage) {

    /** No policy. Source: API reference, InstanceMaintenancePolicy (-1 clears a value). */
    public static final InstanceMaintenancePolicy NONE = new InstanceMaintenancePolicy(-1, -1);

    /** The group has a policy. */
    public boolean isSet() {
        return minHealthyPercentage >= 0;
    }
}
