package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Processes that a strategy cannot do without.
 * Source: EC2 Auto Scaling User Guide, "How suspended processes affect other processes".
 */
final class SuspendedProcesses {

    private SuspendedProcesses() {}

    /** The first look, empty when the group does all that the strategy relies on. */
    static Optional<Objection> objection(GroupObservation group, RefreshStrategy strategy) {
        return objection(group, strategy, Set.of());
    }

    /**
     * A look while work goes on.
     *
     * @param ours what we suspended ourselves
     */
    static Optional<Objection> objection(GroupObservation group, RefreshStrategy strategy, Set<ScalingProcess> ours) {
        Map<ScalingProcess, String> needed = needed(group, strategy);
        List<ScalingProcess> missing = needed.keySet().stream()
                .filter(process -> group.suspendedProcesses().contains(process) && !ours.contains(process))
                .toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String names = missing.stream().map(ScalingProcess::awsName).collect(Collectors.joining(", "));
        String effects = missing.stream().map(needed::get).collect(Collectors.joining(", "));
        return Optional.of(new Objection(
                Risk.SUSPENDED_PROCESSES,
                "suspended by others: " + names + ", so " + effects + "; resume it, then try again"));
    }

    /** What each is needed for, in the order in which a refresh meets them. */
    private static Map<ScalingProcess, String> needed(GroupObservation group, RefreshStrategy strategy) {
        boolean isManaged = strategy == RefreshStrategy.INSTANCE_REFRESH;
        boolean isBalanced =
                !group.targetGroups().isEmpty() || !group.classicLoadBalancers().isEmpty();
        Map<ScalingProcess, String> needed = new LinkedHashMap<>();
        if (isManaged) {
            needed.put(ScalingProcess.INSTANCE_REFRESH, "an instance refresh would stand still");
        }
        needed.put(ScalingProcess.TERMINATE, "old instances would stay");
        needed.put(ScalingProcess.LAUNCH, "replacements would not come");
        if (isBalanced) {
            needed.put(ScalingProcess.ADD_TO_LOAD_BALANCER, "replacements would never get traffic");
        }
        // Strategies of our own look at target health themselves; all others are told of ill instances by this process.
        if (isManaged || !isBalanced) {
            needed.put(ScalingProcess.HEALTH_CHECK, "replacements that fail would pass for healthy");
        }
        return needed;
    }
}
