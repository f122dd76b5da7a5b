package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Texts on the wire and single values of the model. */
final class Scalars {

    private Scalars() {}

    /** @throws AwsError in the protocol's words when the text is not of the shape's type */
    static JsonNode parse(Shape shape, String text, String path, boolean ec2) {
        return switch (shape.kind()) {
            case INTEGER, LONG -> integer(shape, text, path, ec2);
            case DOUBLE, FLOAT -> decimal(text, path, ec2);
            case BOOLEAN -> bool(text, path, ec2);
            case TIMESTAMP ->
                TextNode.valueOf(instant(text)
                        .map(Instant::toString)
                        .orElseThrow(() -> malformed(text, path, "a timestamp in ISO 8601", ec2)));
            case STRING, BLOB, STRUCTURE, LIST, MAP -> TextNode.valueOf(text);
        };
    }

    private static JsonNode integer(Shape shape, String text, String path, boolean ec2) {
        try {
            return shape.kind() == Shape.Kind.INTEGER
                    ? IntNode.valueOf(Integer.parseInt(text))
                    : LongNode.valueOf(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            throw malformed(text, path, "an integer", ec2);
        }
    }

    private static JsonNode decimal(String text, String path, boolean ec2) {
        try {
            return DoubleNode.valueOf(Double.parseDouble(text));
        } catch (NumberFormatException notANumber) {
            throw malformed(text, path, "a number", ec2);
        }
    }

    private static JsonNode bool(String text, String path, boolean ec2) {
        if (text.equalsIgnoreCase("true")) {
            return BooleanNode.TRUE;
        }
        if (text.equalsIgnoreCase("false")) {
            return BooleanNode.FALSE;
        }
        throw malformed(text, path, "true or false", ec2);
    }

    private static AwsError malformed(String text, String path, String allowed, boolean ec2) {
        return ec2
                ? AwsError.client(
                        "InvalidParameterValue",
                        "Value (" + text + ") for parameter " + path + " is invalid. It must be " + allowed + ".")
                : AwsError.client("MalformedInput", "Value " + text + " at " + path + " is not " + allowed);
    }

    /** ISO 8601 with or without offset or time, as the services accept it. */
    static Optional<Instant> instant(String text) {
        try {
            if (text.length() == 10) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            boolean hasOffset = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
            return Optional.of(
                    OffsetDateTime.parse(hasOffset ? text : text + "Z").toInstant());
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    /**
     * A timestamp as AWS writes it, with milliseconds: {@code 2026-11-22T17:00:00.000Z}.
     *
     * @param text as {@link Instant#toString} writes it
     */
    static String withMilliseconds(String text) {
        int length = text.length();
        if (length == 20 && text.charAt(19) == 'Z') {
            return text.substring(0, 19) + ".000Z";
        }
        if (length == 24 && text.charAt(23) == 'Z') {
            return text;
        }
        String cut = Instant.parse(text).truncatedTo(ChronoUnit.MILLIS).toString();
        return cut.length() == 20 ? cut.substring(0, 19) + ".000Z" : cut;
    }
}
