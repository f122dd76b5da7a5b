package io.jenkins.plugins.amirefresh.model;

/** What a group does on its own and can be told not to do for a while. */
public enum ScalingProcess {
    LAUNCH("Launch"),
    TERMINATE("Terminate"),
    ADD_TO_LOAD_BALANCER("AddToLoadBalancer"),
    ALARM_NOTIFICATION("AlarmNotification"),
    AZ_REBALANCE("AZRebalance"),
    HEALTH_CHECK("HealthCheck"),
    INSTANCE_REFRESH("InstanceRefresh"),
    REPLACE_UNHEALTHY("ReplaceUnhealthy"),
    SCHEDULED_ACTIONS("ScheduledActions"),
    UNRECOGNISED("");

    private final String awsName;

    ScalingProcess(String awsName) {
        this.awsName = awsName;
    }

    /** The value AWS names so, or {@link #UNRECOGNISED}. */
    public static ScalingProcess parse(String awsName) {
        for (ScalingProcess value : values()) {
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
