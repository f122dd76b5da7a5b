package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A launch template.
 *
 * @param value lt- and hexadecimal digits
 */
public record LaunchTemplateId(@JsonValue String value) implements Comparable<LaunchTemplateId> {
    private static final Pattern FORM = Pattern.compile("lt-[0-9a-f]{8,17}");

    /** @throws IllegalArgumentException when {@code value} is not lt- and hexadecimal digits */
    @JsonCreator
    public LaunchTemplateId {
        Identifiers.require(value, FORM, "LaunchTemplateId", "lt- and hexadecimal digits");
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
