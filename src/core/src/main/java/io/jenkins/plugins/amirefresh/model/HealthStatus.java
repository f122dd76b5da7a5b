package io.jenkins.plugins.amirefresh.model;

/** The group's own view of an instance; not {@link TargetHealth}. */
public enum HealthStatus {
    HEALTHY("Healthy"),
    UNHEALTHY("Unhealthy"),
    UNRECOGNISED("");

    private final String awsName;

    HealthStatus(String awsName) {
        this.awsName = awsName;
    }

    /** The value AWS names so, or {@link #UNRECOGNISED}. */
    public static HealthStatus parse(String awsName) {
        for (HealthStatus value : values()) {
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
