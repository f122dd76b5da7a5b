package io.jenkins.plugins.amirefresh.cloud;

import java.util.List;

/** Capacity Reservations of EC2. */
public interface CapacityReservations {

    /**
     * Every one the account owns or is shared, of whatever state, pages of 1,000. Permission:
     * {@code ec2:DescribeCapacityReservations}.
     */
    List<CapacityReservation> all();

    /**
     * A Capacity Reservation.
     *
     * @param state AWS's word; launches need {@code active}
     * @param total instances it has room for
     * @param free instances that can still be launched into it
     * @param open instances that match may run in it without naming it
     */
    record CapacityReservation(
            String id, String state, String instanceType, String availabilityZone, int total, int free, boolean open) {

        /** Launches may use it. */
        public boolean isActive() {
            return state.equals("active");
        }
    }
}
