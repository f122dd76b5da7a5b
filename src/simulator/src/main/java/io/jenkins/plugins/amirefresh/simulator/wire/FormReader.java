package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns form parameters into an operation's input by the model. Source: Smithy, "AWS query protocol" and "AWS EC2 query
 * protocol": the latter has only flattened lists, no maps, and capital first letters.
 */
final class FormReader {

    /** Not members of any input: the protocol's own parameters and those of older signatures. */
    private static final Set<String> PROTOCOL_PARAMETERS = Set.of(
            "Action",
            "Version",
            "AWSAccessKeyId",
            "Signature",
            "SignatureMethod",
            "SignatureVersion",
            "SecurityToken",
            "Timestamp",
            "Expires");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final boolean ec2;

    FormReader(Protocol protocol) {
        this.ec2 = protocol == Protocol.EC2;
    }

    ObjectNode read(@Nullable Shape input, FormParameters parameters) {
        if (ec2) {
            refuseUnknown(input, parameters);
        }
        return input == null ? NODES.objectNode() : structure(input, parameters, "");
    }

    /** EC2 names what it does not know; the other services let it pass. */
    private void refuseUnknown(@Nullable Shape input, FormParameters parameters) {
        for (String given : parameters.children().keySet()) {
            boolean known = PROTOCOL_PARAMETERS.contains(given)
                    || given.startsWith("X-Amz-")
                    || (input != null
                            && input.members().stream()
                                    .anyMatch(member -> member.ec2RequestName().equals(given)));
            if (!known) {
                throw AwsError.client("UnknownParameter", "The parameter " + given + " is not recognized");
            }
        }
    }

    private ObjectNode structure(Shape shape, FormParameters parameters, String path) {
        ObjectNode result = NODES.objectNode();
        for (Shape.Member member : shape.members()) {
            FormParameters given = parameters.child(requestName(member));
            if (given != null) {
                result.set(member.name(), value(member, given, path + requestName(member)));
            }
        }
        return result;
    }

    /** A flattened list of the query protocol goes by its element's name where the model gives one. */
    private String requestName(Shape.Member member) {
        if (ec2) {
            return member.ec2RequestName();
        }
        boolean flatList = member.shape().kind() == Shape.Kind.LIST && member.flattened();
        String elementName = flatList ? member.shape().element().locationName() : null;
        return elementName == null ? member.wireName() : elementName;
    }

    private JsonNode value(Shape.Member member, FormParameters given, String path) {
        Shape shape = member.shape();
        return switch (shape.kind()) {
            case STRUCTURE -> structure(shape, given, path + ".");
            case LIST -> list(member, given, path);
            case MAP -> map(member, given, path);
            case STRING, BLOB, INTEGER, LONG, DOUBLE, FLOAT, BOOLEAN, TIMESTAMP ->
                Scalars.parse(shape, given.value().orElse(""), path, ec2);
        };
    }

    private ArrayNode list(Shape.Member member, FormParameters given, String path) {
        ArrayNode result = NODES.arrayNode();
        Shape.Member element = member.shape().element();
        FormParameters items = given;
        if (!ec2 && !member.flattened()) {
            FormParameters wrapped = given.child(element.wireName());
            if (wrapped == null) {
                return result;
            }
            items = wrapped;
        }
        int position = 1;
        for (FormParameters item : items.numbered()) {
            result.add(value(element, item, path + "." + position++));
        }
        return result;
    }

    private ObjectNode map(Shape.Member member, FormParameters given, String path) {
        ObjectNode result = NODES.objectNode();
        FormParameters wrapped = member.flattened() ? given : given.child("entry");
        List<FormParameters> entries = wrapped == null ? List.of() : wrapped.numbered();
        Shape shape = member.shape();
        for (FormParameters entry : entries) {
            Map<String, FormParameters> parts = entry.children();
            FormParameters key = parts.get(shape.key().wireName());
            FormParameters value = parts.get(shape.element().wireName());
            if (key != null && value != null) {
                result.set(
                        key.value().orElse(""),
                        value(shape.element(), value, path + "." + key.value().orElse("")));
            }
        }
        return result;
    }
}
