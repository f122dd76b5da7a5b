package io.jenkins.plugins.amirefresh.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON as Python's {@code repr} writes it, since ecs-updater's error texts have it so. */
final class PythonText {

    private PythonText() {}

    static String of(Map<String, String> texts) {
        List<String> parts = new ArrayList<>();
        texts.forEach((key, value) -> parts.add(quoted(key) + ": " + quoted(value)));
        return "{" + String.join(", ", parts) + "}";
    }

    static String of(JsonNode node) {
        if (node.isObject()) {
            List<String> parts = new ArrayList<>();
            node.properties().forEach(entry -> parts.add(quoted(entry.getKey()) + ": " + of(entry.getValue())));
            return "{" + String.join(", ", parts) + "}";
        }
        if (node.isArray()) {
            List<String> parts = new ArrayList<>();
            node.forEach(item -> parts.add(of(item)));
            return "[" + String.join(", ", parts) + "]";
        }
        if (node.isTextual()) {
            return quoted(node.textValue());
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? "True" : "False";
        }
        return node.isNull() ? "None" : node.asText();
    }

    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        boolean isDouble = text.contains("'") && !text.contains("\"");
        return isDouble ? "\"" + escaped + "\"" : "'" + escaped.replace("'", "\\'") + "'";
    }
}
