package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Holds an input against the model's required members, enums, ranges and patterns, and refuses it in the protocol's
 * words. EC2 stops at the first mistake; the other services list all of them.
 */
final class InputCheck {

    private final Protocol protocol;
    private final List<String> violations = new ArrayList<>();

    private InputCheck(Protocol protocol) {
        this.protocol = protocol;
    }

    /** @throws AwsError when AWS would refuse the input before looking at any resource */
    static void check(Protocol protocol, @Nullable Shape shape, ObjectNode input) {
        if (shape == null) {
            return;
        }
        InputCheck check = new InputCheck(protocol);
        check.structure(shape, input, "");
        if (!check.violations.isEmpty()) {
            int count = check.violations.size();
            throw AwsError.client(
                    protocol == Protocol.JSON || protocol == Protocol.CBOR ? "ValidationException" : "ValidationError",
                    count + " validation error" + (count == 1 ? "" : "s") + " detected: "
                            + String.join("; ", check.violations));
        }
    }

    private void structure(Shape shape, JsonNode value, String path) {
        for (Shape.Member member : shape.members()) {
            JsonNode given = value.get(member.name());
            if (given == null) {
                if (member.required()) {
                    missing(member, path);
                }
            } else {
                value(member.shape(), given, path + name(member));
            }
        }
    }

    private String name(Shape.Member member) {
        return protocol == Protocol.EC2 ? member.ec2RequestName() : decapitalised(member.name());
    }

    private void missing(Shape.Member member, String path) {
        if (protocol == Protocol.EC2) {
            throw AwsError.client("MissingParameter", "The request must contain the parameter " + path + name(member));
        }
        violations.add(
                "Value null at '" + path + name(member) + "' failed to satisfy constraint: Member must not be null");
    }

    private void value(Shape shape, JsonNode value, String path) {
        switch (shape.kind()) {
            case STRUCTURE -> structure(shape, value, path + ".");
            case LIST -> {
                size(shape, value.size(), path);
                int position = 1;
                for (JsonNode item : value) {
                    value(shape.element().shape(), item, elementPath(path, position++));
                }
            }
            case MAP -> {
                size(shape, value.size(), path);
                value.properties().forEach(entry -> value(shape.element().shape(), entry.getValue(), path + ".member"));
            }
            case STRING -> text(shape, value.asText(), path);
            case INTEGER, LONG, DOUBLE, FLOAT -> range(shape, value, path);
            case BOOLEAN, TIMESTAMP, BLOB -> {}
        }
    }

    private String elementPath(String path, int position) {
        return protocol == Protocol.EC2 ? path + "." + position : path + "." + position + ".member";
    }

    private void size(Shape shape, int size, String path) {
        var constraints = shape.constraints();
        if (constraints.min() != null && size < constraints.min()) {
            violated("[]", path, "Member must have length greater than or equal to " + whole(constraints.min()));
        }
        if (constraints.max() != null && size > constraints.max()) {
            violated("[...]", path, "Member must have length less than or equal to " + whole(constraints.max()));
        }
    }

    private void text(Shape shape, String text, String path) {
        var constraints = shape.constraints();
        if (!constraints.values().isEmpty()) {
            if (!constraints.values().contains(text)) {
                violated(
                        text,
                        path,
                        "Member must satisfy enum value set: [" + String.join(", ", constraints.values()) + "]");
            }
            return;
        }
        if (constraints.min() != null && text.length() < constraints.min()) {
            violated(text, path, "Member must have length greater than or equal to " + whole(constraints.min()));
        }
        if (constraints.max() != null && text.length() > constraints.max()) {
            violated(text, path, "Member must have length less than or equal to " + whole(constraints.max()));
        }
        if (constraints.pattern() != null
                && !constraints.pattern().matcher(text).matches()) {
            violated(
                    text,
                    path,
                    "Member must satisfy regular expression pattern: "
                            + constraints.pattern().pattern());
        }
    }

    private void range(Shape shape, JsonNode number, String path) {
        var constraints = shape.constraints();
        double value = number.asDouble();
        if (constraints.min() != null && value < constraints.min()) {
            if (protocol == Protocol.EC2) {
                throw ec2Range(number, path, "greater than", constraints.min());
            }
            violated(
                    number.asText(),
                    path,
                    "Member must have value greater than or equal to " + whole(constraints.min()));
        }
        if (constraints.max() != null && value > constraints.max()) {
            if (protocol == Protocol.EC2) {
                throw ec2Range(number, path, "less than", constraints.max());
            }
            violated(number.asText(), path, "Member must have value less than or equal to " + whole(constraints.max()));
        }
    }

    /** "Expecting a value greater than 5" is how EC2 says that 5 is the least; it writes the name with a small letter. */
    private static AwsError ec2Range(JsonNode number, String path, String relation, double bound) {
        return AwsError.client(
                "InvalidParameterValue",
                "Value ( " + number.asText() + " ) for parameter " + decapitalised(path)
                        + " is invalid. Expecting a value " + relation + " " + whole(bound) + ".");
    }

    private static String decapitalised(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private void violated(String text, String path, String constraint) {
        if (protocol == Protocol.EC2) {
            throw AwsError.client(
                    "InvalidParameterValue",
                    "Value (" + text + ") for parameter " + path + " is invalid. " + constraint);
        }
        violations.add("Value '" + text + "' at '" + path + "' failed to satisfy constraint: " + constraint);
    }

    private static String whole(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
