package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.cloud.TargetGroups;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.TargetHealth;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Subject;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a group is reached.
 *
 * @param loadBalancers their DNS names
 * @param backendPort the port of its target group, 0 without one
 */
public record Reach(List<String> loadBalancers, int backendPort) {

    /** Copies the list. */
    public Reach {
        loadBalancers = List.copyOf(loadBalancers);
    }

    /** Two calls for a group with target groups, none for others. */
    public static Reach of(Cloud cloud, GroupObservation group) {
        List<TargetGroups.TargetGroup> targetGroups = group.targetGroups().isEmpty()
                ? List.of()
                : cloud.targetGroups().describe(group.targetGroups());
        return new Reach(
                targetGroups.stream()
                        .flatMap(targetGroup -> targetGroup.loadBalancerDnsNames().stream())
                        .distinct()
                        .toList(),
                targetGroups.isEmpty() ? 0 : targetGroups.get(0).port());
    }

    /** Instances with their addresses, in the order of {@code ids}; one call. */
    public static List<Subject> instances(Cloud cloud, List<InstanceId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<InstanceId, String> addresses = new HashMap<>();
        for (Instances.Instance instance : cloud.instances().describe(ids)) {
            addresses.put(instance.id(), instance.privateIpAddress());
        }
        return ids.stream()
                .map(id -> Subject.instance(id.value(), addresses.getOrDefault(id, "")))
                .toList();
    }

    /** The worst that its target groups say of each instance; idle ones say nothing where others are in use. */
    public static Map<InstanceId, TargetState> health(Cloud cloud, GroupObservation group) {
        List<Map<InstanceId, TargetState>> all = group.targetGroups().stream()
                .map(arn -> cloud.targetGroups().health(arn))
                .toList();
        List<Map<InstanceId, TargetState>> used = all.stream()
                .filter(targets -> !TargetState.isIdle(targets.values()))
                .toList();
        Map<InstanceId, TargetState> health = new HashMap<>();
        (used.isEmpty() ? all : used)
                .forEach(targets -> targets.forEach((id, found) ->
                        health.merge(id, found, (one, other) -> one.health() == TargetHealth.HEALTHY ? other : one)));
        return health;
    }

    /** Why a group cannot be tested with these checks at all, empty when it can. */
    public static Optional<String> refusal(GroupObservation group, List<Check> checks) {
        if (!group.targetGroups().isEmpty()) {
            return Optional.empty();
        }
        if (checks.stream().allMatch(check -> check instanceof Check.LoadBalancerHealth)) {
            return Optional.of(
                    "it has no target group, so its target health proves nothing; give checks: [[http: '/health']]");
        }
        boolean needsBalancer = checks.stream()
                .anyMatch(check ->
                        check.audience() == Check.Audience.LOAD_BALANCER || check.audience() == Check.Audience.BOTH);
        return needsBalancer
                ? Optional.of("it has no target group, so no load balancer can be asked; give on: 'instances'")
                : Optional.empty();
    }

    /**
     * Refuses checks that need a node where the step has none.
     *
     * @throws ParameterException naming the check
     */
    public static void requireAgent(StepHost host, List<Check> checks) {
        Optional<Check> needing = checks.stream().filter(Check::needsAgent).findFirst();
        if (needing.isPresent() && !host.workspace().isPresent()) {
            throw new ParameterException(CheckMap.PARAMETER + ": '"
                    + needing.get().name() + "' is asked from an agent, and the step has none; wrap it in node { }");
        }
    }
}
