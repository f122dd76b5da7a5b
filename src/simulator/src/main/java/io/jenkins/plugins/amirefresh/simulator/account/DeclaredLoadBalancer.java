package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Duration;
import java.util.Map;

/**
 * A classic load balancer with one HTTP listener. Application and network load balancers come with their target groups.
 *
 * @param name groups refer to it
 * @param port where it listens
 * @param healthCheck as AWS writes it, for example {@code HTTP:8080/health} or {@code TCP:80}
 * @param connectionDraining zero: disabled, as in the API
 */
public record DeclaredLoadBalancer(
        int line,
        String name,
        int port,
        int instancePort,
        String healthCheck,
        Duration healthCheckInterval,
        int healthyThreshold,
        int unhealthyThreshold,
        Duration connectionDraining,
        Map<String, String> tags) {

    public DeclaredLoadBalancer {
        port = port == 0 ? 80 : port;
        instancePort = instancePort == 0 ? 80 : instancePort;
        healthCheck = Lists.or(healthCheck, "TCP:" + instancePort);
        healthCheckInterval = Lists.or(healthCheckInterval, Duration.ofSeconds(30));
        healthyThreshold = healthyThreshold == 0 ? 10 : healthyThreshold;
        unhealthyThreshold = unhealthyThreshold == 0 ? 2 : unhealthyThreshold;
        connectionDraining = Lists.or(connectionDraining, Duration.ZERO);
        tags = Lists.orEmpty(tags);
    }
}
