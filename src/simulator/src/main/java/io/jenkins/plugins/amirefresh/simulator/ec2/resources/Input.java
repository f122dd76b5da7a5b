package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a request, or a structure inside one, by the model's member names.
 *
 * @param node never changed
 */
public record Input(ObjectNode node) {

    /** The member's text, empty when it is not given or is empty, which most clients send for "not given". */
    public Optional<String> text(String member) {
        return exactText(member).filter(value -> !value.isEmpty());
    }

    /** The member's text as it was given, empty text included. */
    public Optional<String> exactText(String member) {
        JsonNode value = node.get(member);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    /** The member's text, or another when it is not given. */
    public String text(String member, String otherwise) {
        return text(member).orElse(otherwise);
    }

    /**
     * The member's text, which must be there.
     *
     * @throws AwsError MissingParameter when it is absent or empty
     */
    public String required(String member) {
        return text(member)
                .orElseThrow(
                        () -> AwsError.client("MissingParameter", "The request must contain the parameter " + member));
    }

    /** The member's number, empty when it is not given. */
    public OptionalInt number(String member) {
        JsonNode value = node.get(member);
        return value == null || value.isNull() ? OptionalInt.empty() : OptionalInt.of(value.asInt());
    }

    /** The member's boolean, false when it is not given. */
    public boolean flag(String member) {
        JsonNode value = node.get(member);
        return value != null && value.asBoolean();
    }

    /** Whether the member is given at all. */
    public boolean has(String member) {
        return node.hasNonNull(member);
    }

    /** The member's list of texts, empty when it is not given. */
    public List<String> texts(String member) {
        List<String> texts = new ArrayList<>();
        node.path(member).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** The member's structure, an empty one when it is not given. */
    public Input structure(String member) {
        return node.get(member) instanceof ObjectNode structure ? new Input(structure) : new Input(Nodes.object());
    }

    /** The member's list of structures, empty when it is not given. */
    public List<Input> structures(String member) {
        List<Input> structures = new ArrayList<>();
        node.path(member).forEach(item -> {
            if (item instanceof ObjectNode structure) {
                structures.add(new Input(structure));
            }
        });
        return structures;
    }
}
