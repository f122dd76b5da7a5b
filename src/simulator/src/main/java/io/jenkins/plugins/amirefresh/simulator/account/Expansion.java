package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;

/**
 * From what people write to what the records hold: {@code count} makes copies, {@code {n}} in their texts is the copy's
 * number from 1, {@code capacity} and {@code after} of a happening become a call and a moment, and each entry of a list
 * gets its line.
 */
final class Expansion {

    private static final Set<String> RAW = Set.of("request", "input");
    private static final int MAX_ENTRIES = 200_000;

    private final String source;
    private final YamlTree yaml;
    private int entries;

    private Expansion(String source, YamlTree yaml) {
        this.source = source;
        this.yaml = yaml;
    }

    static ObjectNode of(String source, YamlTree yaml) {
        Expansion expansion = new Expansion(source, yaml);
        ObjectNode root = expansion.object((ObjectNode) yaml.root(), "");
        root.put("source", source);
        if (!root.has("start")) {
            root.put("start", AccountReader.DEFAULT_START.toString());
        }
        expansion.happenings(root);
        return root;
    }

    private ObjectNode object(ObjectNode given, String pointer) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        given.properties().forEach(entry -> {
            String at = pointer + "/" + entry.getKey().replace("~", "~0").replace("/", "~1");
            result.set(entry.getKey(), RAW.contains(entry.getKey()) ? entry.getValue() : value(entry.getValue(), at));
        });
        return result;
    }

    private JsonNode value(JsonNode given, String pointer) {
        if (given instanceof ObjectNode object) {
            return object(object, pointer);
        }
        return given instanceof ArrayNode array ? list(array, pointer) : given;
    }

    private ArrayNode list(ArrayNode given, String pointer) {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (int index = 0; index < given.size(); index++) {
            String at = pointer + "/" + index;
            JsonNode item = value(given.get(index), at);
            if (item instanceof ObjectNode entry) {
                entry.put("line", yaml.line(at));
                copies(entry, at.startsWith("/accounts"), result);
            } else {
                result.add(item);
            }
        }
        return result;
    }

    private void copies(ObjectNode entry, boolean generator, ArrayNode result) {
        if (!generator || !entry.has("count")) {
            result.add(entry);
            return;
        }
        int count = entry.path("count").asInt();
        entries += count;
        if (entries > MAX_ENTRIES) {
            throw new AccountFileException(
                    source, entry.path("line").asInt(), "the counts add up to more than " + MAX_ENTRIES + " entries");
        }
        entry.remove("count");
        for (int n = 1; n <= count; n++) {
            result.add(numbered(entry, Integer.toString(n)));
        }
    }

    /** The same with {@code {n}} as the number of a copy. */
    static JsonNode numbered(JsonNode node, String number) {
        if (node.isTextual()) {
            return TextNode.valueOf(node.textValue().replace("{n}", number));
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> copy.add(numbered(item, number)));
            return copy;
        }
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(entry -> copy.set(entry.getKey(), numbered(entry.getValue(), number)));
            return copy;
        }
        return node;
    }

    private void happenings(ObjectNode root) {
        for (JsonNode item : root.path("happenings")) {
            ObjectNode happening = (ObjectNode) item;
            if (happening.has("after")) {
                happening.put("at", moment(root, happening));
            }
            if (happening.has("capacity")) {
                JsonNode capacity = happening.path("capacity");
                happening.put("service", "autoscaling").put("operation", "UpdateAutoScalingGroup");
                ObjectNode input = happening
                        .putObject("input")
                        .put("AutoScalingGroupName", happening.path("group").asText());
                copy(capacity, "min", input, "MinSize");
                copy(capacity, "desired", input, "DesiredCapacity");
                copy(capacity, "max", input, "MaxSize");
            }
        }
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String member) {
        if (from.has(name)) {
            to.put(member, from.path(name).asInt());
        }
    }

    private String moment(ObjectNode root, ObjectNode happening) {
        int line = happening.path("line").asInt();
        String after = happening.path("after").asText();
        try {
            Instant start = Instant.parse(root.path("start").asText());
            return Durations.parse(after)
                    .map(delay -> start.plus(delay).toString())
                    .orElseThrow(() -> new AccountFileException(
                            source, line, "after: '" + after + "' is not a duration like 22h"));
        } catch (DateTimeParseException notAMoment) {
            throw new AccountFileException(
                    source, yaml.line("/start"), "start is not a moment like 2026-11-22T17:00:00Z");
        }
    }
}
