package io.jenkins.plugins.amirefresh.packer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * HCL2 written as JSON, {@code .pkr.json}, read as the same blocks and attributes.
 *
 * <p>Source: HCL JSON Syntax Specification, "Structural Elements".
 */
final class HclJson {

    /** How many labels a block has, by its type; the members of other names are attributes. */
    private static final Map<String, Integer> LABELS_OF_FILES =
            Map.of("packer", 0, "variables", 0, "variable", 1, "locals", 0, "source", 2, "build", 0);

    private static final Map<String, Integer> LABELS_OF_BUILDS =
            Map.of("source", 1, "provisioner", 1, "dynamic", 1, "post-processor", 1);

    private static final Map<String, Integer> LABELS_OF_PACKER = Map.of("required_plugins", 0);

    private HclJson() {}

    /** @throws IllegalArgumentException when the text is no JSON object, with its line */
    static Hcl.Body parse(String text) {
        return parse(text, LABELS_OF_FILES);
    }

    /** The same of a file that has no blocks. */
    static Map<String, String> attributes(String text) {
        return parse(text, Map.of()).attributes();
    }

    private static Hcl.Body parse(String text, Map<String, Integer> labels) {
        try {
            JsonNode root = new JsonMapper().readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
            if (!root.isObject()) {
                throw new IllegalArgumentException("line 1: this is no JSON object");
            }
            return body(root, labels);
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new IllegalArgumentException("line " + line + ": " + e.getOriginalMessage(), e);
        }
    }

    private static Hcl.Body body(JsonNode object, Map<String, Integer> labels) {
        Map<String, String> attributes = new LinkedHashMap<>();
        List<Hcl.Block> blocks = new ArrayList<>();
        object.properties().forEach(member -> {
            Integer count = labels.get(member.getKey());
            if (count == null) {
                attributes.put(member.getKey(), expression(member.getValue()));
            } else {
                addBlocks(blocks, member.getKey(), List.of(), count, member.getValue());
            }
        });
        return new Hcl.Body(attributes, blocks);
    }

    private static void addBlocks(
            List<Hcl.Block> blocks, String type, List<String> labels, int missing, JsonNode value) {
        if (value.isArray()) {
            value.forEach(item -> addBlocks(blocks, type, labels, missing, item));
        } else if (missing > 0) {
            value.properties().forEach(member -> {
                List<String> more = new ArrayList<>(labels);
                more.add(member.getKey());
                addBlocks(blocks, type, List.copyOf(more), missing - 1, member.getValue());
            });
        } else {
            Map<String, Integer> nested =
                    "build".equals(type) ? LABELS_OF_BUILDS : "packer".equals(type) ? LABELS_OF_PACKER : Map.of();
            blocks.add(new Hcl.Block(type, labels, body(value, nested)));
        }
    }

    /** As it would be written in HCL2's own syntax, whose strings are templates as well. */
    private static String expression(JsonNode value) {
        return value.toString();
    }
}
