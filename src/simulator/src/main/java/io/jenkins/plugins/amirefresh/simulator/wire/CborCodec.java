package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Smithy RPC v2: CBOR by member names, a timestamp is tag 1 and seconds since 1970. Bytes travel one a character. */
final class CborCodec {

    private static final int TIMESTAMP = 1;
    private static final CBORFactory FACTORY = new CBORFactory();
    private static final ObjectMapper CBOR = new ObjectMapper(FACTORY);

    private CborCodec() {}

    /** @throws AwsError {@code SerializationException} when a value is not of the model's type */
    static ObjectNode read(@Nullable Shape input, String body) {
        try {
            JsonNode given = body.isEmpty()
                    ? CBOR.createObjectNode()
                    : CBOR.readTree(body.getBytes(StandardCharsets.ISO_8859_1));
            return JsonCodec.read(input, given);
        } catch (IOException notCbor) {
            throw JsonCodec.malformed("the body is not CBOR");
        }
    }

    static String write(@Nullable Shape output, ObjectNode answer) {
        return bytes(generator -> {
            if (output == null) {
                generator.writeStartObject();
                generator.writeEndObject();
            } else {
                structure(generator, output, answer);
            }
        });
    }

    static String error(AwsError error) {
        return bytes(generator -> {
            generator.writeStartObject();
            generator.writeStringField("__type", error.code());
            generator.writeStringField("message", String.valueOf(error.getMessage()));
            generator.writeEndObject();
        });
    }

    private static void structure(CBORGenerator generator, Shape shape, JsonNode answer) throws IOException {
        generator.writeStartObject();
        for (Shape.Member member : shape.members()) {
            JsonNode value = answer.get(member.name());
            if (value != null && !value.isNull()) {
                generator.writeFieldName(member.wireName());
                value(generator, member.shape(), value);
            }
        }
        generator.writeEndObject();
    }

    private static void value(CBORGenerator generator, Shape shape, JsonNode value) throws IOException {
        switch (shape.kind()) {
            case STRUCTURE -> structure(generator, shape, value);
            case LIST -> {
                generator.writeStartArray();
                for (JsonNode item : value) {
                    value(generator, shape.element().shape(), item);
                }
                generator.writeEndArray();
            }
            case MAP -> {
                generator.writeStartObject();
                for (var entry : value.properties()) {
                    generator.writeFieldName(entry.getKey());
                    value(generator, shape.element().shape(), entry.getValue());
                }
                generator.writeEndObject();
            }
            case TIMESTAMP -> {
                generator.writeTag(TIMESTAMP);
                generator.writeNumber(Instant.parse(value.asText()).toEpochMilli() / 1000.0);
            }
            case STRING, BLOB -> generator.writeString(value.asText());
            case INTEGER, LONG -> generator.writeNumber(value.asLong());
            case DOUBLE, FLOAT -> generator.writeNumber(value.asDouble());
            case BOOLEAN -> generator.writeBoolean(value.asBoolean());
        }
    }

    private static String bytes(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (CBORGenerator generator = FACTORY.createGenerator(bytes)) {
            writing.to(generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException("CBOR into memory", impossible);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private interface Writing {
        void to(CBORGenerator generator) throws IOException;
    }
}
