package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tags of clusters, services and task definitions. Source: ECS API Reference, "TagResource", "UntagResource": at most 50, none
 * that begins with {@code aws:}.
 */
final class TagOperations {

    private static final int MOST_TAGS = 50;

    private final World world;
    private final Clusters clusters;
    private final TaskDefinitions definitions;

    TagOperations(World world, Clusters clusters, TaskDefinitions definitions) {
        this.world = world;
        this.clusters = clusters;
        this.definitions = definitions;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("TagResource", this::tag);
        operations.put("UntagResource", this::untag);
        operations.put("ListTagsForResource", this::list);
    }

    /** The tags of the resource with this ARN; empty when there is none. */
    Optional<Map<String, String>> of(AccountRegion at, String arn) {
        String resource =
                arn.substring(arn.lastIndexOf(':', arn.indexOf('/') < 0 ? arn.length() : arn.indexOf('/')) + 1);
        String[] parts = resource.split("/", -1);
        return switch (parts[0]) {
            case "cluster" -> clusters.find(at, parts[parts.length - 1]).map(Cluster::tags);
            case "task-definition" -> definitions.find(at, arn).map(TaskDefinition::tags);
            case "service" ->
                clusters.find(at, parts.length == 3 ? parts[1] : "default")
                        .flatMap(cluster -> cluster.service(parts[parts.length - 1]))
                        .map(Service::tags);
            default -> Optional.empty();
        };
    }

    private Map<String, String> named(ServiceCall call) {
        String arn = call.input().path("resourceArn").asText();
        if (!arn.startsWith("arn:")) {
            throw AwsError.client("InvalidParameterException", "Invalid arn");
        }
        return of(call.caller().at(), arn)
                .orElseThrow(() -> AwsError.client(
                        "InvalidParameterException", "The specified resource could not be found. " + arn));
    }

    private ObjectNode tag(ServiceCall call) {
        Map<String, String> tags = named(call);
        Map<String, String> wanted = Json.tags(call.input().path("tags"));
        if (wanted.keySet().stream().anyMatch(key -> key.startsWith("aws:") || key.isEmpty())) {
            throw AwsError.client("InvalidParameterException", "Tag keys may not be empty nor begin with aws:.");
        }
        Map<String, String> all = new HashMap<>(tags);
        all.putAll(wanted);
        if (all.size() > MOST_TAGS) {
            throw AwsError.client("InvalidParameterException", "The number of tags exceeds the limit of 50.");
        }
        if (!all.equals(tags)) {
            tags.putAll(wanted);
            world.events()
                    .append(call.caller().at(), call.input().path("resourceArn").asText(), "tagged " + wanted);
        }
        return Json.object();
    }

    private ObjectNode untag(ServiceCall call) {
        Map<String, String> tags = named(call);
        List<String> keys = Json.texts(call.input(), "tagKeys");
        if (tags.keySet().removeAll(keys)) {
            world.events()
                    .append(call.caller().at(), call.input().path("resourceArn").asText(), "untagged " + keys);
        }
        return Json.object();
    }

    private ObjectNode list(ServiceCall call) {
        ObjectNode answer = Json.object();
        Json.showTags(named(call), answer);
        return answer;
    }
}
