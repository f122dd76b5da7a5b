package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What AWS waits for before its own refresh goes on, beside what the group's users need. */
public enum AwsReadiness {
    /** The same: no load balancer stands before the group, or AWS looks at it and gives new instances time to start. */
    SERVING,
    /** Only that an instance runs: load balancers stand before the group, and its health check type leaves them out. */
    RUNNING,
    /** A check at the load balancer that ends new instances from their first moment: neither grace period nor launch hook. */
    HASTY;

    /** Whether the group's launch hooks have to be known. */
    public static boolean dependsOnHooks(GroupObservation group) {
        return isBehindBalancer(group)
                && group.usesLoadBalancerHealthChecks()
                && group.healthCheckGracePeriod().isZero();
    }

    /**
     * What AWS waits for.
     *
     * @param hasLaunchHook new instances wait for somebody before they are in service; asked for where it matters alone
     */
    public static AwsReadiness of(GroupObservation group, boolean hasLaunchHook) {
        if (isBehindBalancer(group) && !group.usesLoadBalancerHealthChecks()) {
            return RUNNING;
        }
        return dependsOnHooks(group) && !hasLaunchHook ? HASTY : SERVING;
    }

    static boolean isBehindBalancer(GroupObservation group) {
        return !group.targetGroups().isEmpty() || !group.classicLoadBalancers().isEmpty();
    }

    /**
     * Suspended processes without which AWS does not hear of load balancers, whatever the group's health check type: new
     * instances are not registered, or nobody is told that they fail.
     */
    static Set<ScalingProcess> suspended(GroupObservation group) {
        Set<ScalingProcess> suspended =
                new TreeSet<>(Set.of(ScalingProcess.ADD_TO_LOAD_BALANCER, ScalingProcess.HEALTH_CHECK));
        suspended.retainAll(group.suspendedProcesses());
        return isBehindBalancer(group) ? suspended : Set.of();
    }

    /** The same with the processes that are suspended now: AWS does not wait for what it does not hear of. */
    static AwsReadiness now(GroupObservation group, boolean hasLaunchHook) {
        return suspended(group).isEmpty() ? of(group, hasLaunchHook) : RUNNING;
    }

    /** Why AWS waits only for instances that run. */
    static String whyBlind(GroupObservation group) {
        return isBlind(group)
                ? "its health check type is not ELB"
                : suspended(group).stream().map(ScalingProcess::awsName).collect(Collectors.joining(" and "))
                        + " is suspended";
    }

    /** AWS's own refresh goes on while new instances do not serve. */
    static boolean isBlind(GroupObservation group) {
        return of(group, true) == RUNNING;
    }
}
