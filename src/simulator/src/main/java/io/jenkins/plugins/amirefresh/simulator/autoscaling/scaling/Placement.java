package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.GroupTag;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LaunchConfigurations;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which instance a group asks EC2 for next, best choice first: zones with the fewest instances, in each the overrides of
 * the mixed instances policy in their order. Source: EC2 Auto Scaling User Guide, "Instance distribution", "Allocation
 * strategies"; Spot pools take turns here, since the simulator has no Spot market.
 */
public final class Placement {

    private final Fleet fleet;

    Placement(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Every choice, to be tried in this order. */
    List<Order> choices(Group group) {
        List<Order> orders = new ArrayList<>();
        boolean spot = wantsSpot(group);
        for (String zone : Zones.emptiestFirst(group)) {
            for (JsonNode override : overrides(group, spot)) {
                orders.add(order(group, zone, override, spot));
            }
        }
        return fleet.roomFirst(group.at(), orders);
    }

    private Order order(Group group, String zone, JsonNode override, boolean spot) {
        ObjectNode template = Fields.structure(override, "LaunchTemplateSpecification")
                .orElseGet(() -> template(group.configuration()));
        Map<String, String> tags = new LinkedHashMap<>();
        for (GroupTag tag : group.tags().values()) {
            if (tag.propagateAtLaunch()) {
                tags.put(tag.key(), tag.value());
            }
        }
        tags.put("aws:autoscaling:groupName", group.name());
        return new Order(
                group.name(),
                template,
                zone,
                subnetIn(group, zone),
                Fields.text(override, "InstanceType"),
                Fields.text(override, "ImageId"),
                spot,
                Fields.structure(group.settings(), "CapacityReservationSpecification")
                        .orElseGet(Fields::object),
                tags);
    }

    /** Subnets of one zone take turns by the number of members; one that is gone leaves it to EC2 to say so. */
    private Optional<String> subnetIn(Group group, String zone) {
        List<String> subnets = group.subnets().stream()
                .filter(subnet ->
                        fleet.zoneOf(group.at(), subnet).filter(zone::equals).isPresent())
                .toList();
        return subnets.isEmpty()
                ? group.subnets().stream()
                        .filter(subnet -> fleet.zoneOf(group.at(), subnet).isEmpty())
                        .findFirst()
                : Optional.of(subnets.get(group.members().size() % subnets.size()));
    }

    /** The {@code LaunchTemplateSpecification} of a configuration, or the name of its launch configuration. */
    public static ObjectNode template(ObjectNode configuration) {
        return Fields.structure(configuration, "LaunchTemplate")
                .or(() -> Fields.structure(
                        configuration.path("MixedInstancesPolicy").path("LaunchTemplate"),
                        "LaunchTemplateSpecification"))
                .or(() -> Fields.text(configuration, LaunchConfigurations.NAME)
                        .map(name -> Fields.object().put(LaunchConfigurations.NAME, name)))
                .orElseGet(Fields::object);
    }

    /** The weight of an instance type, 1 when the policy gives none. */
    static int weight(Group group, String instanceType) {
        for (JsonNode override : declaredOverrides(group)) {
            if (override.path("InstanceType").asText().equals(instanceType) && override.has("WeightedCapacity")) {
                return override.path("WeightedCapacity").asInt(1);
            }
        }
        return 1;
    }

    /** Whether the group's overrides give weights. */
    static boolean isWeighted(Group group) {
        for (JsonNode override : declaredOverrides(group)) {
            if (override.has("WeightedCapacity")) {
                return true;
            }
        }
        return false;
    }

    /** The overrides of a group's mixed instances policy, missing when it has none. */
    public static JsonNode declaredOverrides(Group group) {
        return group.configuration()
                .path("MixedInstancesPolicy")
                .path("LaunchTemplate")
                .path("Overrides");
    }

    private static List<JsonNode> overrides(Group group, boolean spot) {
        List<JsonNode> overrides = new ArrayList<>();
        declaredOverrides(group).forEach(overrides::add);
        if (overrides.isEmpty()) {
            return List.of(Fields.object());
        }
        if (spot) {
            long running = group.members().stream()
                    .filter(member -> member.machine().spot())
                    .count();
            Collections.rotate(overrides, -(int) (running % overrides.size()));
        }
        return overrides;
    }

    /** Base capacity first, then the percentage of On-Demand above it; 100 is the default. */
    private static boolean wantsSpot(Group group) {
        JsonNode distribution =
                group.configuration().path("MixedInstancesPolicy").path("InstancesDistribution");
        int base = distribution.path("OnDemandBaseCapacity").asInt(0);
        int percent = distribution.path("OnDemandPercentageAboveBaseCapacity").asInt(100);
        int after = group.capacity() + 1;
        int onDemand = group.members().stream()
                .filter(member -> member.state().counts() && !member.isOutgoing())
                .filter(member -> !member.machine().spot())
                .mapToInt(Member::weight)
                .sum();
        int wanted = Math.min(after, base) + Math.floorDiv(Math.max(0, after - base) * percent + 99, 100);
        return onDemand >= wanted;
    }
}
