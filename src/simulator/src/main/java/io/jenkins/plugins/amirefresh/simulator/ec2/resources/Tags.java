package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tags of one resource, sorted by key. */
public final class Tags {

    private static final int MAXIMUM = 50;
    private static final int KEY_LENGTH = 127;
    private static final int VALUE_LENGTH = 255;

    private final TreeMap<String, String> values = new TreeMap<>();

    /** None. */
    public Tags() {}

    /** These. */
    public Tags(Map<String, String> values) {
        this.values.putAll(values);
    }

    /** A view that follows changes. */
    public Map<String, String> asMap() {
        return Collections.unmodifiableMap(values);
    }

    /** One tag's value. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Sets tags without EC2's checks, as AWS's own services do. */
    public void putAll(Map<String, String> more) {
        values.putAll(more);
    }

    /** Removes one. */
    public void remove(String key) {
        values.remove(key);
    }

    /** In the shape of TagList. */
    public ArrayNode view() {
        ArrayNode list = Nodes.array();
        values.forEach((key, value) -> list.add(Nodes.object().put("Key", key).put("Value", value)));
        return list;
    }

    /**
     * Checks tags that a caller sets on a resource that already has some.
     *
     * @throws AwsError for reserved keys, too long texts, or more than 50 tags
     */
    public void check(Map<String, String> more) {
        more.forEach(Tags::checkOne);
        long added = more.keySet().stream()
                .filter(key -> !values.containsKey(key) && !key.startsWith("aws:"))
                .count();
        long own =
                values.keySet().stream().filter(key -> !key.startsWith("aws:")).count();
        if (own + added > MAXIMUM) {
            throw AwsError.client("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
        }
    }

    private static void checkOne(String key, String value) {
        if (key.startsWith("aws:")) {
            throw Errors.invalidValue("Tag keys starting with 'aws:' are reserved for internal use");
        }
        if (key.isEmpty() || key.length() > KEY_LENGTH) {
            throw Errors.invalidValue("Tag key exceeds the maximum length of " + KEY_LENGTH + " characters");
        }
        if (value.length() > VALUE_LENGTH + 1) {
            throw Errors.invalidValue("Tag value exceeds the maximum length of " + (VALUE_LENGTH + 1) + " characters");
        }
    }

    /** Reads a TagList. */
    public static Map<String, String> read(Collection<Input> list) {
        Map<String, String> tags = new TreeMap<>();
        list.forEach(tag -> tags.put(tag.text("Key", ""), tag.text("Value", "")));
        return tags;
    }

    /**
     * The tags that a request's TagSpecifications give to one kind of resource, checked.
     *
     * @param resourceType for example {@code instance}
     */
    public static Tags specified(Input request, String resourceType) {
        Tags tags = new Tags();
        for (Input specification : request.structures("TagSpecifications")) {
            if (specification.text("ResourceType", "").equals(resourceType)) {
                Map<String, String> more = read(specification.structures("Tags"));
                tags.check(more);
                tags.putAll(more);
            }
        }
        return tags;
    }
}
