package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * An EC2 instance.
 *
 * @param value i- and hexadecimal digits
 */
public record InstanceId(@JsonValue String value) implements Comparable<InstanceId> {
    private static final Pattern FORM = Pattern.compile("i-[0-9a-f]{8,17}");

    /** @throws IllegalArgumentException when {@code value} is not i- and hexadecimal digits */
    @JsonCreator
    public InstanceId {
        Identifiers.require(value, FORM, "InstanceId", "i- and hexadecimal digits");
    }

    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
