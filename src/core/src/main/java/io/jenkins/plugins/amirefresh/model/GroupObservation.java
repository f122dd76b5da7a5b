package io.jenkins.plugins.amirefresh.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one read said of an Auto Scaling group; may be stale, so it carries its moment.
 *
 * @param at when AWS answered
 * @param instances every instance the group listed, warm pool excluded, in AWS's order
 * @param subnets ids, in AWS's order
 * @param defaultInstanceWarmup zero when the group sets none
 * @param hasWarmPool the group has a warm pool
 * @param isWeighted instances count for other than one unit of its capacity each
 * @param deleting AWS is deleting the group
 * @param capacityReservations its own word, which goes before its template's unless it is the default
 * @param suspendedAt when somebody suspended a process last, by AWS's clock, of those whose reason says so
 */
public record GroupObservation(
        GroupKey key,
        Instant at,
        Capacity capacity,
        LaunchSource launchSource,
        List<InstanceObservation> instances,
        Map<String, String> tags,
        Set<ScalingProcess> suspendedProcesses,
        boolean newInstancesProtectedFromScaleIn,
        boolean usesLoadBalancerHealthChecks,
        Duration healthCheckGracePeriod,
        Duration defaultInstanceWarmup,
        List<TargetGroupArn> targetGroups,
        List<String> classicLoadBalancers,
        List<String> availabilityZones,
        List<String> subnets,
        InstanceMaintenancePolicy maintenancePolicy,
        boolean hasWarmPool,
        boolean isWeighted,
        boolean deleting,
        CapacityReservationSpecification capacityReservations,
        Map<ScalingProcess, Instant> suspendedAt) {

    /** Copies the collections. */
    public GroupObservation {
        instances = List.copyOf(instances);
        tags = Map.copyOf(tags);
        suspendedProcesses = Set.copyOf(suspendedProcesses);
        targetGroups = List.copyOf(targetGroups);
        classicLoadBalancers = List.copyOf(classicLoadBalancers);
        availabilityZones = List.copyOf(availabilityZones);
        subnets = List.copyOf(subnets);
        suspendedAt = Map.copyOf(suspendedAt);
    }

    /** The same group with other sizes. */
    public GroupObservation with(Capacity sizes) {
        return with(sizes, launchSource);
    }

    /** The same group with another launch source. */
    public GroupObservation launching(LaunchSource source) {
        return with(capacity, source);
    }

    private GroupObservation with(Capacity sizes, LaunchSource source) {
        return new GroupObservation(
                key,
                at,
                sizes,
                source,
                instances,
                tags,
                suspendedProcesses,
                newInstancesProtectedFromScaleIn,
                usesLoadBalancerHealthChecks,
                healthCheckGracePeriod,
                defaultInstanceWarmup,
                targetGroups,
                classicLoadBalancers,
                availabilityZones,
                subnets,
                maintenancePolicy,
                hasWarmPool,
                isWeighted,
                deleting,
                capacityReservations,
                suspendedAt);
    }

    /** Nothing is in service or on its way there. */
    public boolean hasNoInstances() {
        return instances.stream()
                .allMatch(instance -> instance.lifecycleState().isLeaving()
                        || instance.lifecycleState().isWarmed());
    }

    /** Instances that are not on their way out. */
    public long staying() {
        return instances.stream()
                .filter(instance -> !instance.lifecycleState().isLeaving())
                .count();
    }

    /** For people, of one that has none: what it would launch is all that can be said of it. */
    public String emptyLaunching(LaunchTemplateVersion version) {
        return "no instances" + (hasWarmPool ? " in service" : "") + "; launches version " + version;
    }

    /** The value of a tag, or the empty text. */
    public String tag(String name) {
        return tags.getOrDefault(name, "");
    }
}
