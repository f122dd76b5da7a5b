package io.jenkins.plugins.amirefresh.simulator.elb;

/**
 * The load balancer's view of a target, with AWS's reason codes and texts. Source: ELB API Reference, "TargetHealth";
 * Application Load Balancer User Guide, "Target health status".
 */
public enum TargetHealth {
    REGISTERING("initial", "Elb.RegistrationInProgress", "Target registration is in progress"),
    INITIAL("initial", "Elb.InitialHealthChecking", "Initial health checks in progress"),
    HEALTHY("healthy", "", ""),
    MISMATCH("unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [%s]"),
    TIMEOUT("unhealthy", "Target.Timeout", "Request timed out"),
    FAILED("unhealthy", "Target.FailedHealthChecks", "Health checks failed"),
    DRAINING("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress"),
    NOT_IN_USE("unused", "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer"),
    NOT_REGISTERED("unused", "Target.NotRegistered", "Target is not registered to the target group"),
    STOPPED("unused", "Target.InvalidState", "Target is in the stopped state");

    private final String state;
    private final String reason;
    private final String description;

    TargetHealth(String state, String reason, String description) {
        this.state = state;
        this.reason = reason;
        this.description = description;
    }

    /** AWS's state, for example {@code unhealthy}. */
    public String state() {
        return state;
    }

    /** AWS's reason code, empty when healthy. */
    public String reason() {
        return reason;
    }

    /** AWS's text, empty when healthy; may hold a {@code %s} for the HTTP code. */
    public String description() {
        return description;
    }

    /** Whether the load balancer found it bad. */
    public boolean isUnhealthy() {
        return state.equals("unhealthy");
    }

    /** Whether it should get traffic, or nothing says that it should not. */
    public boolean countsAsHealthy() {
        return this == HEALTHY || this == NOT_IN_USE;
    }
}
