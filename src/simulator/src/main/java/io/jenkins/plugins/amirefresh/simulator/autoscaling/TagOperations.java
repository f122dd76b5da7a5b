package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.GroupTag;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tags of groups; those of running instances stay as they are. Source: EC2 Auto Scaling API Reference. */
final class TagOperations {

    private static final int MOST = 50;
    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 100;

    private final Ground ground;
    private final Lookup lookup;

    TagOperations(Ground ground, Lookup lookup) {
        this.ground = ground;
        this.lookup = lookup;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("CreateOrUpdateTags", this::put);
        operations.put("DeleteTags", this::delete);
        operations.put("DescribeTags", this::describe);
    }

    private ObjectNode put(ServiceCall call) {
        for (JsonNode tag : call.input().path("Tags")) {
            Group group = lookup.group(call, tag.path("ResourceId").asText());
            String key = tag.path("Key").asText();
            if (key.startsWith("aws:")) {
                throw Fields.invalid("Tag keys starting with 'aws:' are reserved for system use");
            }
            if (!group.tags().containsKey(key) && group.tags().size() >= MOST) {
                throw AwsError.client("LimitExceeded", "A group can have at most " + MOST + " tags.");
            }
            String value = tag.path("Value").asText("");
            boolean propagates = tag.path("PropagateAtLaunch").asBoolean(false);
            group.tags().put(key, new GroupTag(key, value, propagates));
            ground.world().events().append(group.at(), group.name(), "tag " + key + "=" + value);
        }
        return Fields.object();
    }

    private ObjectNode delete(ServiceCall call) {
        for (JsonNode tag : call.input().path("Tags")) {
            Group group = lookup.group(call, tag.path("ResourceId").asText());
            String key = tag.path("Key").asText();
            if (group.tags().remove(key) != null) {
                ground.world().events().append(group.at(), group.name(), "tag " + key + " deleted");
            }
        }
        return Fields.object();
    }

    private ObjectNode describe(ServiceCall call) {
        List<ObjectNode> found = new ArrayList<>();
        for (Group group : ground.groups().in(call.caller().at())) {
            for (GroupTag tag : group.tags().values()) {
                if (passes(group, tag, call.input().path("Filters"))) {
                    found.add(Views.tag(group, tag));
                }
            }
        }
        found.sort((one, other) -> key(one).compareTo(key(other)));
        Pages.Page<ObjectNode> page = Lookup.page(call, found, TagOperations::key, PAGE, LONGEST_PAGE);
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("Tags");
        page.items().forEach(rows::add);
        page.next().ifPresent(next -> answer.put("NextToken", next));
        return answer;
    }

    private static String key(ObjectNode tag) {
        return tag.path("ResourceId").asText() + '\n' + tag.path("Key").asText();
    }

    private static boolean passes(Group group, GroupTag tag, JsonNode filters) {
        for (JsonNode filter : filters) {
            String actual =
                    switch (filter.path("Name").asText()) {
                        case "auto-scaling-group" -> group.name();
                        case "key" -> tag.key();
                        case "value" -> tag.value();
                        case "propagate-at-launch" -> Boolean.toString(tag.propagateAtLaunch());
                        default ->
                            throw Fields.invalid(
                                    "The filter '" + filter.path("Name").asText() + "' is invalid");
                    };
            if (!Fields.list(filter, "Values").contains(actual)) {
                return false;
            }
        }
        return true;
    }
}
