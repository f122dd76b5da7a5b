package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import java.util.Arrays;
import java.util.List;

/** The processes that can be suspended. Source: EC2 Auto Scaling API Reference, "ProcessType". */
public enum ScalingProcess {
    LAUNCH("Launch"),
    TERMINATE("Terminate"),
    ADD_TO_LOAD_BALANCER("AddToLoadBalancer"),
    ALARM_NOTIFICATION("AlarmNotification"),
    AZ_REBALANCE("AZRebalance"),
    HEALTH_CHECK("HealthCheck"),
    INSTANCE_REFRESH("InstanceRefresh"),
    REPLACE_UNHEALTHY("ReplaceUnhealthy"),
    SCHEDULED_ACTIONS("ScheduledActions");

    private final String text;

    ScalingProcess(String text) {
        this.text = text;
    }

    /** AWS's text, for example {@code AZRebalance}. */
    public String text() {
        return text;
    }

    /** All names in AWS's words. */
    public static List<String> names() {
        return Arrays.stream(values()).map(ScalingProcess::text).toList();
    }
}
