package io.jenkins.plugins.amirefresh.simulator.ec2.reservations;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Capacity Reservations of one account and region. */
public final class CapacityReservations {

    private static final String ONLY = "capacity-reservations-only";

    private final Place place;
    private final Map<String, CapacityReservation> byId = new TreeMap<>();

    /** None yet. */
    public CapacityReservations(Place place) {
        this.place = place;
    }

    /**
     * What a launch needs a slot for.
     *
     * @param min the fewest instances that will do
     * @param max the most instances
     */
    public record Wanted(String instanceType, String platform, String zone, int min, int max) {}

    /** A new one; null: with a generated id. */
    public CapacityReservation add(
            @Nullable String id, CapacityReservation.Kind kind, int total, String state, Tags tags) {
        String name = id == null ? place.newId("cr") : id;
        CapacityReservation added = new CapacityReservation(name, kind, total, state, place.now(), tags);
        byId.put(name, added);
        Instant end = kind.end();
        if (end != null) {
            place.world().time().at(end, () -> end(added, "expired"));
        }
        return added;
    }

    void end(CapacityReservation reservation, String how) {
        if (reservation.isActive()) {
            reservation.end(how);
            place.log(reservation.id(), "capacity reservation " + how);
        }
    }

    /** By id. */
    public Collection<CapacityReservation> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** One by id. */
    public Optional<CapacityReservation> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * The one with this id.
     *
     * @throws AwsError InvalidCapacityReservationId.NotFound
     */
    public CapacityReservation reservation(String id) {
        return find(id).orElseThrow(() -> AwsError.client(
                "InvalidCapacityReservationId.NotFound", "The capacity reservation ID '" + id + "' does not exist"));
    }

    /**
     * Where instances of a launch run: the reservation that has room for the fewest it takes when it may run nowhere else,
     * and for all of them otherwise. Empty: in On-Demand capacity. Source: EC2 User Guide, "Launch instances into an existing
     * Capacity Reservation".
     *
     * @param specification {@code CapacityReservationSpecification} of RunInstances or of a template
     * @throws AwsError ReservationCapacityExceeded when it may run nowhere else and there is no room
     */
    public Optional<CapacityReservation> choose(Input specification, Wanted wanted) {
        Input target = specification.structure("CapacityReservationTarget");
        Optional<String> id = target.text("CapacityReservationId");
        Optional<String> group = target.text("CapacityReservationResourceGroupArn");
        String preference = specification.text("CapacityReservationPreference", "open");
        if (preference.equals("none") && id.isEmpty() && group.isEmpty()) {
            return Optional.empty();
        }
        Stream<CapacityReservation> candidates = id.isPresent()
                ? Stream.of(reservation(id.get()))
                : byId.values().stream()
                        .filter(one -> group.isPresent()
                                ? group.get().equals(one.kind().resourceGroup())
                                : one.isOpen());
        boolean nowhereElse = id.isPresent() || preference.equals(ONLY);
        Optional<CapacityReservation> found = withRoom(candidates, wanted, nowhereElse ? wanted.min() : wanted.max());
        if (found.isEmpty() && nowhereElse) {
            throw AwsError.client(
                    "ReservationCapacityExceeded",
                    "The requested reservation does not have sufficient compatible and available capacity for this request.");
        }
        return found;
    }

    /** The first of these with a free slot for such an instance. */
    public Optional<CapacityReservation> withRoom(List<String> ids, Wanted wanted) {
        return withRoom(ids.stream().flatMap(id -> find(id).stream()), wanted, wanted.min());
    }

    private static Optional<CapacityReservation> withRoom(
            Stream<CapacityReservation> candidates, Wanted wanted, int count) {
        return candidates
                .filter(one -> one.free() >= count)
                .filter(one -> one.kind().instanceType().equals(wanted.instanceType())
                        && one.kind().zone().equals(wanted.zone())
                        && one.kind().platform().equals(wanted.platform()))
                .findFirst();
    }
}
