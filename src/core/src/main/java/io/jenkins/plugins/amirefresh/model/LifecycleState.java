package io.jenkins.plugins.amirefresh.model;

/** Where an instance is in its group's life cycle: AWS's values; keep the raw text beside it. */
public enum LifecycleState {
    PENDING("Pending"),
    PENDING_WAIT("Pending:Wait"),
    PENDING_PROCEED("Pending:Proceed"),
    IN_SERVICE("InService"),
    QUARANTINED("Quarantined"),
    TERMINATING("Terminating"),
    TERMINATING_WAIT("Terminating:Wait"),
    TERMINATING_PROCEED("Terminating:Proceed"),
    TERMINATING_RETAINED("Terminating:Retained"),
    TERMINATED("Terminated"),
    DETACHING("Detaching"),
    DETACHED("Detached"),
    ENTERING_STANDBY("EnteringStandby"),
    STANDBY("Standby"),
    REPLACING_ROOT_VOLUME("ReplacingRootVolume"),
    REPLACING_ROOT_VOLUME_WAIT("ReplacingRootVolume:Wait"),
    REPLACING_ROOT_VOLUME_PROCEED("ReplacingRootVolume:Proceed"),
    ROOT_VOLUME_REPLACED("RootVolumeReplaced"),
    WARMED_PENDING("Warmed:Pending"),
    WARMED_PENDING_WAIT("Warmed:Pending:Wait"),
    WARMED_PENDING_PROCEED("Warmed:Pending:Proceed"),
    WARMED_TERMINATING("Warmed:Terminating"),
    WARMED_TERMINATING_WAIT("Warmed:Terminating:Wait"),
    WARMED_TERMINATING_PROCEED("Warmed:Terminating:Proceed"),
    WARMED_TERMINATED("Warmed:Terminated"),
    WARMED_STOPPED("Warmed:Stopped"),
    WARMED_RUNNING("Warmed:Running"),
    WARMED_HIBERNATED("Warmed:Hibernated"),
    UNRECOGNISED("");

    private final String awsName;

    LifecycleState(String awsName) {
        this.awsName = awsName;
    }

    /** The state AWS names so, or {@link #UNRECOGNISED}. */
    public static LifecycleState parse(String awsName) {
        for (LifecycleState state : values()) {
            if (state.awsName.equals(awsName)) {
                return state;
            }
        }
        return UNRECOGNISED;
    }

    /** Is on its way out or gone. */
    public boolean isLeaving() {
        return switch (this) {
            case TERMINATING,
                    TERMINATING_WAIT,
                    TERMINATING_PROCEED,
                    TERMINATING_RETAINED,
                    TERMINATED,
                    DETACHING,
                    DETACHED,
                    WARMED_TERMINATING,
                    WARMED_TERMINATING_WAIT,
                    WARMED_TERMINATING_PROCEED,
                    WARMED_TERMINATED -> true;
            case PENDING,
                    PENDING_WAIT,
                    PENDING_PROCEED,
                    IN_SERVICE,
                    QUARANTINED,
                    ENTERING_STANDBY,
                    STANDBY,
                    REPLACING_ROOT_VOLUME,
                    REPLACING_ROOT_VOLUME_WAIT,
                    REPLACING_ROOT_VOLUME_PROCEED,
                    ROOT_VOLUME_REPLACED,
                    WARMED_PENDING,
                    WARMED_PENDING_WAIT,
                    WARMED_PENDING_PROCEED,
                    WARMED_STOPPED,
                    WARMED_RUNNING,
                    WARMED_HIBERNATED,
                    UNRECOGNISED -> false;
        };
    }

    /** Belongs to the group's warm pool, so it is not in service. */
    public boolean isWarmed() {
        return awsName.startsWith("Warmed:");
    }
}
