package io.jenkins.plugins.amirefresh.refresh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * How many instances are replaced together.
 *
 * @param number instances, or percent of desired capacity
 */
public record BatchSize(int number, boolean isPercentage) {

    /** What Kubernetes' rolling updates take when nobody says anything. */
    static final BatchSize QUARTER = new BatchSize(25, true);

    /** @throws IllegalArgumentException for less than 1, more than 10,000 instances or more than 100 percent */
    public BatchSize {
        if (number < 1 || number > (isPercentage ? 100 : 10_000)) {
            throw new IllegalArgumentException("a batch of " + number + (isPercentage ? "%" : ""));
        }
    }

    /** This many instances. */
    public static BatchSize of(int number) {
        return new BatchSize(number, false);
    }

    /** Reads {@code 3} or {@code 25%}; empty for anything else. */
    public static Optional<BatchSize> parse(String text) {
        boolean isPercentage = text.endsWith("%");
        String digits = isPercentage ? text.substring(0, text.length() - 1) : text;
        if (!digits.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(digits);
        return number < 1 || number > (isPercentage ? 100 : 10_000)
                ? Optional.empty()
                : Optional.of(new BatchSize(number, isPercentage));
    }

    @JsonCreator
    static BatchSize read(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("a batch of " + text));
    }

    /** As {@link #parse} reads it. */
    @JsonValue
    public String text() {
        return number + (isPercentage ? "%" : "");
    }

    /** Instances of a group of this size, at least 1; what is launched first rounds up, what goes first rounds down. */
    int of(int desired, boolean roundsUp) {
        return isPercentage ? Math.max(1, (desired * number + (roundsUp ? 99 : 0)) / 100) : number;
    }
}
