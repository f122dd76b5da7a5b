package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import java.util.Optional;

/**
 * What a simple or step scaling policy makes of a capacity. Source: EC2 Auto Scaling User Guide, "Step and simple scaling
 * policies": percentages above 1 are rounded down, between 0 and 1 up to 1, below -1 up, between 0 and -1 down to -1.
 */
public final class Adjustment {

    private Adjustment() {}

    /** The new desired capacity between min and max. */
    public static int apply(JsonNode policy, int adjustment, int current, int min, int max) {
        int target =
                switch (policy.path("AdjustmentType").asText()) {
                    case "ExactCapacity" -> adjustment;
                    case "PercentChangeInCapacity" -> current + percent(policy, adjustment, current);
                    default -> current + adjustment;
                };
        return Math.max(min, Math.min(max, target));
    }

    private static int percent(JsonNode policy, int adjustment, int current) {
        double exact = current * adjustment / 100.0;
        int rounded = (int) exact;
        if (rounded == 0 && exact != 0) {
            rounded = exact > 0 ? 1 : -1;
        }
        int magnitude = policy.path("MinAdjustmentMagnitude").asInt(0);
        if (Math.abs(rounded) >= magnitude || rounded == 0) {
            return rounded;
        }
        return rounded > 0 ? magnitude : -magnitude;
    }

    /**
     * The step that fits how far a metric is from its threshold, empty when none does. Source: API Reference,
     * "StepAdjustment": above the threshold the lower bound is inclusive, below it the upper one.
     */
    public static Optional<Integer> step(JsonNode policy, double distance) {
        for (JsonNode step : policy.path("StepAdjustments")) {
            double lower = step.path("MetricIntervalLowerBound").asDouble(Double.NEGATIVE_INFINITY);
            double upper = step.path("MetricIntervalUpperBound").asDouble(Double.POSITIVE_INFINITY);
            boolean fits =
                    distance >= 0 ? (distance >= lower && distance < upper) : (distance > lower && distance <= upper);
            if (fits) {
                return Fields.number(step, "ScalingAdjustment");
            }
        }
        return Optional.empty();
    }
}
