package io.jenkins.plugins.amirefresh.simulator.tagging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The service {@code tagging}, which ecs-updater tags services with. What it cannot tag has its row in the answer. Source:
 * Resource Groups Tagging API Reference, "TagResources", "UntagResources".
 */
public final class ResourceTagging implements AwsService {

    private final World world;
    private final Tagged tagged;

    /** @param tagged who knows the tags of a resource */
    public ResourceTagging(World world, Tagged tagged) {
        this.world = world;
        this.tagged = tagged;
    }

    /** Knows resources by their ARNs. */
    @FunctionalInterface
    public interface Tagged {
        /** The tags of a resource, which may be changed; empty when there is none of this ARN. */
        Optional<Map<String, String>> tags(AccountRegion at, String arn);
    }

    @Override
    public String name() {
        return "tagging";
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of("TagResources", this::tag, "UntagResources", this::untag);
    }

    private ObjectNode tag(ServiceCall call) {
        JsonNode wanted = call.input().path("Tags");
        wanted.fieldNames().forEachRemaining(key -> {
            if (key.startsWith("aws:")) {
                throw AwsError.client("InvalidParameterException", "Tag keys may not begin with aws:.");
            }
        });
        return each(call, "tagged " + wanted, tags -> wanted.properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText())));
    }

    private ObjectNode untag(ServiceCall call) {
        List<String> keys = new ArrayList<>();
        call.input().path("TagKeys").forEach(key -> keys.add(key.asText()));
        return each(call, "untagged " + keys, tags -> tags.keySet().removeAll(keys));
    }

    private ObjectNode each(ServiceCall call, String what, Consumer<Map<String, String>> change) {
        AccountRegion at = call.caller().at();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode failed = answer.putObject("FailedResourcesMap");
        for (JsonNode item : call.input().path("ResourceARNList")) {
            String arn = item.asText();
            Optional<Map<String, String>> tags = tagged.tags(at, arn);
            if (tags.isPresent()) {
                change.accept(tags.get());
                world.events().append(at, arn, what);
            } else {
                failed.putObject(arn)
                        .put("StatusCode", 400)
                        .put("ErrorCode", "InvalidParameterException")
                        .put("ErrorMessage", "The simulator knows no taggable resource " + arn + " of ECS.");
            }
        }
        return answer;
    }
}
