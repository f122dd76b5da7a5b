package io.jenkins.plugins.amirefresh.model;

import java.util.Collection;

/**
 * What a load balancer says of a target, and why.
 *
 * @param reason AWS's code, for example {@code Target.Timeout}; empty when the target is healthy
 * @param description AWS's words for it, empty when it has none
 */
public record TargetState(TargetHealth health, String reason, String description) {

    /** The target gets traffic. */
    public static final TargetState HEALTHY = of(TargetHealth.HEALTHY);

    /** A state without a reason. */
    public static TargetState of(TargetHealth health) {
        return new TargetState(health, "", "");
    }

    /**
     * No listener forwards to the target group, so nothing is checked there and nobody is served by it. Instances that are
     * stopped or ended are unused too, and say nothing of listeners. Source: Elastic Load Balancing API Reference,
     * "TargetHealth".
     */
    public static boolean isIdle(Collection<TargetState> targets) {
        return targets.stream().allMatch(target -> target.health() == TargetHealth.UNUSED)
                && (targets.isEmpty()
                        || targets.stream().anyMatch(target -> !target.reason().equals("Target.InvalidState")));
    }

    /** Its application answered wrongly or refused. Source: Elastic Load Balancing API Reference, "TargetHealth". */
    public boolean isWrongAnswer() {
        return health == TargetHealth.UNHEALTHY
                && (reason.equals("Target.ResponseCodeMismatch") || reason.equals("Target.FailedHealthChecks"));
    }

    /** It did not answer in time, which its application or a firewall may have done. */
    public boolean isSilence() {
        return health == TargetHealth.UNHEALTHY && reason.equals("Target.Timeout");
    }

    /** For people: the state, with AWS's code and words when it gives them. */
    public String text() {
        String why = description.isEmpty() ? reason : reason + ": " + description;
        return health.awsName() + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
