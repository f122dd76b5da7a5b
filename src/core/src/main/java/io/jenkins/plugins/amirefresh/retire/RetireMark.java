package io.jenkins.plugins.amirefresh.retire;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far an image is out of use, since when and by which run, as a tag on it says:
 * {@code disabled 2026-11-30T17:00:00Z by weekly-12/step-3}.
 *
 * @param isDisabled else it is deprecated
 * @param was when it would have been deprecated without us; null for never
 */
public record RetireMark(boolean isDisabled, Instant at, String run, @Nullable Instant was) {

    /** The tag, on images that go out of use; on snapshots it says {@code of ami-0123}. */
    public static final String TAG = "ami-refresh:retire";

    /** The tag of an image that is never retired, with a reason for people. */
    public static final String KEEP = "ami-refresh:keep";

    private static final int LONGEST_RUN = 100;

    private static final Pattern FORM = Pattern.compile("(deprecated|disabled) (\\S+) by (\\S+)(?: was (\\S+))?");

    /** Reads a tag's value; empty for one that we did not write. */
    public static Optional<RetireMark> parse(String value) {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            String was = matcher.group(4);
            return Optional.of(new RetireMark(
                    matcher.group(1).equals("disabled"),
                    Instant.parse(matcher.group(2)),
                    matcher.group(3),
                    was == null ? null : Instant.parse(was)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The tag's value. */
    public String text() {
        return (isDisabled ? "disabled " : "deprecated ") + at + " by " + run + (was == null ? "" : " was " + was);
    }

    /** A run's id as it stands in a mark. */
    public static String run(String id) {
        String text = id.replaceAll("\\s", "_");
        return text.length() > LONGEST_RUN ? text.substring(0, LONGEST_RUN) : text;
    }
}
