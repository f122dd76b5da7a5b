package io.jenkins.plugins.amirefresh.simulator.ec2.fleets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Filters;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Paging;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplates;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * EC2's operations on fleets. A fleet is kept and shown as it was asked for, with its templates by id, and is deleted at once; the
 * simulator launches nothing for it. Source: EC2 API Reference, CreateFleet, RequestSpotFleet.
 */
public final class FleetOperations {

    private static final Paging FLEETS = new Paging("DescribeFleets", 1, 1000, 1000);
    private static final Paging SPOT_FLEETS = new Paging("DescribeSpotFleetRequests", 1, 1000, 1000);

    private static final String STATE = "FleetState";
    private static final String SPOT_STATE = "SpotFleetRequestState";

    private final Function<Caller, Place> place;
    private final Function<Caller, LaunchTemplates> templates;
    private final Map<AccountRegion, NavigableMap<String, ObjectNode>> fleets = new HashMap<>();
    private final Map<AccountRegion, NavigableMap<String, ObjectNode>> spotFleets = new HashMap<>();
    private final Filters<ObjectNode> filters = Filters.<ObjectNode>byTags(fleet -> Map.of())
            .with("fleet-state", fleet -> fleet.path(STATE).asText())
            .with("type", fleet -> fleet.path("Type").asText());

    /** For the caller's fleets. */
    public FleetOperations(Function<Caller, Place> place, Function<Caller, LaunchTemplates> templates) {
        this.place = place;
        this.templates = templates;
    }

    /** By AWS's names. */
    public Map<String, Handler> operations() {
        return Map.of(
                "CreateFleet", this::create,
                "DescribeFleets", this::describe,
                "DeleteFleets", this::delete,
                "RequestSpotFleet", this::request,
                "DescribeSpotFleetRequests", this::describeSpot,
                "CancelSpotFleetRequests", this::cancel);
    }

    private NavigableMap<String, ObjectNode> of(
            Map<AccountRegion, NavigableMap<String, ObjectNode>> all, Caller caller) {
        return all.computeIfAbsent(caller.at(), at -> new TreeMap<>());
    }

    private ObjectNode create(Input request, Caller caller) {
        Place mine = place.apply(caller);
        String id = mine.newId("fleet");
        ObjectNode fleet = Nodes.object()
                .put("FleetId", id)
                .put(STATE, "active")
                .put("ActivityStatus", "fulfilled")
                .put("Type", request.text("Type", "maintain"))
                .put("CreateTime", mine.now().toString());
        fleet.set(
                "TargetCapacitySpecification",
                request.structure("TargetCapacitySpecification").node().deepCopy());
        JsonNode configs = byId(request.node().path("LaunchTemplateConfigs"), caller);
        configs.forEach(config -> config.path("Overrides").forEach(FleetOperations::shown));
        fleet.set("LaunchTemplateConfigs", configs);
        of(fleets, caller).put(id, fleet);
        mine.log(id, "fleet created");
        return Nodes.of("FleetId", id);
    }

    /** Of where its instances are placed an override shows the group alone. Source: EC2 API Reference, PlacementResponse. */
    private static void shown(JsonNode override) {
        if (override.path("Placement") instanceof ObjectNode placement) {
            placement.retain("GroupName");
        }
    }

    /** A template that is named by its name is shown with its id. */
    private JsonNode byId(JsonNode given, Caller caller) {
        ArrayNode configs = given.isArray() ? ((ArrayNode) given).deepCopy() : Nodes.array();
        for (JsonNode config : configs) {
            if (config.path("LaunchTemplateSpecification") instanceof ObjectNode named
                    && !named.has("LaunchTemplateId")) {
                templates.apply(caller).all().stream()
                        .filter(template -> template.name()
                                .equals(named.path("LaunchTemplateName").asText()))
                        .forEach(template -> named.put("LaunchTemplateId", template.id()));
            }
        }
        return configs;
    }

    private ObjectNode describe(Input request, Caller caller) {
        List<String> ids = request.texts("FleetIds");
        List<ObjectNode> found = of(fleets, caller).values().stream()
                .filter(fleet ->
                        ids.isEmpty() || ids.contains(fleet.path("FleetId").asText()))
                .filter(filters.of(request))
                .toList();
        return FLEETS.answer(
                request, "Fleets", found, fleet -> fleet.path("FleetId").asText(), fleet -> fleet);
    }

    private ObjectNode delete(Input request, Caller caller) {
        ArrayNode gone = Nodes.array();
        for (String id : request.texts("FleetIds")) {
            ObjectNode fleet = of(fleets, caller).get(id);
            if (fleet != null) {
                fleet.put(STATE, "deleted");
                place.apply(caller).log(id, "fleet deleted");
                gone.add(Nodes.object().put("FleetId", id).put("CurrentFleetState", "deleted"));
            }
        }
        return Nodes.of("SuccessfulFleetDeletions", gone);
    }

    private ObjectNode request(Input request, Caller caller) {
        Place mine = place.apply(caller);
        String id = mine.newId("sfr");
        ObjectNode config = request.structure("SpotFleetRequestConfig").node().deepCopy();
        config.set("LaunchTemplateConfigs", byId(config.path("LaunchTemplateConfigs"), caller));
        ObjectNode fleet = Nodes.object()
                .put("SpotFleetRequestId", id)
                .put(SPOT_STATE, "active")
                .put("ActivityStatus", "fulfilled")
                .put("CreateTime", mine.now().toString());
        fleet.set("SpotFleetRequestConfig", config);
        of(spotFleets, caller).put(id, fleet);
        mine.log(id, "spot fleet requested");
        return Nodes.of("SpotFleetRequestId", id);
    }

    private ObjectNode describeSpot(Input request, Caller caller) {
        List<String> ids = request.texts("SpotFleetRequestIds");
        List<ObjectNode> found = of(spotFleets, caller).values().stream()
                .filter(fleet -> ids.isEmpty()
                        || ids.contains(fleet.path("SpotFleetRequestId").asText()))
                .toList();
        return SPOT_FLEETS.answer(
                request,
                "SpotFleetRequestConfigs",
                found,
                fleet -> fleet.path("SpotFleetRequestId").asText(),
                fleet -> fleet);
    }

    private ObjectNode cancel(Input request, Caller caller) {
        ArrayNode gone = Nodes.array();
        for (String id : request.texts("SpotFleetRequestIds")) {
            ObjectNode fleet = of(spotFleets, caller).get(id);
            if (fleet != null) {
                fleet.put(SPOT_STATE, "cancelled");
                place.apply(caller).log(id, "spot fleet cancelled");
                gone.add(Nodes.object()
                        .put("SpotFleetRequestId", id)
                        .put("CurrentSpotFleetRequestState", "cancelled")
                        .put("PreviousSpotFleetRequestState", "active"));
            }
        }
        return Nodes.of("SuccessfulFleetRequests", gone);
    }
}
