package io.jenkins.plugins.amirefresh.simulator.elb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads requests and writes answers under the model's member names. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array(Collection<? extends JsonNode> items) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        items.forEach(list::add);
        return list;
    }

    static ArrayNode texts(Collection<String> items) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        items.forEach(list::add);
        return list;
    }

    static Optional<String> text(JsonNode input, String member) {
        return Optional.ofNullable(input.get(member)).map(JsonNode::asText);
    }

    static String required(JsonNode input, String member) {
        return text(input, member)
                .orElseThrow(() -> AwsError.client("ValidationError", "'" + member + "' must be specified"));
    }

    static List<String> list(JsonNode input, String member) {
        List<String> result = new ArrayList<>();
        input.path(member).forEach(item -> result.add(item.asText()));
        return result;
    }

    /** {@code Key}/{@code Value} pairs into a map. */
    static void readPairs(JsonNode input, String member, Map<String, String> into) {
        input.path(member)
                .forEach(pair ->
                        into.put(pair.path("Key").asText(), pair.path("Value").asText()));
    }

    /** A map as {@code Key}/{@code Value} pairs. */
    static ArrayNode pairs(Map<String, String> map) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        map.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
        return list;
    }
}
