package io.jenkins.plugins.amirefresh.packer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** HCL2 read as blocks and attributes; expressions stay text. Enough to see what a template would do before it runs. */
final class Hcl {

    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\$%]|\\\\.)*)\"");

    private static final Pattern VARIABLE = Pattern.compile("var\\.([A-Za-z_][A-Za-z0-9_-]*)");

    private Hcl() {}

    /**
     * A body: a file's or a block's.
     *
     * @param attributes expressions by name, trimmed
     */
    record Body(Map<String, String> attributes, List<Block> blocks) {

        Stream<Block> blocks(String type) {
            return blocks.stream().filter(block -> block.type().equals(type));
        }

        Optional<String> attribute(String name) {
            return Optional.ofNullable(attributes.get(name));
        }

        /** The strings of a list expression; empty when there is no such attribute. */
        List<String> strings(String name) {
            return attribute(name).map(Hcl::literals).orElse(List.of());
        }
    }

    /** A block with its labels. */
    record Block(String type, List<String> labels, Body body) {

        String label(int index) {
            return index < labels.size() ? labels.get(index) : "";
        }
    }

    /** @throws IllegalArgumentException when the text is not HCL2, with its line */
    static Body parse(String text) {
        return body(new HclScanner(text), false);
    }

    /** The one string an expression is, when it is a literal without interpolation. */
    static Optional<String> literal(String expression) {
        Matcher matcher = STRING.matcher(expression);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The variable an expression is, when it is nothing else. */
    static Optional<String> variable(String expression) {
        Matcher matcher = VARIABLE.matcher(expression);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static List<String> literals(String expression) {
        List<String> strings = new ArrayList<>();
        Matcher matcher = STRING.matcher(expression);
        while (matcher.find()) {
            strings.add(matcher.group(1));
        }
        return List.copyOf(strings);
    }

    private static Body body(HclScanner scanner, boolean nested) {
        Map<String, String> attributes = new LinkedHashMap<>();
        List<Block> blocks = new ArrayList<>();
        while (true) {
            scanner.skipSpace();
            if (scanner.atEnd()) {
                if (nested) {
                    throw scanner.error("a block is not closed");
                }
                return new Body(attributes, blocks);
            }
            if (nested && scanner.take('}')) {
                return new Body(attributes, blocks);
            }
            String name = scanner.identifier();
            scanner.skipBlanks();
            if (scanner.take('=')) {
                attributes.put(name, scanner.expression());
            } else {
                blocks.add(block(name, scanner));
            }
        }
    }

    private static Block block(String type, HclScanner scanner) {
        List<String> labels = new ArrayList<>();
        scanner.skipBlanks();
        while (!scanner.take('{')) {
            labels.add(scanner.label());
            scanner.skipBlanks();
        }
        return new Block(type, List.copyOf(labels), body(scanner, true));
    }
}
