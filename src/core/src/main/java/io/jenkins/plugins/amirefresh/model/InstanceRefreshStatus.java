package io.jenkins.plugins.amirefresh.model;

/** The ten states of an instance refresh. */
public enum InstanceRefreshStatus {
    PENDING("Pending"),
    IN_PROGRESS("InProgress"),
    SUCCESSFUL("Successful"),
    FAILED("Failed"),
    CANCELLING("Cancelling"),
    CANCELLED("Cancelled"),
    ROLLBACK_IN_PROGRESS("RollbackInProgress"),
    ROLLBACK_FAILED("RollbackFailed"),
    ROLLBACK_SUCCESSFUL("RollbackSuccessful"),
    BAKING("Baking"),
    UNRECOGNISED("");

    private final String awsName;

    InstanceRefreshStatus(String awsName) {
        this.awsName = awsName;
    }

    /** The value AWS names so, or {@link #UNRECOGNISED}. */
    public static InstanceRefreshStatus parse(String awsName) {
        for (InstanceRefreshStatus value : values()) {
            if (value.awsName.equalsIgnoreCase(awsName)) {
                return value;
            }
        }
        return UNRECOGNISED;
    }

    /** AWS's word for it. */
    public String awsName() {
        return awsName;
    }
}
