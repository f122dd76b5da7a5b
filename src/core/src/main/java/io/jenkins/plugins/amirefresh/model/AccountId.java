package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * An AWS account.
 *
 * @param value 12 digits
 */
public record AccountId(@JsonValue String value) implements Comparable<AccountId> {
    private static final Pattern FORM = Pattern.compile("[0-9]{12}");

    /** @throws IllegalArgumentException when {@code value} is not 12 digits */
    @JsonCreator
    public AccountId {
        Identifiers.require(value, FORM, "AccountId", "12 digits");
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
