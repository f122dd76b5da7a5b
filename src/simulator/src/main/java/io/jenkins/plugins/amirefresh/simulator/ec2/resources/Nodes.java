package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** Builds answers. */
public final class Nodes {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Nodes() {}

    /** An empty structure. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty list. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** A list with one structure an item. */
    public static <T> ArrayNode array(Collection<? extends T> items, Function<? super T, ? extends JsonNode> view) {
        ArrayNode array = array();
        items.forEach(item -> array.add(view.apply(item)));
        return array;
    }

    /** A list of texts. */
    public static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = array();
        texts.forEach(array::add);
        return array;
    }

    /** A structure with a single text member. */
    public static ObjectNode of(String member, String value) {
        return object().put(member, value);
    }

    /** A structure with a single member. */
    public static ObjectNode of(String member, JsonNode value) {
        ObjectNode node = object();
        node.set(member, value);
        return node;
    }

    /** What calls answer that only say {@code Return: true}. */
    public static ObjectNode returnTrue() {
        return object().put("Return", true);
    }

    /** Sets a member when there is a value. */
    public static void putIfPresent(ObjectNode node, String member, Optional<String> value) {
        value.ifPresent(text -> node.put(member, text));
    }

    /** The texts that EC2 gives as strings rather than timestamps, for example an image's creation date. */
    public static String milliseconds(Instant moment) {
        return MILLISECONDS.format(moment);
    }
}
