package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of an Auto Scaling group, unique in its account and region.
 *
 * @param value 1 to 255 characters without a colon
 */
public record AutoScalingGroupName(@JsonValue String value) implements Comparable<AutoScalingGroupName> {
    private static final Pattern FORM = Pattern.compile("[^\\p{Cntrl}:]{1,255}");

    /** @throws IllegalArgumentException when {@code value} is not 1 to 255 characters without a colon */
    @JsonCreator
    public AutoScalingGroupName {
        Identifiers.require(value, FORM, "AutoScalingGroupName", "1 to 255 characters without a colon");
    }

    @Override
    public int compareTo(AutoScalingGroupName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
