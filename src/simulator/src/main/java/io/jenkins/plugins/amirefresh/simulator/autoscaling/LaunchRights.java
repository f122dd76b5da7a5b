package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.TemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Fleet;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources.Need;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whoever names a launch template for a group needs the rights to launch from it himself. Source: EC2 Auto Scaling User Guide,
 * "Control Amazon EC2 launch template usage in Auto Scaling groups" (ec2:RunInstances, ec2:CreateTags, iam:PassRole) and
 * "Troubleshoot Amazon EC2 Auto Scaling: launch template issues" (the words).
 */
final class LaunchRights {

    private static final Set<String> OPERATIONS =
            Set.of("CreateAutoScalingGroup", "UpdateAutoScalingGroup", "StartInstanceRefresh");

    private final Fleet fleet;

    LaunchRights(Fleet fleet) {
        this.fleet = fleet;
    }

    List<Need> of(ServiceCall call) {
        return OPERATIONS.contains(call.operation())
                ? specifications(call.input())
                        .flatMap(specification -> of(call.caller().at(), specification).stream())
                        .distinct()
                        .toList()
                : List.of();
    }

    private static Stream<ObjectNode> specifications(JsonNode input) {
        List<ObjectNode> found = new ArrayList<>();
        for (JsonNode from : List.of(input, input.path("DesiredConfiguration"))) {
            JsonNode mixed = from.path("MixedInstancesPolicy").path("LaunchTemplate");
            Fields.structure(from, "LaunchTemplate").ifPresent(found::add);
            Fields.structure(mixed, "LaunchTemplateSpecification").ifPresent(found::add);
            mixed.path("Overrides").forEach(override -> Fields.structure(override, "LaunchTemplateSpecification")
                    .ifPresent(found::add));
        }
        return found.stream();
    }

    private List<Need> of(AccountRegion at, ObjectNode specification) {
        TemplateVersion version;
        JsonNode data;
        try {
            version = fleet.resolve(at, specification);
            data = fleet.templateData(at, version);
        } catch (AwsError unknown) {
            // The operation itself says what is wrong with it.
            return List.of();
        }
        String refusal = "You are not authorized to use launch template: " + version.id();
        List<Need> needs = new ArrayList<>();
        needs.add(new Need("ec2:RunInstances", at.arn("ec2", "launch-template/" + version.id()), refusal));
        if (!data.path("TagSpecifications").isEmpty()) {
            needs.add(new Need("ec2:CreateTags", at.arn("ec2", "instance/*"), refusal));
        }
        JsonNode profile = data.path("IamInstanceProfile");
        if (!profile.isEmpty()) {
            needs.add(new Need("iam:PassRole", "arn:aws:iam::" + at.accountId() + ":role/" + role(profile), refusal));
        }
        return needs;
    }

    /** A profile's role is taken to have its name, as those that the console makes. */
    private static String role(JsonNode profile) {
        String arn = profile.path("Arn").asText();
        return profile.path("Name").asText(arn.substring(arn.lastIndexOf('/') + 1));
    }
}
