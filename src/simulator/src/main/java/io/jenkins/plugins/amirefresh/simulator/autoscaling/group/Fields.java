package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads requests and writes answers under the model's member names. */
public final class Fields {

    private Fields() {}

    /** An empty structure. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A list of texts. */
    public static ArrayNode texts(Collection<String> values) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.forEach(list::add);
        return list;
    }

    /** A text, empty when not given. */
    public static Optional<String> text(JsonNode input, String member) {
        return Optional.ofNullable(input.get(member)).map(JsonNode::asText);
    }

    /** A text that the model requires. */
    public static String required(JsonNode input, String member) {
        return text(input, member)
                .orElseThrow(
                        () -> AwsError.client("ValidationError", "The request must contain the parameter " + member));
    }

    /** A number, empty when not given. */
    public static Optional<Integer> number(JsonNode input, String member) {
        return Optional.ofNullable(input.get(member)).map(JsonNode::asInt);
    }

    /** A boolean, empty when not given. */
    public static Optional<Boolean> flag(JsonNode input, String member) {
        return Optional.ofNullable(input.get(member)).map(JsonNode::asBoolean);
    }

    /** A list of texts, empty when not given. */
    public static List<String> list(JsonNode input, String member) {
        List<String> result = new ArrayList<>();
        input.path(member).forEach(item -> result.add(item.asText()));
        return result;
    }

    /** A structure, empty when not given. */
    public static Optional<ObjectNode> structure(JsonNode input, String member) {
        return input.get(member) instanceof ObjectNode node ? Optional.of(node) : Optional.empty();
    }

    /** AWS's general refusal. */
    public static AwsError invalid(String message) {
        return AwsError.client("ValidationError", message);
    }
}
