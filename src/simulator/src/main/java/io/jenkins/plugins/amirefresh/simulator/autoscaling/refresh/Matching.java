package io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;

/** What a configuration launches, for skip matching. Source: User Guide, "Use an instance refresh with skip matching". */
final class Matching {

    private Matching() {}

    /** Its {@code LaunchTemplateSpecification}. */
    static ObjectNode template(ObjectNode configuration) {
        return Fields.structure(configuration, "LaunchTemplate")
                .or(() -> Fields.structure(
                        configuration.path("MixedInstancesPolicy").path("LaunchTemplate"),
                        "LaunchTemplateSpecification"))
                .orElseGet(Fields::object);
    }

    /** Whether the overrides, if any, name the type. */
    static boolean allowsType(ObjectNode configuration, String instanceType) {
        JsonNode overrides = configuration
                .path("MixedInstancesPolicy")
                .path("LaunchTemplate")
                .path("Overrides");
        for (JsonNode override : overrides) {
            if (override.path("InstanceType").asText().equals(instanceType)) {
                return true;
            }
        }
        return overrides.isEmpty();
    }
}
