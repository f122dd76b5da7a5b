package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A launch template.
 *
 * @param value lt- and hexadecimal digits
 */
public record LaunchTemplateId(@JsonValue String value) implements Comparable<LaunchTemplateId> {

    /** @throws IllegalArgumentException when {@code value} is not lt- and hexadecimal digits */
    @JsonCreator
    public LaunchTemplateId {
        Identifiers.require(value, "lt-[0-9a-f]{8,17}", "LaunchTemplateId", "lt- and hexadecimal digits");
    }

    @Override
    public int compareTo(LaunchTemplateId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
