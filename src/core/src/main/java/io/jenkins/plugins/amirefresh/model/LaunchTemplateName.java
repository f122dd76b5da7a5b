package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a launch template, unique in its account and region.
 *
 * @param value 3 to 128 characters of a-z A-Z 0-9 ( ) . - / _
 */
public record LaunchTemplateName(@JsonValue String value) implements Comparable<LaunchTemplateName> {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9().\\-/_]{3,128}");

    /** @throws IllegalArgumentException when {@code value} is not 3 to 128 characters of a-z A-Z 0-9 ( ) . - / _ */
    @JsonCreator
    public LaunchTemplateName {
        Identifiers.require(value, FORM, "LaunchTemplateName", "3 to 128 characters of a-z A-Z 0-9 ( ) . - / _");
    }

    @Override
    public int compareTo(LaunchTemplateName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
