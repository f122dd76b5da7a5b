package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.cloud.CapacityReservations.CapacityReservation;
import io.jenkins.plugins.amirefresh.model.CapacityReservationPreference;
import io.jenkins.plugins.amirefresh.model.CapacityReservationSpecification;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Capacity Reservations that are the only place where a group's instances may be launched, and whether they have room. AWS
 * launches wherever there is room then, uneven over the zones. Source: EC2 Auto Scaling User Guide, "Capacity Reservation
 * preference", "Availability Zone balance and Capacity Reservations".
 *
 * @param targets ids; none: any open reservation of the instance type will do
 * @param instanceType empty when the version names none
 */
record ReservedCapacity(GroupObservation group, List<String> targets, String instanceType) {

    /**
     * Empty when instances may run elsewhere too, or when it cannot be counted: the reservations of a resource group take
     * another service to list, and of a mixed instances policy nobody knows which type, and whether Spot, comes next.
     */
    static Optional<ReservedCapacity> of(GroupObservation group, LaunchTemplateVersionData version) {
        if (!(group.launchSource() instanceof LaunchSource.Template)) {
            return Optional.empty();
        }
        return only(group.capacityReservations(), version.capacityReservations())
                .filter(specification -> specification.resourceGroups().isEmpty())
                .map(specification ->
                        new ReservedCapacity(group, specification.reservations(), version.instanceType()));
    }

    /** A target's own reservation is all there is for a template's launch, whatever its preference. */
    private static Optional<CapacityReservationSpecification> only(
            CapacityReservationSpecification ofGroup, CapacityReservationSpecification ofVersion) {
        return switch (ofGroup.preference()) {
            case CAPACITY_RESERVATIONS_ONLY -> Optional.of(ofGroup.hasTarget() ? ofGroup : ofVersion);
            case DEFAULT, OPEN ->
                Optional.of(ofVersion)
                        .filter(version -> !version.reservations().isEmpty()
                                || version.preference() == CapacityReservationPreference.CAPACITY_RESERVATIONS_ONLY);
            case NONE, CAPACITY_RESERVATIONS_FIRST, UNRECOGNISED -> Optional.empty();
        };
    }

    /**
     * Why its instances cannot be replaced, empty when they can.
     *
     * @param all the account's reservations
     * @param launches instances that are launched before old ones go; a terminated one gives its slot back
     */
    Optional<String> refusal(List<CapacityReservation> all, int launches) {
        List<CapacityReservation> usable = all.stream()
                .filter(this::isTarget)
                .filter(reservation -> problem(reservation).isEmpty())
                .toList();
        if (usable.isEmpty()) {
            return Optional.of(unusable(all)
                    + "; nothing can be launched until the group or its template names an active" + " one, or none");
        }
        int free = usable.stream().mapToInt(CapacityReservation::free).sum();
        int total = usable.stream().mapToInt(CapacityReservation::total).sum();
        return launches <= free
                ? Optional.empty()
                : Optional.of("the only capacity reservations it may launch into ("
                        + usable.stream().map(CapacityReservation::id).collect(Collectors.joining(", ")) + ") have "
                        + free + " of " + total + " instances free, and launching " + launches
                        + " replacements first needs " + launches
                        + "; use a smaller batchSize, in-out, or larger reservations");
    }

    private boolean isTarget(CapacityReservation reservation) {
        return targets.isEmpty() ? reservation.open() : targets.contains(reservation.id());
    }

    /** Why a reservation is of no use here, empty when it is. */
    private String problem(CapacityReservation reservation) {
        if (!reservation.isActive()) {
            return " is " + reservation.state();
        }
        boolean fits = (instanceType.isEmpty() || reservation.instanceType().equals(instanceType))
                && (group.availabilityZones().isEmpty()
                        || group.availabilityZones().contains(reservation.availabilityZone()));
        return fits ? "" : " is for " + reservation.instanceType() + " in " + reservation.availabilityZone();
    }

    private String unusable(List<CapacityReservation> all) {
        if (targets.isEmpty()) {
            return "it may launch into open capacity reservations only, and none that is active is for "
                    + (instanceType.isEmpty() ? "any instance" : instanceType) + " in its zones";
        }
        Map<String, CapacityReservation> byId =
                all.stream().collect(Collectors.toMap(CapacityReservation::id, Function.identity(), (a, b) -> b));
        return "it may launch into capacity reservations only, and none of them can be used: "
                + targets.stream()
                        .map(id -> id
                                + Optional.ofNullable(byId.get(id))
                                        .map(this::problem)
                                        .orElse(" does not exist"))
                        .collect(Collectors.joining(", "));
    }
}
