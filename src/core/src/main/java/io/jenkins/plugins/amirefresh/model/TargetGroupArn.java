package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A target group of Elastic Load Balancing v2.
 *
 * @param value the ARN of a target group
 */
public record TargetGroupArn(@JsonValue String value) implements Comparable<TargetGroupArn> {
    private static final Pattern FORM = Pattern.compile("arn:[^:]+:elasticloadbalancing:.+:targetgroup/.+");

    /** @throws IllegalArgumentException when {@code value} is not the ARN of a target group */
    @JsonCreator
    public TargetGroupArn {
        Identifiers.require(value, FORM, "TargetGroupArn", "the ARN of a target group");
    }

    /** The name in it. */
    public String name() {
        return value.replaceAll(".*:targetgroup/([^/]+).*", "$1");
    }

    @Override
    public int compareTo(TargetGroupArn other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
