package io.jenkins.plugins.amirefresh.smoketest;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How often a number is read, and what it has to be. Source of the counts: Argo Rollouts, "Analysis", of the comparison:
 * CloudWatch API Reference, "PutMetricAlarm".
 *
 * @param threshold what a measurement is compared with; in percent of the old instances' number with {@code sameAsOld}
 * @param failureThreshold a measurement beyond neither is inconclusive; null for {@code threshold} alone
 * @param missingData what it means when there is no number
 * @param initialDelay before the first measurement
 * @param count measurements, 1 or more
 * @param failureLimit measurements that may fail
 * @param inconclusiveLimit measurements that may be inconclusive
 */
public record Measuring(
        Comparison comparison,
        double threshold,
        @Nullable Double failureThreshold,
        MissingData missingData,
        Duration initialDelay,
        Duration interval,
        int count,
        int failureLimit,
        int inconclusiveLimit) {

    static final String NO_DATA = "no data";

    /** How a number and a threshold have to stand to each other. */
    public enum Comparison {
        LESS_THAN("LessThanThreshold", "less than"),
        LESS_THAN_OR_EQUAL("LessThanOrEqualToThreshold", "at most"),
        GREATER_THAN("GreaterThanThreshold", "more than"),
        GREATER_THAN_OR_EQUAL("GreaterThanOrEqualToThreshold", "at least");

        private final String awsName;
        private final String words;

        Comparison(String awsName, String words) {
            this.awsName = awsName;
            this.words = words;
        }

        /** CloudWatch's own word. */
        public String awsName() {
            return awsName;
        }

        boolean holds(double number, double threshold) {
            return switch (this) {
                case LESS_THAN -> number < threshold;
                case LESS_THAN_OR_EQUAL -> number <= threshold;
                case GREATER_THAN -> number > threshold;
                case GREATER_THAN_OR_EQUAL -> number >= threshold;
            };
        }
    }

    /** What no number means, as with CloudWatch's alarms. */
    public enum MissingData {
        MISSING,
        BREACHING,
        NOT_BREACHING
    }

    /**
     * What a measurement says.
     *
     * @param old the old instances' number, empty where none is compared with
     */
    public Finding judge(OptionalDouble number, OptionalDouble old, boolean sameAsOld) {
        if (number.isEmpty()) {
            return switch (missingData) {
                case MISSING -> new Finding(Finding.Kind.UNKNOWN, NO_DATA, "there is no data");
                case BREACHING -> Finding.failed(NO_DATA, "there is no data");
                case NOT_BREACHING -> Finding.passed("there is no data");
            };
        }
        double value = number.getAsDouble();
        if (sameAsOld && old.isEmpty()) {
            return Finding.unknown(text(value) + ", but there is no number of the old version to compare it with");
        }
        double compared = sameAsOld ? percent(value, old.orElse(0)) : value;
        String is = sameAsOld
                ? text(value) + ", " + text(compared) + "% of the old version's " + text(old.orElse(0))
                : text(value);
        String unit = sameAsOld ? "%" : "";
        if (comparison.holds(compared, threshold)) {
            return Finding.passed(is);
        }
        Double worse = failureThreshold;
        return worse == null || !comparison.holds(compared, worse)
                ? Finding.failed(
                        "beyond the threshold", is + ", expected " + comparison.words + " " + text(threshold) + unit)
                : Finding.unknown(is + ", between " + text(threshold) + unit + " and " + text(worse) + unit);
    }

    private static double percent(double value, double old) {
        if (old != 0) {
            return value / old * 100;
        }
        return value == 0 ? 100 : value > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    private static String text(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "infinitely many" : "minus infinitely many";
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.format(Locale.ROOT, "%.4g", number);
    }
}
