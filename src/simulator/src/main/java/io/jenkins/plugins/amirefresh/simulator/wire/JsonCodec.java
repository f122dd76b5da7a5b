package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** JSON 1.0 and 1.1: bodies are JSON by member names, timestamps are seconds since 1970. */
final class JsonCodec {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonCodec() {}

    /** @throws AwsError {@code SerializationException} when a value is not of the model's type */
    static ObjectNode read(@Nullable Shape input, String body) {
        try {
            return read(input, body.isEmpty() ? NODES.objectNode() : JSON.readTree(body));
        } catch (JsonProcessingException notJson) {
            throw malformed("the body is not JSON");
        }
    }

    /** @throws AwsError {@code SerializationException} when a value is not of the model's type */
    static ObjectNode read(@Nullable Shape input, JsonNode given) {
        if (!given.isObject()) {
            throw malformed("the body is not an object");
        }
        return input == null ? NODES.objectNode() : structureIn(input, given, "");
    }

    private static ObjectNode structureIn(Shape shape, JsonNode given, String path) {
        ObjectNode result = NODES.objectNode();
        for (Shape.Member member : shape.members()) {
            JsonNode value = given.get(member.wireName());
            if (value != null && !value.isNull()) {
                result.set(member.name(), in(member.shape(), value, path + "/" + member.name()));
            }
        }
        return result;
    }

    private static JsonNode in(Shape shape, JsonNode given, String path) {
        boolean fits =
                switch (shape.kind()) {
                    case STRUCTURE, MAP -> given.isObject();
                    case LIST -> given.isArray();
                    case STRING -> given.isTextual();
                    case BLOB -> given.isTextual() || given.isBinary();
                    case INTEGER, LONG -> given.isIntegralNumber();
                    case DOUBLE, FLOAT -> given.isNumber();
                    case BOOLEAN -> given.isBoolean();
                    case TIMESTAMP -> given.isNumber() || given.isTextual();
                };
        if (!fits) {
            throw malformed(path + " is not of type " + shape.kind());
        }
        return switch (shape.kind()) {
            case STRUCTURE -> structureIn(shape, given, path);
            case LIST -> {
                ArrayNode list = NODES.arrayNode();
                given.forEach(item -> list.add(in(shape.element().shape(), item, path)));
                yield list;
            }
            case MAP -> {
                ObjectNode map = NODES.objectNode();
                given.properties()
                        .forEach(entry ->
                                map.set(entry.getKey(), in(shape.element().shape(), entry.getValue(), path)));
                yield map;
            }
            case TIMESTAMP ->
                given.isNumber()
                        ? TextNode.valueOf(Instant.ofEpochMilli((long) (given.asDouble() * 1000))
                                .toString())
                        : timestamp(shape, given.asText(), path);
            case STRING, BLOB, INTEGER, LONG, DOUBLE, FLOAT, BOOLEAN -> given;
        };
    }

    private static JsonNode timestamp(Shape shape, String text, String path) {
        try {
            return Scalars.parse(shape, text, path, false);
        } catch (AwsError noMoment) {
            throw malformed(String.valueOf(noMoment.getMessage()));
        }
    }

    static AwsError malformed(String problem) {
        return AwsError.client("SerializationException", problem);
    }

    static String write(@Nullable Shape output, ObjectNode answer) {
        return output == null ? "{}" : structureOut(output, answer).toString();
    }

    private static ObjectNode structureOut(Shape shape, JsonNode answer) {
        ObjectNode result = NODES.objectNode();
        for (Shape.Member member : shape.members()) {
            JsonNode value = answer.get(member.name());
            if (value != null && !value.isNull()) {
                result.set(member.wireName(), out(member.shape(), value));
            }
        }
        return result;
    }

    private static JsonNode out(Shape shape, JsonNode value) {
        return switch (shape.kind()) {
            case STRUCTURE -> structureOut(shape, value);
            case LIST -> {
                ArrayNode list = NODES.arrayNode();
                value.forEach(item -> list.add(out(shape.element().shape(), item)));
                yield list;
            }
            case MAP -> {
                ObjectNode map = NODES.objectNode();
                value.properties()
                        .forEach(entry ->
                                map.set(entry.getKey(), out(shape.element().shape(), entry.getValue())));
                yield map;
            }
            case TIMESTAMP ->
                DecimalNode.valueOf(
                        BigDecimal.valueOf(Instant.parse(value.asText()).toEpochMilli(), 3));
            case STRING, BLOB, INTEGER, LONG, DOUBLE, FLOAT, BOOLEAN -> value;
        };
    }

    static String error(AwsError error) {
        return NODES.objectNode()
                .put("__type", error.code())
                .put("message", String.valueOf(error.getMessage()))
                .toString();
    }
}
