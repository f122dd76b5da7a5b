package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/** Durations as people write them. */
public final class Durations {

    private Durations() {}

    /** Seconds as a plain number, or {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d}; {@code 1h30m} and ISO 8601 work. */
    public static Optional<Duration> parse(String text) {
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > 15 ? Optional.empty() : Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Duration parsed = Duration.parse(text.startsWith("P") ? text : iso(text));
            return parsed.isNegative() ? Optional.empty() : Optional.of(parsed);
        } catch (DateTimeException | ArithmeticException notADuration) {
            return Optional.empty();
        }
    }

    private static String iso(String text) {
        int day = text.indexOf('d');
        if (day < 0) {
            return "PT" + text;
        }
        String rest = text.substring(day + 1);
        return "P" + text.substring(0, day) + "D" + (rest.isEmpty() ? "" : "T" + rest);
    }
}
