package io.jenkins.plugins.amirefresh.simulator.cloudwatch;

import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What machines tell CloudWatch of themselves. */
@FunctionalInterface
public interface Measured {

    /**
     * The number of each machine that the dimensions name, in a minute in which it ran and had booted.
     *
     * @param dimensions {@code InstanceId}, {@code AutoScalingGroupName}; nothing for others
     */
    List<Double> in(AccountRegion at, String namespace, String metric, Map<String, String> dimensions, Instant minute);
}
