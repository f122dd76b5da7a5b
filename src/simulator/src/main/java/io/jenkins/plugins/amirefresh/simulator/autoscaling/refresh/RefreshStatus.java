package io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh;

/** The ten states. Source: EC2 Auto Scaling API Reference, "InstanceRefresh". */
public enum RefreshStatus {
    PENDING("Pending"),
    IN_PROGRESS("InProgress"),
    SUCCESSFUL("Successful"),
    FAILED("Failed"),
    CANCELLING("Cancelling"),
    CANCELLED("Cancelled"),
    ROLLBACK_IN_PROGRESS("RollbackInProgress"),
    ROLLBACK_FAILED("RollbackFailed"),
    ROLLBACK_SUCCESSFUL("RollbackSuccessful"),
    BAKING("Baking");

    private final String text;

    RefreshStatus(String text) {
        this.text = text;
    }

    /** AWS's text. */
    public String text() {
        return text;
    }

    /** Whether nothing changes any more. */
    public boolean isFinal() {
        return switch (this) {
            case SUCCESSFUL, FAILED, CANCELLED, ROLLBACK_FAILED, ROLLBACK_SUCCESSFUL -> true;
            case PENDING, IN_PROGRESS, CANCELLING, ROLLBACK_IN_PROGRESS, BAKING -> false;
        };
    }
}
