package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.Nearest;
import java.util.Optional;

/**
 * Whether an input written by hand has only members that AWS knows, each of the right kind. Clients need no such check: what
 * they send has been through a model.
 */
public final class MemberCheck {

    private MemberCheck() {}

    /** The first mistake in an operation's input; empty when there is none. */
    public static Optional<String> problem(ServiceModel model, String operation, JsonNode input) {
        Shape shape = Checks.operation(model, operation).input();
        return shape == null ? Optional.empty() : problem(shape, input, "");
    }

    private static Optional<String> problem(Shape shape, JsonNode value, String path) {
        return switch (shape.kind()) {
            case STRUCTURE -> value.isObject() ? members(shape, value, path) : wrongKind("members", value, path);
            case LIST -> value.isArray() ? items(shape, value, path) : wrongKind("a list", value, path);
            case MAP -> value.isObject() ? Optional.empty() : wrongKind("names with values", value, path);
            case INTEGER, LONG, DOUBLE, FLOAT ->
                value.isNumber() ? Optional.empty() : wrongKind("a number", value, path);
            case BOOLEAN -> value.isBoolean() ? Optional.empty() : wrongKind("true or false", value, path);
            case STRING, TIMESTAMP, BLOB ->
                value.isValueNode() && !value.isNull() ? Optional.empty() : wrongKind("a text", value, path);
        };
    }

    private static Optional<String> members(Shape shape, JsonNode value, String path) {
        var names = shape.members().stream().map(Shape.Member::name).toList();
        for (var entry : value.properties()) {
            Shape.Member member = shape.member(entry.getKey());
            if (member == null) {
                return Optional.of(
                        "AWS knows no '" + path + entry.getKey() + "'; " + Nearest.cure(entry.getKey(), names));
            }
            Optional<String> inside = problem(member.shape(), entry.getValue(), path + entry.getKey() + ".");
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> items(Shape shape, JsonNode value, String path) {
        for (JsonNode item : value) {
            Optional<String> inside = problem(shape.element().shape(), item, path);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> wrongKind(String wanted, JsonNode value, String path) {
        String name = path.isEmpty() ? "the input" : "'" + path.substring(0, path.length() - 1) + "'";
        return Optional.of(name + " takes " + wanted + ", not " + value);
    }
}
