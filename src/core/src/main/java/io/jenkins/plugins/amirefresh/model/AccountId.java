package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An AWS account.
 *
 * @param value 12 digits
 */
public record AccountId(@JsonValue String value) implements Comparable<AccountId> {

    /** @throws IllegalArgumentException when {@code value} is not 12 digits */
    @JsonCreator
    public AccountId {
        Identifiers.require(value, "[0-9]{12}", "AccountId", "12 digits");
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
