package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * An AWS region.
 *
 * @param value a region such as eu-west-1
 */
public record AwsRegion(@JsonValue String value) implements Comparable<AwsRegion> {
    private static final Pattern FORM = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+");

    /** @throws IllegalArgumentException when {@code value} is not a region such as eu-west-1 */
    @JsonCreator
    public AwsRegion {
        Identifiers.require(value, FORM, "AwsRegion", "a region such as eu-west-1");
    }

    @Override
    public int compareTo(AwsRegion other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
