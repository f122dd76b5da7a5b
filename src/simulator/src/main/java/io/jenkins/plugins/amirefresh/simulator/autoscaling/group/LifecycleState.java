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
    STANDBY("Standby"),
    WARMED_PENDING("Warmed:Pending"),
    WARMED_PENDING_WAIT("Warmed:Pending:Wait"),
    WARMED_STOPPED("Warmed:Stopped"),
    WARMED_RUNNING("Warmed:Running"),
    WARMED_HIBERNATED("Warmed:Hibernated"),
    WARMED_TERMINATING("Warmed:Terminating"),
    WARMED_TERMINATING_WAIT("Warmed:Terminating:Wait"),
    WARMED_TERMINATING_PROCEED("Warmed:Terminating:Proceed");

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
        return this == TERMINATING
                || this == TERMINATING_WAIT
                || this == TERMINATING_PROCEED
                || this == DETACHING
                || this == WARMED_TERMINATING
                || this == WARMED_TERMINATING_WAIT
                || this == WARMED_TERMINATING_PROCEED;
    }

    /** Whether it rests in a warm pool, ready to be taken into service. */
    public boolean isWarm() {
        return this == WARMED_STOPPED || this == WARMED_RUNNING || this == WARMED_HIBERNATED;
    }

    /** Whether it counts towards the desired capacity. */
    public boolean counts() {
        return isPending() || this == IN_SERVICE;
    }
}
