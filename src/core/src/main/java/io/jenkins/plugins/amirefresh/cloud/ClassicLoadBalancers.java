package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.ClassicHealth;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.util.Map;

/** Classic load balancers, of Elastic Load Balancing's first API. */
public interface ClassicLoadBalancers {

    /** The registered instances and their health. Permission: {@code elasticloadbalancing:DescribeInstanceHealth}. */
    Map<InstanceId, ClassicHealth> health(String loadBalancer);
}
