package io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LaunchConfigurations;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Machine;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Fleet;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.Optional;

/** What a configuration launches, for skip matching. Source: User Guide, "Use an instance refresh with skip matching". */
final class Matching {

    private Matching() {}

    /** The group's configuration would launch this machine; nothing does when its template or version is gone. */
    static boolean matches(Fleet fleet, Group group, Machine machine) {
        String type = machine.instanceType();
        Optional<String> wanted = Fields.text(group.configuration(), LaunchConfigurations.NAME);
        if (wanted.isPresent()) {
            return machine.launchConfiguration().equals(wanted);
        }
        if (machine.template().isEmpty() || !allowsType(group.configuration(), type)) {
            return false;
        }
        try {
            return machine.template().get().equals(fleet.resolve(group.at(), template(group.configuration(), type)));
        } catch (AwsError gone) {
            return false;
        }
    }

    /** Its {@code LaunchTemplateSpecification}. */
    static ObjectNode template(ObjectNode configuration) {
        return Fields.structure(configuration, "LaunchTemplate")
                .or(() -> Fields.structure(
                        configuration.path("MixedInstancesPolicy").path("LaunchTemplate"),
                        "LaunchTemplateSpecification"))
                .orElseGet(Fields::object);
    }

    /** The {@code LaunchTemplateSpecification} for an instance type: its override's own, else the configuration's. */
    static ObjectNode template(ObjectNode configuration, String instanceType) {
        JsonNode overrides = configuration
                .path("MixedInstancesPolicy")
                .path("LaunchTemplate")
                .path("Overrides");
        for (JsonNode override : overrides) {
            if (override.path("InstanceType").asText().equals(instanceType)) {
                return Fields.structure(override, "LaunchTemplateSpecification")
                        .orElseGet(() -> template(configuration));
            }
        }
        return template(configuration);
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
