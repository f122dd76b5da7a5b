package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One revision of a family. */
final class TaskDefinition {

    private final AccountRegion at;
    private final int revision;
    private final ObjectNode request;
    private final Map<String, String> tags;
    private final Instant registered;
    private final String registeredBy;
    private @Nullable Instant deregistered;

    TaskDefinition(AccountRegion at, int revision, ObjectNode request, Instant registered, String registeredBy) {
        this.at = at;
        this.revision = revision;
        this.request = request;
        this.tags = Json.tags(request.path("tags"));
        this.registered = registered;
        this.registeredBy = registeredBy;
    }

    String family() {
        return request.path("family").asText();
    }

    int revision() {
        return revision;
    }

    String arn() {
        return at.arn("ecs", "task-definition/" + family() + ":" + revision);
    }

    Map<String, String> tags() {
        return tags;
    }

    boolean isActive() {
        return deregistered == null;
    }

    void deregister(Instant now) {
        deregistered = now;
    }

    JsonNode containers() {
        return request.path("containerDefinitions");
    }

    List<String> images() {
        List<String> images = new ArrayList<>();
        containers().forEach(container -> images.add(container.path("image").asText()));
        return images;
    }

    boolean hasHealthCheck() {
        for (JsonNode container : containers()) {
            if (container.has("healthCheck")) {
                return true;
            }
        }
        return false;
    }

    /** Of a role that the caller must be allowed to pass. */
    static List<String> roles(JsonNode request) {
        List<String> roles = new ArrayList<>();
        for (String member : List.of("taskRoleArn", "executionRoleArn")) {
            Optional.ofNullable(request.get(member)).map(JsonNode::asText).ifPresent(roles::add);
        }
        return roles;
    }

    /** As DescribeTaskDefinition shows it: what was registered, and what AWS knows besides. */
    ObjectNode view() {
        ObjectNode view = request.deepCopy();
        view.remove("tags");
        for (JsonNode container : view.path("containerDefinitions")) {
            completed((ObjectNode) container);
        }
        for (String list : List.of("volumes", "placementConstraints")) {
            if (!view.has(list)) {
                view.putArray(list);
            }
        }
        view.put("taskDefinitionArn", arn()).put("revision", revision);
        view.put("status", isActive() ? "ACTIVE" : "INACTIVE");
        view.put("registeredAt", registered.toString()).put("registeredBy", registeredBy);
        if (deregistered != null) {
            view.put("deregisteredAt", deregistered.toString());
        }
        ArrayNode compatibilities = view.putArray("compatibilities");
        compatibilities.add("EXTERNAL").add("EC2");
        if (Json.texts(request, "requiresCompatibilities").contains("FARGATE")) {
            compatibilities.add("FARGATE");
        }
        ArrayNode attributes = view.putArray("requiresAttributes");
        attributes.addObject().put("name", "com.amazonaws.ecs.capability.docker-remote-api.1.18");
        return view;
    }

    /** Members that AWS fills in when they were not said. Source: ECS API Reference, "ContainerDefinition". */
    private static void completed(ObjectNode container) {
        if (!container.has("cpu")) {
            container.put("cpu", 0);
        }
        if (!container.has("essential")) {
            container.put("essential", true);
        }
        for (String list : List.of("portMappings", "environment", "mountPoints", "volumesFrom", "systemControls")) {
            if (!container.has(list)) {
                container.putArray(list);
            }
        }
    }
}
