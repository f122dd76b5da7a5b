package io.jenkins.plugins.amirefresh.simulator.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Reads requests and writes answers. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static List<String> texts(JsonNode input, String member) {
        List<String> texts = new ArrayList<>();
        input.path(member).forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
