package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Makes a create call safe to repeat; saved before the call.
 *
 * @param value 1 to 64 ASCII characters
 */
public record ClientToken(@JsonValue String value) implements Comparable<ClientToken> {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,64}");

    /** @throws IllegalArgumentException when {@code value} is not 1 to 64 ASCII characters */
    @JsonCreator
    public ClientToken {
        Identifiers.require(value, FORM, "ClientToken", "1 to 64 ASCII characters");
    }

    @Override
    public int compareTo(ClientToken other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
