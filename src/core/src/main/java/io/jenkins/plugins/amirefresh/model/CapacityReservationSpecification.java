package io.jenkins.plugins.amirefresh.model;

import java.util.List;

/**
 * Which Capacity Reservations instances may or must run in, as a group or a launch template version says it.
 *
 * @param reservations ids of those that are targeted
 * @param resourceGroups ARNs of the resource groups that are targeted
 */
public record CapacityReservationSpecification(
        CapacityReservationPreference preference, List<String> reservations, List<String> resourceGroups) {

    /** Nothing is said. */
    public static final CapacityReservationSpecification UNSET =
            new CapacityReservationSpecification(CapacityReservationPreference.DEFAULT, List.of(), List.of());

    /** Copies the lists. */
    public CapacityReservationSpecification {
        reservations = List.copyOf(reservations);
        resourceGroups = List.copyOf(resourceGroups);
    }

    /** Names reservations or resource groups. */
    public boolean hasTarget() {
        return !reservations.isEmpty() || !resourceGroups.isEmpty();
    }
}
