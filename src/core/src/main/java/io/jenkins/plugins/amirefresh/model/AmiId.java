package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * An Amazon machine image; the API says Image, we say Ami throughout.
 *
 * @param value ami- and hexadecimal digits
 */
public record AmiId(@JsonValue String value) implements Comparable<AmiId> {
    private static final Pattern FORM = Pattern.compile("ami-[0-9a-f]{8,17}");

    /** @throws IllegalArgumentException when {@code value} is not ami- and hexadecimal digits */
    @JsonCreator
    public AmiId {
        Identifiers.require(value, FORM, "AmiId", "ami- and hexadecimal digits");
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
