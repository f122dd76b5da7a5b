package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Holds an answer against the model, so that no client ever sees what AWS could not have said. */
final class OutputCheck {

    private final String operation;

    private OutputCheck(String operation) {
        this.operation = operation;
    }

    /** @throws IllegalStateException naming the operation and the member: a mistake of a service of ours */
    static void check(String operation, @Nullable Shape shape, ObjectNode output) {
        OutputCheck check = new OutputCheck(operation);
        if (shape != null) {
            check.structure(shape, output, "");
        } else if (!output.isEmpty()) {
            throw check.wrong(output.fieldNames().next(), "is answered, but the operation answers nothing");
        }
    }

    private void structure(Shape shape, JsonNode value, String path) {
        if (!value.isObject()) {
            throw wrong(path, "must be a structure, not " + value.getNodeType());
        }
        for (var field : value.properties()) {
            Shape.Member member = shape.member(field.getKey());
            if (member == null) {
                throw wrong(path + "." + field.getKey(), "is not a member of " + shape.name());
            }
            value(member, field.getValue(), path);
        }
    }

    private void value(Shape.Member member, JsonNode value, String path) {
        Shape shape = member.shape();
        switch (shape.kind()) {
            case STRUCTURE -> structure(shape, value, path + "." + member.name());
            case LIST -> {
                require(value.isArray(), member, value, path, "a list");
                for (JsonNode item : value) {
                    value(shape.element(), item, path + "." + member.name());
                }
            }
            case MAP -> {
                require(value.isObject(), member, value, path, "a map");
                value.forEach(item -> value(shape.element(), item, path + "." + member.name()));
            }
            case STRING -> {
                require(value.isTextual(), member, value, path, "text");
                var values = shape.constraints().values();
                require(values.isEmpty() || values.contains(value.textValue()), member, value, path, "one of its enum");
            }
            case BLOB -> require(value.isTextual(), member, value, path, "text in Base64");
            case INTEGER, LONG -> require(value.isIntegralNumber(), member, value, path, "an integer");
            case DOUBLE, FLOAT -> require(value.isNumber(), member, value, path, "a number");
            case BOOLEAN -> require(value.isBoolean(), member, value, path, "a boolean");
            case TIMESTAMP ->
                require(
                        value.isTextual() && isTimestamp(value.textValue()),
                        member,
                        value,
                        path,
                        "a timestamp in ISO 8601, UTC");
        }
    }

    private static boolean isTimestamp(String text) {
        return text.length() >= 20 && text.charAt(10) == 'T' && text.charAt(text.length() - 1) == 'Z';
    }

    private void require(boolean holds, Shape.Member member, JsonNode value, String path, String wanted) {
        if (!holds) {
            throw wrong(path + "." + member.name(), "must be " + wanted + ", not " + value);
        }
    }

    private IllegalStateException wrong(String path, String problem) {
        return new IllegalStateException("the answer to " + operation + ": " + path + " " + problem);
    }
}
