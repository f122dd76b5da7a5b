package io.jenkins.plugins.amirefresh.simulator.ec2.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays launch parameters over each other. */
public final class LaunchData {

    private LaunchData() {}

    /**
     * A new version's data: the source version's, overwritten member by member with what is given. Snapshots of inherited
     * block device mappings are left out. Source: EC2 API Reference, CreateLaunchTemplateVersion, SourceVersion.
     */
    static ObjectNode basedOn(ObjectNode source, ObjectNode given) {
        ObjectNode data = source.deepCopy();
        for (JsonNode mapping : data.path("BlockDeviceMappings")) {
            if (mapping.get("Ebs") instanceof ObjectNode ebs) {
                ebs.remove("SnapshotId");
            }
        }
        data.setAll(given.deepCopy());
        return data;
    }

    /**
     * A launch's parameters: the template's, overwritten member by member by the request's; tags are joined, the request's
     * win. Source: EC2 API Reference, RunInstances, LaunchTemplate.
     */
    public static ObjectNode overlay(ObjectNode template, ObjectNode request) {
        ObjectNode data = template.deepCopy();
        data.setAll(request);
        if (namesNetwork(request)) {
            dropTemplateNetwork(data, request);
        }
        if (template.has("TagSpecifications") && request.has("TagSpecifications")) {
            data.set("TagSpecifications", joinTags(new Input(template), new Input(request)));
        }
        return data;
    }

    private static boolean namesNetwork(ObjectNode request) {
        return request.has("SubnetId") && !request.has("NetworkInterfaces");
    }

    /** A request that names a subnet moves the template's primary network interface there. */
    private static void dropTemplateNetwork(ObjectNode data, ObjectNode request) {
        if (data.path("NetworkInterfaces").isEmpty()) {
            return;
        }
        JsonNode interfaces = data.get("NetworkInterfaces").deepCopy();
        if (interfaces.get(0) instanceof ObjectNode primary) {
            primary.set("SubnetId", request.get("SubnetId"));
        }
        data.set("NetworkInterfaces", interfaces);
    }

    private static ArrayNode joinTags(Input template, Input request) {
        Map<String, Map<String, String>> byType = new LinkedHashMap<>();
        for (Input side : List.of(template, request)) {
            for (Input specification : side.structures("TagSpecifications")) {
                byType.computeIfAbsent(specification.text("ResourceType", ""), type -> new LinkedHashMap<>())
                        .putAll(Tags.read(specification.structures("Tags")));
            }
        }
        ArrayNode joined = Nodes.array();
        byType.forEach((type, tags) -> {
            ObjectNode specification = Nodes.of("ResourceType", type);
            specification.set("Tags", new Tags(tags).view());
            joined.add(specification);
        });
        return joined;
    }
}
