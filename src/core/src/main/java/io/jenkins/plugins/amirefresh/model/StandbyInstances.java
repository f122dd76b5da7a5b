package io.jenkins.plugins.amirefresh.model;

/** What an instance refresh does with instances in standby. */
public enum StandbyInstances {
    TERMINATE("Terminate"),
    IGNORE("Ignore"),
    WAIT("Wait"),
    UNRECOGNISED("");

    private final String awsName;

    StandbyInstances(String awsName) {
        this.awsName = awsName;
    }

    /** The value AWS names so, or {@link #UNRECOGNISED}. */
    public static StandbyInstances parse(String awsName) {
        for (StandbyInstances value : values()) {
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
