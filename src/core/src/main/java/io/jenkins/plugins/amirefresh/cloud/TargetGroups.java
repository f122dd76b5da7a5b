package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Target groups of Elastic Load Balancing v2. */
public interface TargetGroups {

    /** The registered instances and their health. Permission: {@code elasticloadbalancing:DescribeTargetHealth}. */
    Map<InstanceId, TargetState> health(TargetGroupArn targetGroup);

    /**
     * How long a target may drain before it is let go, one call.
     * Permission: {@code elasticloadbalancing:DescribeTargetGroupAttributes}.
     */
    Duration deregistrationDelay(TargetGroupArn targetGroup);

    /**
     * How long the checks of a target group take to find a healthy target unhealthy: their interval times their threshold.
     * Permission: {@code elasticloadbalancing:DescribeTargetGroups}.
     */
    Duration checkTime(TargetGroupArn targetGroup);

    /** How the target groups are reached, one call for at most 20 ARNs. Permission: {@code DescribeTargetGroups}. */
    List<TargetGroup> describe(Collection<TargetGroupArn> targetGroups);

    /**
     * A target group.
     *
     * @param loadBalancerDnsNames where clients reach it, empty when it is behind no load balancer
     */
    record TargetGroup(
            TargetGroupArn arn,
            String name,
            String protocol,
            int port,
            String healthCheckPath,
            List<String> loadBalancerDnsNames) {

        /** Copies the list. */
        public TargetGroup {
            loadBalancerDnsNames = List.copyOf(loadBalancerDnsNames);
        }
    }
}
