package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A version of a launch template as a number, never an alias.
 *
 * @param number 1 or more
 */
public record LaunchTemplateVersion(@JsonValue long number) implements Comparable<LaunchTemplateVersion> {

    /** @throws IllegalArgumentException when {@code number} is below 1 */
    @JsonCreator
    public LaunchTemplateVersion {
        if (number < 1) {
            throw new IllegalArgumentException("launch template version " + number + " is below 1");
        }
    }

    @Override
    public int compareTo(LaunchTemplateVersion other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
