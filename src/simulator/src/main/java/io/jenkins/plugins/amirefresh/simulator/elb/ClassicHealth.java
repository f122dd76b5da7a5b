package io.jenkins.plugins.amirefresh.simulator.elb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * An instance's health behind a classic load balancer, in AWS's words. Source: ELB API Reference 2012-06-01,
 * "InstanceState"; Classic Load Balancers guide, "Troubleshoot a Classic Load Balancer: Health checks".
 */
enum ClassicHealth {
    IN_SERVICE("InService", "N/A", "N/A"),
    REGISTERING("OutOfService", "ELB", "Instance registration is still in progress."),
    FAILED(
            "OutOfService",
            "Instance",
            "Instance has failed at least the UnhealthyThreshold number of health checks consecutively."),
    STOPPED("OutOfService", "Instance", "Instance is in stopped state."),
    DRAINING("InService", "N/A", "Instance deregistration currently in progress."),
    NOT_REGISTERED("OutOfService", "Instance", "Instance is not currently registered with the LoadBalancer.");

    private final String state;
    private final String reason;
    private final String description;

    ClassicHealth(String state, String reason, String description) {
        this.state = state;
        this.reason = reason;
        this.description = description;
    }

    static ClassicHealth of(Optional<Target> target) {
        return target.map(known -> switch (known.health()) {
                    case HEALTHY -> IN_SERVICE;
                    case REGISTERING, INITIAL, NOT_IN_USE -> REGISTERING;
                    case MISMATCH, TIMEOUT, FAILED -> FAILED;
                    case STOPPED -> STOPPED;
                    case DRAINING -> DRAINING;
                    case NOT_REGISTERED -> NOT_REGISTERED;
                })
                .orElse(NOT_REGISTERED);
    }

    ObjectNode view(String instanceId) {
        return Json.object()
                .put("InstanceId", instanceId)
                .put("State", state)
                .put("ReasonCode", reason)
                .put("Description", description);
    }
}
