package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML document as a JSON tree that knows the line of each of its parts. Plain words are only numbers, true, false or
 * null when they look so in JSON: {@code 21:00}, {@code no} and {@code 0012} stay what they are.
 */
final class YamlTree {

    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})\\.[0-9]{1,18}");
    private static final int MAX_DEPTH = 50;

    /** Aliases of aliases would make a small file fill the memory. */
    private static final int MAX_VALUES = 1_000_000;

    private final String source;
    private final Map<String, Integer> lineByPointer = new HashMap<>();
    private final JsonNode root;
    private int values;

    private YamlTree(String source, String text) {
        this.source = source;
        this.root = tree(compose(text), "", 0);
    }

    /** @throws AccountFileException when it is not one YAML document */
    static YamlTree parse(String source, String text) {
        return new YamlTree(source, text);
    }

    JsonNode root() {
        return root;
    }

    /** The line of the part at this JSON pointer, or of the nearest part around it. */
    int line(String pointer) {
        String at = pointer;
        while (!lineByPointer.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lineByPointer.getOrDefault(at, 1);
    }

    private Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(64 * 1024 * 1024);
        Node composed;
        try {
            composed = new Yaml(options).compose(new StringReader(text));
        } catch (MarkedYAMLException notYaml) {
            int line = notYaml.getProblemMark() == null
                    ? 0
                    : notYaml.getProblemMark().getLine() + 1;
            throw new AccountFileException(source, line, "not YAML: " + notYaml.getProblem());
        } catch (YAMLException notYaml) {
            throw new AccountFileException(source, 0, "not YAML: " + notYaml.getMessage());
        }
        if (composed == null) {
            throw new AccountFileException(source, 0, "the file is empty");
        }
        return composed;
    }

    private JsonNode tree(Node node, String pointer, int depth) {
        int line = node.getStartMark().getLine() + 1;
        lineByPointer.putIfAbsent(pointer, line);
        if (++values > MAX_VALUES) {
            throw new AccountFileException(source, line, "holds more than " + MAX_VALUES + " values");
        }
        if (depth > MAX_DEPTH) {
            throw new AccountFileException(source, line, "nested more than " + MAX_DEPTH + " deep");
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(tree(item, pointer + "/" + array.size(), depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping, String pointer, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!(tuple.getKeyNode() instanceof ScalarNode key)
                    || key.getValue().equals("<<")) {
                throw new AccountFileException(source, line, "a key must be plain text; merges are not supported");
            }
            if (object.has(key.getValue())) {
                throw new AccountFileException(source, line, "'" + key.getValue() + "' is given twice");
            }
            String member = pointer + "/" + key.getValue().replace("~", "~0").replace("/", "~1");
            lineByPointer.put(member, line);
            object.set(key.getValue(), tree(tuple.getValueNode(), member, depth + 1));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        if (node.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN) {
            return TextNode.valueOf(text);
        }
        if (text.isEmpty() || text.equals("null") || text.equals("~")) {
            return NullNode.instance;
        }
        if (text.equals("true") || text.equals("false")) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        if (INTEGER.matcher(text).matches()) {
            return LongNode.valueOf(Long.parseLong(text));
        }
        return DECIMAL.matcher(text).matches() ? DecimalNode.valueOf(new BigDecimal(text)) : TextNode.valueOf(text);
    }
}
