package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

/** Where a member is in its life, in AWS's words. Source: EC2 Auto Scaling API Reference, "Instance". */
public enum LifecycleState {
    PENDING("Pending"),
    PENDING_WAIT("Pending:Wait"),
    PENDING_PROCEED("Pending:Proceed"),
    IN_SERVICE("InService"),
    TERMINATING("Terminating"),
    TERMINATING_WAIT("Terminating:Wait"),
    TERMINATING_PROCEED("Terminating:Proceed"),
    DETACHING("Detaching"),
    ENTERING_STANDBY("EnteringStandby"),
    STANDBY("Standby");

    private final String text;

    LifecycleState(String text) {
        this.text = text;
    }

    /** AWS's text, for example {@code Pending:Wait}. */
    public String text() {
        return text;
    }

    /** Whether it is on its way into service. */
    public boolean isPending() {
        return this == PENDING || this == PENDING_WAIT || this == PENDING_PROCEED;
    }

    /** Whether it is on its way out for good. */
    public boolean isLeaving() {
        return this == TERMINATING || this == TERMINATING_WAIT || this == TERMINATING_PROCEED || this == DETACHING;
    }

    /** Whether it counts towards the desired capacity. */
    public boolean counts() {
        return isPending() || this == IN_SERVICE;
    }
}
