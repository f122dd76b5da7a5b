package io.jenkins.plugins.amirefresh.model;

/** How strongly instances prefer Capacity Reservations; a template knows {@code open}, a group {@code default}. */
public enum CapacityReservationPreference {
    DEFAULT("default"),
    OPEN("open"),
    NONE("none"),
    CAPACITY_RESERVATIONS_FIRST("capacity-reservations-first"),
    CAPACITY_RESERVATIONS_ONLY("capacity-reservations-only"),
    UNRECOGNISED("");

    private final String awsName;

    CapacityReservationPreference(String awsName) {
        this.awsName = awsName;
    }

    /** The value AWS names so; {@link #DEFAULT} for the empty text, {@link #UNRECOGNISED} for any other. */
    public static CapacityReservationPreference parse(String awsName) {
        if (awsName.isEmpty()) {
            return DEFAULT;
        }
        for (CapacityReservationPreference value : values()) {
            if (value.awsName.equals(awsName)) {
                return value;
            }
        }
        return UNRECOGNISED;
    }
}
