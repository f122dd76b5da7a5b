package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target group with instance targets; the defaults are AWS's.
 *
 * @param name groups refer to it
 * @param vpc name of a declared VPC of the region; null: the first one
 * @param healthCheckPath what the load balancer asks each instance
 * @param matcher the HTTP codes that are healthy, for example {@code 200-299}
 * @param loadBalancer name of the load balancer whose listener forwards here, made with it; null: none
 */
public record DeclaredTargetGroup(
        int line,
        String name,
        String protocol,
        int port,
        @Nullable String vpc,
        String healthCheckPath,
        Duration healthCheckInterval,
        Duration healthCheckTimeout,
        int healthyThreshold,
        int unhealthyThreshold,
        String matcher,
        Duration deregistrationDelay,
        @Nullable String loadBalancer,
        Map<String, String> tags) {

    public DeclaredTargetGroup {
        protocol = Lists.or(protocol, "HTTP");
        port = port == 0 ? 80 : port;
        healthCheckPath = Lists.or(healthCheckPath, "/");
        healthCheckInterval = Lists.or(healthCheckInterval, Duration.ofSeconds(30));
        healthCheckTimeout = Lists.or(healthCheckTimeout, Duration.ofSeconds(5));
        healthyThreshold = healthyThreshold == 0 ? 5 : healthyThreshold;
        unhealthyThreshold = unhealthyThreshold == 0 ? 2 : unhealthyThreshold;
        matcher = Lists.or(matcher, "200");
        deregistrationDelay = Lists.or(deregistrationDelay, Duration.ofMinutes(5));
        tags = Lists.orEmpty(tags);
    }
}
