package io.jenkins.plugins.amirefresh.schedule;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as tags spell them: {@code 4h}, {@code 90m}, {@code 1d} or ISO 8601. */
public final class DurationText {

    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(s|m|h|d)");

    private DurationText() {}

    public static Optional<Duration> parse(String text) {
        Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            String unit = matcher.group(2).toUpperCase(Locale.ROOT);
            return Optional.of(Duration.parse((unit.equals("D") ? "P" : "PT") + matcher.group(1) + unit));
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            // The caller names the tag and what is allowed, which this exception cannot.
            return Optional.empty();
        }
    }

    /** The shortest spelling: {@code 4h}, {@code 90m}, {@code 1h30m}. */
    public static String of(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
