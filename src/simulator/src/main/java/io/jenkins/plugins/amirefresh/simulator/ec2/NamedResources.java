package io.jenkins.plugins.amirefresh.simulator.ec2;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources.Resource;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What a call of EC2 acts on. Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon
 * EC2": Describe calls cannot be limited to resources; RunInstances needs the AMI and the instances to be.
 */
final class NamedResources {

    private static final List<String> IDS = List.of(
            "InstanceId",
            "InstanceIds",
            "ImageId",
            "SourceImageId",
            "LaunchTemplateId",
            "SnapshotId",
            "VolumeId",
            "SubnetId",
            "VpcId",
            "GroupId",
            "CapacityReservationId",
            "Resources");

    private static final Map<String, String> TYPE_BY_PREFIX = Map.of(
            "i", "instance",
            "ami", "image",
            "lt", "launch-template",
            "snap", "snapshot",
            "vol", "volume",
            "subnet", "subnet",
            "vpc", "vpc",
            "sg", "security-group",
            "cr", "capacity-reservation");

    private final Ec2World world;
    private final BiFunction<String, Caller, Tagged> byId;

    NamedResources(Ec2World world, BiFunction<String, Caller, Tagged> byId) {
        this.world = world;
        this.byId = byId;
    }

    List<Resource> of(ServiceCall call) {
        String operation = call.operation();
        if (operation.startsWith("Describe") || operation.startsWith("Get")) {
            return List.of();
        }
        List<Resource> found = new ArrayList<>();
        for (String member : IDS) {
            JsonNode given = call.input().path(member);
            if (given.isArray()) {
                given.forEach(id -> found.add(resource(id.asText(), call.caller())));
            } else if (given.isTextual()) {
                found.add(resource(given.asText(), call.caller()));
            }
        }
        template(call, found);
        if (operation.equals("RunInstances")) {
            found.add(new Resource(call.caller().at().arn("ec2", "instance/*"), Map.of()));
        }
        return found;
    }

    private void template(ServiceCall call, List<Resource> found) {
        JsonNode name = call.input().path("LaunchTemplateName");
        if (name.isTextual()) {
            world.region(call.caller().at()).launchTemplates().all().stream()
                    .filter(template -> template.name().equals(name.asText()))
                    .forEach(template -> found.add(resource(template.id(), call.caller())));
        }
    }

    /** AMIs and snapshots have no account in their ARN. */
    private Resource resource(String id, Caller caller) {
        AccountRegion at = caller.at();
        String type = TYPE_BY_PREFIX.getOrDefault(id.indexOf('-') > 0 ? id.substring(0, id.indexOf('-')) : "", "*");
        String owner = type.equals("image") || type.equals("snapshot") ? "" : at.accountId();
        String arn = "arn:aws:ec2:" + at.region() + ":" + owner + ":" + type + "/" + id;
        try {
            return new Resource(arn, byId.apply(id, caller).tags().asMap());
        } catch (AwsError missing) {
            // A resource that is not there has no tags; the service says so once the call may pass.
            return new Resource(arn, Map.of());
        }
    }
}
