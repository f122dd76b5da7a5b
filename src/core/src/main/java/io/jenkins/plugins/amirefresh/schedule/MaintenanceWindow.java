package io.jenkins.plugins.amirefresh.schedule;

import java.time.Instant;

/**
 * One stretch of time in which a group may be changed.
 *
 * @param start the first moment that is inside
 * @param end the first moment that is outside again
 */
public record MaintenanceWindow(Instant start, Instant end) {

    /** @throws IllegalArgumentException when it does not end after its start */
    public MaintenanceWindow {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("window from " + start + " to " + end + " is empty");
        }
    }

    /** Open at {@code at}: from the start on, and no longer at the end. */
    public boolean contains(Instant at) {
        return !at.isBefore(start) && at.isBefore(end);
    }
}
