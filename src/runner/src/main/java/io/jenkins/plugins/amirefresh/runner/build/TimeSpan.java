package io.jenkins.plugins.amirefresh.runner.build;

import java.time.Duration;
import java.util.Locale;

/**
 * Durations as Jenkins' console writes them: "1 hr 0 min", "15 min", "30 sec".
 *
 * <p>Source: Jenkins core, {@code hudson.Util.getTimeSpanString}.
 */
public final class TimeSpan {
    private static final int SHOW_BOTH_UNITS_BELOW = 10;

    private TimeSpan() {}

    /** The span in words; the smaller unit only where the larger one is under ten. */
    public static String text(Duration span) {
        if (span.toDays() > 0) {
            return units(span.toDays(), "day", span.toHoursPart(), "hr");
        }
        if (span.toHours() > 0) {
            return units(span.toHours(), "hr", span.toMinutesPart(), "min");
        }
        if (span.toMinutes() > 0) {
            return units(span.toMinutes(), "min", span.toSecondsPart(), "sec");
        }
        if (span.toSeconds() >= SHOW_BOTH_UNITS_BELOW) {
            return span.toSeconds() + " sec";
        }
        long millis = span.toMillis();
        if (millis >= 1000) {
            long tenths = millis / 100;
            String fraction = tenths % 10 == 0 ? "" : "." + tenths % 10;
            return tenths / 10 + fraction + " sec";
        }
        return millis >= 100 ? String.format(Locale.ROOT, "0.%02d sec", millis / 10) : millis + " ms";
    }

    private static String units(long big, String bigUnit, long small, String smallUnit) {
        String text = big + " " + bigUnit;
        return big < SHOW_BOTH_UNITS_BELOW ? text + " " + small + " " + smallUnit : text;
    }
}
