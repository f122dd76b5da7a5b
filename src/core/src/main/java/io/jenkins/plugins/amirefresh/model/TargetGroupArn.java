package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A target group of Elastic Load Balancing v2.
 *
 * @param value the ARN of a target group
 */
public record TargetGroupArn(@JsonValue String value) implements Comparable<TargetGroupArn> {

    /** @throws IllegalArgumentException when {@code value} is not the ARN of a target group */
    @JsonCreator
    public TargetGroupArn {
        Identifiers.require(
                value,
                "arn:[^:]+:elasticloadbalancing:.+:targetgroup/.+",
                "TargetGroupArn",
                "the ARN of a target group");
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
