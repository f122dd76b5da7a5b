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

    private static final Pattern ONLY_A_REFERENCE = Pattern.compile("\"\\$\\{\\s*([^\\s{}\"]+)\\s*}\"");

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

        /** The strings of a list, none when there is no such attribute; empty when it is anything but a list of literals. */
        Optional<List<String>> strings(String name) {
            return attribute(name).map(Hcl::literals).orElse(Optional.of(List.of()));
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

    /**
     * What an expression is worth, when it is a literal, or a variable or local whose value is known.
     *
     * @param values by {@code var.name} and {@code local.name}
     */
    static Optional<String> value(String expression, Map<String, String> values) {
        return literal(expression).or(() -> Optional.ofNullable(values.get(reference(expression))));
    }

    /** {@code "${var.x}"} is {@code var.x}. */
    private static String reference(String expression) {
        Matcher matcher = ONLY_A_REFERENCE.matcher(expression);
        return matcher.matches() ? matcher.group(1) : expression;
    }

    private static Optional<List<String>> literals(String expression) {
        List<String> strings = new ArrayList<>();
        boolean isList = new HclScanner(expression).strings(strings::add);
        boolean areLiterals =
                strings.stream().allMatch(text -> literal('"' + text + '"').isPresent());
        return isList && areLiterals ? Optional.of(List.copyOf(strings)) : Optional.empty();
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
