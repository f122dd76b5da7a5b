package io.jenkins.plugins.amirefresh.simulator.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What senders say of a message beside its body. Source: SQS Developer Guide, "Amazon SQS message metadata", with the order
 * of bytes under "Calculating the MD5 message digest for message attributes".
 */
final class MessageAttributes {

    private static final int MOST = 10;
    private static final byte TEXT = 1;
    private static final byte BYTES = 2;

    private MessageAttributes() {}

    static void check(JsonNode attributes) {
        if (attributes.size() > MOST) {
            throw AwsError.client("InvalidParameterValue", "Number of message attributes exceeds the allowed maximum.");
        }
        attributes.properties().forEach(entry -> {
            String type = entry.getValue().path("DataType").asText();
            boolean isKnown = type.matches("(String|Number|Binary)([.].{1,248})?");
            boolean hasValue = !entry.getValue()
                    .path(type.startsWith("Binary") ? "BinaryValue" : "StringValue")
                    .asText()
                    .isEmpty();
            if (!isKnown || !hasValue) {
                throw AwsError.client(
                        "InvalidParameterValue",
                        "The message attribute '" + entry.getKey()
                                + "' must contain a non-empty message attribute value of a supported type.");
            }
        });
    }

    /** What clients check an answer with; empty when there are none. */
    static Optional<String> digest(JsonNode attributes) {
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        Map<String, JsonNode> byName = new TreeMap<>();
        attributes.properties().forEach(entry -> byName.put(entry.getKey(), entry.getValue()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byName.forEach((name, value) -> {
            String type = value.path("DataType").asText();
            append(bytes, name.getBytes(StandardCharsets.UTF_8));
            append(bytes, type.getBytes(StandardCharsets.UTF_8));
            boolean isBinary = type.startsWith("Binary");
            bytes.write(isBinary ? BYTES : TEXT);
            append(
                    bytes,
                    isBinary
                            ? Base64.getDecoder()
                                    .decode(value.path("BinaryValue").asText())
                            : value.path("StringValue").asText().getBytes(StandardCharsets.UTF_8));
        });
        return Optional.of(Messages.md5(bytes.toByteArray()));
    }

    private static void append(ByteArrayOutputStream bytes, byte[] part) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        bytes.writeBytes(part);
    }

    /** The view of a message with the attributes that were asked for: by name, by the beginning of one, or all. */
    static ObjectNode shown(ObjectNode view, ObjectNode attributes, ObjectNode request) {
        ObjectNode shown = SimpleQueues.object();
        request.path("MessageAttributeNames").forEach(wanted -> attributes.properties().stream()
                .filter(entry -> fits(wanted.asText(), entry.getKey()))
                .forEach(entry -> shown.set(entry.getKey(), entry.getValue())));
        digest(shown).ifPresent(digest -> {
            view.put("MD5OfMessageAttributes", digest);
            view.set("MessageAttributes", shown);
        });
        return view;
    }

    private static boolean fits(String wanted, String name) {
        return wanted.equals("All")
                || wanted.equals(name)
                || (wanted.endsWith(".*") && name.startsWith(wanted.substring(0, wanted.length() - 2)));
    }
}
