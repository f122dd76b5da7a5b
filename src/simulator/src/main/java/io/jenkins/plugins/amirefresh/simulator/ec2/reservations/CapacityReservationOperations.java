package io.jenkins.plugins.amirefresh.simulator.ec2.reservations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.NetworkOperations;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ClientTokens;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Filters;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Paging;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** EC2's operations on Capacity Reservations. */
public final class CapacityReservationOperations {

    private static final Paging PAGES = new Paging("DescribeCapacityReservations", 1, 1000, Integer.MAX_VALUE);

    private final Function<Caller, Ground> ground;
    private final Map<AccountRegion, ClientTokens<CapacityReservation>> tokens = new HashMap<>();
    private final Filters<CapacityReservation> filters = Filters.<CapacityReservation>byTags(
                    reservation -> reservation.tags().asMap())
            .with("instance-type", reservation -> reservation.kind().instanceType())
            .with("availability-zone", reservation -> reservation.kind().zone())
            .with(
                    "availability-zone-id",
                    reservation -> NetworkOperations.zoneId(reservation.kind().zone()))
            .with("instance-match-criteria", reservation -> reservation.kind().matchCriteria())
            .with("instance-platform", reservation -> reservation.kind().platform())
            .with("tenancy", reservation -> "default")
            .with("state", CapacityReservation::state);

    /**
     * What the operations act on.
     *
     * @param zones of the region
     * @param type refuses an instance type that EC2 does not have
     */
    public record Ground(CapacityReservations reservations, Collection<String> zones, Consumer<String> type) {}

    /** For the caller's reservations. */
    public CapacityReservationOperations(Function<Caller, Ground> ground) {
        this.ground = ground;
    }

    /** By AWS's names. */
    public Map<String, Handler> operations() {
        return Map.of(
                "CreateCapacityReservation", this::create,
                "CancelCapacityReservation", this::cancel,
                "DescribeCapacityReservations", this::describe);
    }

    private ObjectNode create(Input request, Caller caller) {
        Ground mine = ground.apply(caller);
        CapacityReservation made = tokens.computeIfAbsent(caller.at(), at -> new ClientTokens<>())
                .once(request, () -> make(request, mine));
        return Nodes.of("CapacityReservation", view(made, caller));
    }

    private static CapacityReservation make(Input request, Ground mine) {
        String type = request.required("InstanceType");
        mine.type().accept(type);
        int count = request.number("InstanceCount").orElse(0);
        if (count < 1) {
            throw Errors.invalidValue("Value (" + count + ") for parameter instanceCount is invalid.");
        }
        var kind = new CapacityReservation.Kind(
                type,
                request.required("InstancePlatform"),
                zone(request, mine.zones()),
                request.text("InstanceMatchCriteria", "open"),
                null,
                request.text("EndDate")
                        .map(CapacityReservationOperations::moment)
                        .orElse(null));
        return mine.reservations().add(null, kind, count, "active", Tags.specified(request, "capacity-reservation"));
    }

    private static String zone(Input request, Collection<String> zones) {
        Optional<String> name = request.text("AvailabilityZone");
        Optional<String> id = request.text("AvailabilityZoneId");
        if (name.isEmpty() && id.isEmpty()) {
            throw Errors.missing("AvailabilityZone");
        }
        return zones.stream()
                .filter(zone -> name.isPresent()
                        ? name.get().equals(zone)
                        : NetworkOperations.zoneId(zone).equals(id.get()))
                .findFirst()
                .orElseThrow(() -> Errors.invalidValue(
                        "Invalid availability zone: [" + name.or(() -> id).get() + "]"));
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException notAMoment) {
            throw Errors.invalidValue("Value (" + text + ") for parameter endDate is invalid.");
        }
    }

    private ObjectNode cancel(Input request, Caller caller) {
        CapacityReservations mine = ground.apply(caller).reservations();
        CapacityReservation reservation = mine.reservation(request.required("CapacityReservationId"));
        if (!reservation.isActive()) {
            throw AwsError.client(
                    "InvalidState",
                    "The capacity reservation '" + reservation.id() + "' is " + reservation.state() + ".");
        }
        mine.end(reservation, "cancelled");
        return Nodes.returnTrue();
    }

    private ObjectNode describe(Input request, Caller caller) {
        CapacityReservations mine = ground.apply(caller).reservations();
        List<String> ids = request.texts("CapacityReservationIds");
        Stream<CapacityReservation> asked = ids.isEmpty()
                ? mine.all().stream()
                : ids.stream().distinct().sorted().map(mine::reservation);
        List<CapacityReservation> found = asked.filter(filters.of(request)).toList();
        return PAGES.answer(
                request,
                "CapacityReservations",
                found,
                CapacityReservation::id,
                reservation -> view(reservation, caller));
    }

    private static ObjectNode view(CapacityReservation reservation, Caller caller) {
        CapacityReservation.Kind kind = reservation.kind();
        ObjectNode view = Nodes.object()
                .put("CapacityReservationId", reservation.id())
                .put("CapacityReservationArn", caller.at().arn("ec2", "capacity-reservation/" + reservation.id()))
                .put("OwnerId", caller.accountId())
                .put("InstanceType", kind.instanceType())
                .put("InstancePlatform", kind.platform())
                .put("AvailabilityZone", kind.zone())
                .put("AvailabilityZoneId", NetworkOperations.zoneId(kind.zone()))
                .put("Tenancy", "default")
                .put("TotalInstanceCount", reservation.total())
                .put("AvailableInstanceCount", reservation.free())
                .put("EbsOptimized", false)
                .put("EphemeralStorage", false)
                .put("State", reservation.state())
                .put("StartDate", reservation.created().toString())
                .put("CreateDate", reservation.created().toString())
                .put("EndDateType", kind.end() == null ? "unlimited" : "limited")
                .put("InstanceMatchCriteria", kind.matchCriteria());
        Nodes.putIfPresent(view, "EndDate", Optional.ofNullable(kind.end()).map(Instant::toString));
        if (!reservation.tags().asMap().isEmpty()) {
            view.set("Tags", reservation.tags().view());
        }
        return view;
    }
}
