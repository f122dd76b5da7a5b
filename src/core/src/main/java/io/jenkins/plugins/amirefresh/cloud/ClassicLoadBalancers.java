package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.ClassicState;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.time.Duration;
import java.util.Map;

/** Classic load balancers, of Elastic Load Balancing's first API. */
public interface ClassicLoadBalancers {

    /** The registered instances and their health. Permission: {@code elasticloadbalancing:DescribeInstanceHealth}. */
    Map<InstanceId, ClassicState> health(String loadBalancer);

    /**
     * How long an instance may drain before it is let go, zero without connection draining; one call.
     * Permission: {@code elasticloadbalancing:DescribeLoadBalancerAttributes}.
     */
    Duration drainTime(String loadBalancer);

    /**
     * How long its checks take to find a healthy instance unhealthy: their interval times their threshold.
     * Permission: {@code elasticloadbalancing:DescribeLoadBalancers}.
     */
    Duration checkTime(String loadBalancer);
}
