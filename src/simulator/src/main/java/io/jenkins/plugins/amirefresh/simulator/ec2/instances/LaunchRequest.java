package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import java.util.Map;
import java.util.TreeMap;

/**
 * What RunInstances is asked.
 *
 * @param parameters RunInstances' members under AWS's names; a LaunchTemplate in it is resolved at launch
 * @param tags that AWS itself or the asking service sets on the instance, reserved keys allowed
 */
public record LaunchRequest(ObjectNode parameters, Map<String, String> tags) {

    /** Where a request says which launch configuration it came from, which RunInstances itself does not know. */
    static final String CONFIGURATION = "LaunchConfigurationName";

    public LaunchRequest {
        tags = new TreeMap<>(tags);
    }

    /** A caller's own request. */
    public static LaunchRequest of(ObjectNode parameters) {
        return new LaunchRequest(parameters, Map.of());
    }

    /** One instance of a template. */
    public static LaunchRequest one(ObjectNode templateSpecification, Map<String, String> tags) {
        ObjectNode parameters = Nodes.object().put("MinCount", 1).put("MaxCount", 1);
        parameters.set("LaunchTemplate", templateSpecification);
        return new LaunchRequest(parameters, tags);
    }

    /** One instance from a launch configuration, whose members are mostly those of RunInstances. */
    public static LaunchRequest configured(ObjectNode configuration, Map<String, String> tags) {
        ObjectNode parameters = configuration.deepCopy().put("MinCount", 1).put("MaxCount", 1);
        JsonNode groups = parameters.remove("SecurityGroups");
        if (groups != null) {
            parameters.set("SecurityGroupIds", groups);
        }
        String profile = parameters.path("IamInstanceProfile").asText("");
        if (!profile.isEmpty()) {
            parameters.set("IamInstanceProfile", Nodes.of(profile.startsWith("arn:") ? "Arn" : "Name", profile));
        }
        LaunchRequest request = new LaunchRequest(parameters, tags);
        return parameters.remove("SpotPrice") == null ? request : request.spot();
    }

    /** The same with one text member set. */
    public LaunchRequest with(String member, String value) {
        return new LaunchRequest(parameters.deepCopy().put(member, value), tags);
    }

    /** The same in a zone. */
    public LaunchRequest inZone(String zone) {
        ObjectNode changed = parameters.deepCopy();
        changed.set("Placement", Nodes.of("AvailabilityZone", zone));
        return new LaunchRequest(changed, tags);
    }

    /** The same with a {@code CapacityReservationSpecification}. */
    public LaunchRequest reserved(ObjectNode specification) {
        ObjectNode changed = parameters.deepCopy();
        changed.set("CapacityReservationSpecification", specification);
        return new LaunchRequest(changed, tags);
    }

    /** The same as a Spot instance. */
    public LaunchRequest spot() {
        ObjectNode changed = parameters.deepCopy();
        changed.set("InstanceMarketOptions", Nodes.of("MarketType", "spot"));
        return new LaunchRequest(changed, tags);
    }
}
