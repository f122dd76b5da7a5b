package io.jenkins.plugins.amirefresh.model;

/** What a classic load balancer says of an instance. */
public enum ClassicHealth {
    IN_SERVICE("InService"),
    OUT_OF_SERVICE("OutOfService"),
    UNKNOWN("Unknown"),
    UNRECOGNISED("");

    private final String awsName;

    ClassicHealth(String awsName) {
        this.awsName = awsName;
    }

    /** The state AWS names so, or {@link #UNRECOGNISED}. */
    public static ClassicHealth parse(String awsName) {
        for (ClassicHealth health : values()) {
            if (health.awsName.equals(awsName)) {
                return health;
            }
        }
        return UNRECOGNISED;
    }

    /** AWS's word, empty when we do not know it. */
    public String awsName() {
        return awsName;
    }
}
