package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An Amazon machine image; the API says Image, we say Ami throughout.
 *
 * @param value ami- and hexadecimal digits
 */
public record AmiId(@JsonValue String value) implements Comparable<AmiId> {

    /** @throws IllegalArgumentException when {@code value} is not ami- and hexadecimal digits */
    @JsonCreator
    public AmiId {
        Identifiers.require(value, "ami-[0-9a-f]{8,17}", "AmiId", "ami- and hexadecimal digits");
    }

    @Override
    public int compareTo(AmiId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
