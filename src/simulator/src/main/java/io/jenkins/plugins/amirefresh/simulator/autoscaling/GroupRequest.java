package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.TemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Fleet;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.TerminationPolicies;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks what CreateAutoScalingGroup and UpdateAutoScalingGroup say and brings it into the form that AWS shows. */
final class GroupRequest {

    /** Members that a group echoes. */
    private static final List<String> ECHOED = List.of(
            "DefaultCooldown",
            "HealthCheckType",
            "HealthCheckGracePeriod",
            "PlacementGroup",
            "VPCZoneIdentifier",
            "TerminationPolicies",
            "NewInstancesProtectedFromScaleIn",
            "ServiceLinkedRoleARN",
            "MaxInstanceLifetime",
            "CapacityRebalance",
            "Context",
            "DesiredCapacityType",
            "DefaultInstanceWarmup",
            "InstanceMaintenancePolicy",
            "AvailabilityZoneDistribution",
            "AvailabilityZoneImpairmentPolicy",
            "CapacityReservationSpecification",
            "DeletionProtection",
            "InstanceLifecyclePolicy");

    private static final List<String> CONFIGURATIONS =
            List.of("LaunchTemplate", "MixedInstancesPolicy", "LaunchConfigurationName");

    private static final int SHORTEST_LIFETIME = 86_400;
    private static final int WHOLE = 100;

    private final Fleet fleet;

    GroupRequest(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Brings the members of a request into a group's settings. */
    void apply(AccountRegion at, ObjectNode input, ObjectNode settings) {
        checkPolicies(input);
        checkMaintenance(input);
        checkReservations(input);
        int lifetime = Fields.number(input, "MaxInstanceLifetime").orElse(0);
        if (lifetime != 0 && lifetime < SHORTEST_LIFETIME) {
            throw Fields.invalid("MaxInstanceLifetime must be 0 or at least " + SHORTEST_LIFETIME + " seconds.");
        }
        for (String member : ECHOED) {
            JsonNode value = input.get(member);
            if (value != null) {
                settings.set(member, value.deepCopy());
            }
        }
        if (settings.path("DefaultInstanceWarmup").asInt(0) < 0) {
            settings.remove("DefaultInstanceWarmup");
        }
        if (settings.path("MaxInstanceLifetime").asInt(1) == 0) {
            settings.remove("MaxInstanceLifetime");
        }
        if (settings.path("InstanceMaintenancePolicy")
                        .path("MinHealthyPercentage")
                        .asInt(0)
                < 0) {
            settings.remove("InstanceMaintenancePolicy");
        }
        configure(at, input, settings);
    }

    private void configure(AccountRegion at, ObjectNode input, ObjectNode settings) {
        List<String> given = CONFIGURATIONS.stream().filter(input::has).toList();
        if (given.size() > 1) {
            throw oneConfiguration();
        }
        if (given.isEmpty()) {
            return;
        }
        String member = given.get(0);
        if (member.equals("LaunchConfigurationName")) {
            String name = input.path(member).asText();
            if (fleet.launchConfigurations().find(at, name).isEmpty()) {
                throw Fields.invalid(
                        "Launch configuration name not found - Launch configuration " + name + " not found");
            }
            CONFIGURATIONS.forEach(settings::remove);
            settings.put(member, name);
            return;
        }
        ObjectNode configuration =
                Fields.structure(input, member).map(ObjectNode::deepCopy).orElseThrow(GroupRequest::oneConfiguration);
        ObjectNode template = member.equals("LaunchTemplate")
                ? configuration
                : Fields.structure(configuration.path("LaunchTemplate"), "LaunchTemplateSpecification")
                        .orElseThrow(GroupRequest::oneConfiguration);
        complete(at, template);
        CONFIGURATIONS.forEach(settings::remove);
        settings.set(member, configuration);
    }

    private static AwsError oneConfiguration() {
        return Fields.invalid("Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId"
                + " or MixedInstancesPolicy parameter.");
    }

    /** AWS shows id, name and the version as it was given, {@code $Default} when it was not. */
    private void complete(AccountRegion at, ObjectNode template) {
        TemplateVersion version = fleet.resolve(at, template);
        template.put("LaunchTemplateId", version.id()).put("LaunchTemplateName", version.name());
        if (!template.has("Version")) {
            template.put("Version", "$Default");
        }
    }

    private static void checkPolicies(ObjectNode input) {
        for (String policy : Fields.list(input, "TerminationPolicies")) {
            if (!TerminationPolicies.NAMES.contains(policy) && !policy.startsWith("arn:")) {
                throw Fields.invalid("Invalid termination policy: " + policy);
            }
        }
    }

    /** Both percentages, at most 100 apart. Source: API Reference, "InstanceMaintenancePolicy". */
    private static void checkMaintenance(ObjectNode input) {
        Optional<ObjectNode> policy = Fields.structure(input, "InstanceMaintenancePolicy");
        if (policy.isEmpty()) {
            return;
        }
        Optional<Integer> min = Fields.number(policy.get(), "MinHealthyPercentage");
        Optional<Integer> max = Fields.number(policy.get(), "MaxHealthyPercentage");
        if (min.isPresent() != max.isPresent()) {
            throw Fields.invalid("You must specify both MinHealthyPercentage and MaxHealthyPercentage.");
        }
        boolean cleared = min.filter(percent -> percent < 0).isPresent();
        if (!cleared && max.orElse(0) - min.orElse(0) > WHOLE) {
            throw Fields.invalid(
                    "The difference between MinHealthyPercentage and MaxHealthyPercentage must be at most 100.");
        }
    }

    /** Targets go with two of the preferences. Source: User Guide, "Use Capacity Reservation preference". */
    private static void checkReservations(ObjectNode input) {
        Fields.structure(input, "CapacityReservationSpecification").ifPresent(specification -> {
            String preference =
                    Fields.text(specification, "CapacityReservationPreference").orElse("");
            if (preference.isEmpty()) {
                throw Fields.invalid("You must specify a Capacity Reservation preference.");
            }
            if (!preference.startsWith("capacity-reservations-") && specification.has("CapacityReservationTarget")) {
                throw Fields.invalid(
                        "You can't specify a Capacity Reservation target with the preference " + preference + ".");
            }
        });
    }

    /** The zones of a request: those of its subnets, or those it names; empty when it says neither. */
    List<String> zones(AccountRegion at, ObjectNode input) {
        List<String> named = Fields.list(input, "AvailabilityZones");
        String subnets = Fields.text(input, "VPCZoneIdentifier").orElse("");
        if (subnets.isEmpty()) {
            return named;
        }
        List<String> zones = new ArrayList<>();
        for (String subnet : subnets.split(",", -1)) {
            String zone = fleet.zoneOf(at, subnet.strip())
                    .orElseThrow(() -> Fields.invalid("The subnet ID '" + subnet.strip() + "' does not exist"));
            if (!zones.contains(zone)) {
                zones.add(zone);
            }
        }
        return zones;
    }

    /** Refuses sizes that contradict each other. */
    static void checkSizes(int min, int desired, int max) {
        if (min > max) {
            throw Fields.invalid("Max bound, %d, must be greater than or equal to min bound, %d".formatted(max, min));
        }
        if (desired < min || desired > max) {
            throw Fields.invalid("Desired capacity:%d must be between the specified min size:%d and max size:%d"
                    .formatted(desired, min, max));
        }
    }
}
