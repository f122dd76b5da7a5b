package io.jenkins.plugins.amirefresh.model;

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

    /** For people: the state, with AWS's code and words when it gives them. */
    public String text() {
        String why = description.isEmpty() ? reason : reason + ": " + description;
        return health.awsName() + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
