package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Order;
import io.jenkins.plugins.amirefresh.simulator.ec2.Ec2Region;
import io.jenkins.plugins.amirefresh.simulator.ec2.reservations.CapacityReservation;
import io.jenkins.plugins.amirefresh.simulator.ec2.reservations.CapacityReservations.Wanted;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.List;
import java.util.Optional;

/**
 * From the Capacity Reservations that a group prefers to the one that a launch asks EC2 for. Source: EC2 Auto Scaling User
 * Guide, "Use Capacity Reservation preference": the group's targets go before the template's, which go before open ones.
 */
final class ReservedCapacity {

    private static final String PREFERENCE = "CapacityReservationPreference";
    private static final String TARGET = "CapacityReservationTarget";
    private static final String ONLY = "capacity-reservations-only";

    private final Ec2Region region;
    private final Order order;
    private final ObjectNode template;

    private ReservedCapacity(Ec2Region region, Order order, ObjectNode template) {
        this.region = region;
        this.order = order;
        this.template = template;
    }

    /** RunInstances' {@code CapacityReservationSpecification}; empty: the template's own holds. */
    static Optional<ObjectNode> wanted(Ec2Region region, ObjectNode template, Order order) {
        String preference = Fields.text(order.reservation(), PREFERENCE).orElse("default");
        if (preference.equals("default") || order.spot()) {
            return Optional.empty();
        }
        if (preference.equals("none")) {
            return Optional.of(preferring("none"));
        }
        ObjectNode data = region.launchTemplates().resolve(new Input(template)).data();
        return Optional.of(new ReservedCapacity(region, order, data).wanted(preference.equals(ONLY)));
    }

    /** False when the group takes reservations only and none has room for the order. */
    static boolean hasRoom(Ec2Region region, ObjectNode template, Order order) {
        String preference = Fields.text(order.reservation(), PREFERENCE).orElse("default");
        if (!preference.equals(ONLY) || order.spot()) {
            return true;
        }
        ObjectNode data = region.launchTemplates().resolve(new Input(template)).data();
        ReservedCapacity capacity = new ReservedCapacity(region, order, data);
        try {
            return region.reservations()
                    .choose(new Input(capacity.wanted(true)), capacity.one())
                    .isPresent();
        } catch (AwsError refusal) {
            return false;
        }
    }

    private static ObjectNode preferring(String preference) {
        return Fields.object().put(PREFERENCE, preference);
    }

    private ObjectNode wanted(boolean only) {
        List<String> ids = Fields.list(order.reservation().path(TARGET), "CapacityReservationIds");
        List<String> groups = Fields.list(order.reservation().path(TARGET), "CapacityReservationResourceGroupArns");
        if (ids.isEmpty() && groups.isEmpty()) {
            return Fields.structure(template.path("CapacityReservationSpecification"), TARGET)
                    .map(target -> targeted(target.deepCopy(), only))
                    .orElseGet(() -> preferring(only ? ONLY : "open"));
        }
        if (ids.isEmpty()) {
            return targeted(Fields.object().put("CapacityReservationResourceGroupArn", groups.get(0)), only);
        }
        Optional<String> free = region.reservations().withRoom(ids, one()).map(CapacityReservation::id);
        if (free.isEmpty() && !only) {
            return preferring("none");
        }
        // EC2 refuses a full one in its own words.
        String id = free.or(() -> ids.stream()
                        .filter(known -> region.reservations().find(known).isPresent())
                        .findFirst())
                .orElse(ids.get(0));
        return targeted(Fields.object().put("CapacityReservationId", id), true);
    }

    private ObjectNode targeted(ObjectNode target, boolean only) {
        Optional<String> id = Fields.text(target, "CapacityReservationId");
        if (id.isPresent()
                && !only
                && region.reservations().withRoom(List.of(id.get()), one()).isEmpty()) {
            return preferring("none");
        }
        ObjectNode specification = only ? preferring(ONLY) : Fields.object();
        specification.set(TARGET, target);
        return specification;
    }

    /** One instance of the order; its AMI's platform is Linux, as all of this simulator's are. */
    private Wanted one() {
        String type = order.instanceType()
                .orElseGet(() -> template.path("InstanceType").asText());
        return new Wanted(type, "Linux/UNIX", order.zone(), 1, 1);
    }
}
