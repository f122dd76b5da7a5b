package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * An instance refresh of EC2 Auto Scaling.
 *
 * @param value at most 64 characters
 */
public record InstanceRefreshId(@JsonValue String value) implements Comparable<InstanceRefreshId> {
    private static final Pattern FORM = Pattern.compile(".{1,64}");

    /** @throws IllegalArgumentException when {@code value} is not at most 64 characters */
    @JsonCreator
    public InstanceRefreshId {
        Identifiers.require(value, FORM, "InstanceRefreshId", "at most 64 characters");
    }

    @Override
    public int compareTo(InstanceRefreshId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
