package io.jenkins.plugins.amirefresh.model;

/** What an instance refresh does with instances protected from scale in. */
public enum ScaleInProtectedInstances {
    REFRESH("Refresh"),
    IGNORE("Ignore"),
    WAIT("Wait"),
    UNRECOGNISED("");

    private final String awsName;

    ScaleInProtectedInstances(String awsName) {
        this.awsName = awsName;
    }

    /** The value AWS names so, or {@link #UNRECOGNISED}. */
    public static ScaleInProtectedInstances parse(String awsName) {
        for (ScaleInProtectedInstances value : values()) {
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
