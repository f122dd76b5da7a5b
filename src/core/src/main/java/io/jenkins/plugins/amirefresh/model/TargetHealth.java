package io.jenkins.plugins.amirefresh.model;

/** A load balancer's view of a target; not {@link HealthStatus}. */
public enum TargetHealth {
    INITIAL("initial"),
    HEALTHY("healthy"),
    UNHEALTHY("unhealthy"),
    UNHEALTHY_DRAINING("unhealthy.draining"),
    UNUSED("unused"),
    DRAINING("draining"),
    UNAVAILABLE("unavailable"),
    UNRECOGNISED("");

    private final String awsName;

    TargetHealth(String awsName) {
        this.awsName = awsName;
    }

    /** The value AWS names so, or {@link #UNRECOGNISED}. */
    public static TargetHealth parse(String awsName) {
        for (TargetHealth value : values()) {
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
