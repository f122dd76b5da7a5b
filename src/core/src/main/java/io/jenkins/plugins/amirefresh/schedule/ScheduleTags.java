package io.jenkins.plugins.amirefresh.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a group's maintenance window from its tags.
 *
 * <p>{@code AMI_refresh_day} with {@code AMI_refresh_time}, the team's override, wins over {@code AMI_update_day} with
 * {@code AMI_update_time}; without either the environment's default holds. {@code AMI_update_zone} and
 * {@code AMI_update_duration} apply to whichever it is. Every tag that is there is checked, also one that is overridden.
 */
public final class ScheduleTags {

    /** The day of the default window. */
    public static final String UPDATE_DAY = "AMI_update_day";

    /** The time of the default window. */
    public static final String UPDATE_TIME = "AMI_update_time";

    /** The day of the team's own window. */
    public static final String REFRESH_DAY = "AMI_refresh_day";

    /** The time of the team's own window. */
    public static final String REFRESH_TIME = "AMI_refresh_time";

    /** The time zone of the window. */
    public static final String ZONE = "AMI_update_zone";

    /** How long the window is open. */
    public static final String DURATION = "AMI_update_duration";

    private static final Map<String, DayOfWeek> DAYS = Map.of(
            "mon", DayOfWeek.MONDAY,
            "tue", DayOfWeek.TUESDAY,
            "wed", DayOfWeek.WEDNESDAY,
            "thu", DayOfWeek.THURSDAY,
            "thur", DayOfWeek.THURSDAY,
            "fri", DayOfWeek.FRIDAY,
            "sat", DayOfWeek.SATURDAY,
            "sun", DayOfWeek.SUNDAY);

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    private static final Pattern DAY_AND_TIME = Pattern.compile("\\s*(\\S+)\\s+(\\S+)\\s*");

    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private final WindowDefaults defaults;

    /** A reader with these defaults. */
    public ScheduleTags(WindowDefaults defaults) {
        this.defaults = defaults;
    }

    /** The schedule of a group with these tags in this environment (any case; empty for none). */
    public Schedule read(Map<String, String> tags, String environment) {
        try {
            Optional<DayAndTime> update = pair(tags, UPDATE_DAY, UPDATE_TIME);
            Optional<DayAndTime> refresh = pair(tags, REFRESH_DAY, REFRESH_TIME);
            ZoneId zone = zone(tags);
            Duration duration = duration(tags);
            return refresh.or(() -> update)
                    .or(() -> ofEnvironment(environment))
                    .<Schedule>map(start -> weekly(start, zone, duration))
                    .orElseGet(() -> unset(environment));
        } catch (UnreadableException e) {
            return new Schedule.Unreadable(e.line);
        }
    }

    private static Schedule weekly(DayAndTime start, ZoneId zone, Duration duration) {
        return new Schedule.Weekly(new WeeklyWindow(start.day(), start.time(), zone, duration), start.source());
    }

    private Schedule unset(String environment) {
        String where = environment.isEmpty()
                ? "and the group has no environment"
                : "and environment '" + environment + "' has no default";
        return new Schedule.Unset("no maintenance window: the tags " + name(UPDATE_DAY) + " and " + name(UPDATE_TIME)
                + " are not set, " + where);
    }

    private Optional<DayAndTime> pair(Map<String, String> tags, String dayTag, String timeTag) {
        Optional<String> day = tag(tags, dayTag);
        Optional<String> time = tag(tags, timeTag);
        if (day.isEmpty() && time.isEmpty()) {
            return Optional.empty();
        }
        Optional<DayOfWeek> parsedDay = day.map(text -> day(name(dayTag), text));
        Optional<LocalTime> parsedTime = time.map(text -> time(name(timeTag), text));
        String source = "tags " + name(dayTag) + " and " + name(timeTag);
        return Optional.of(new DayAndTime(
                parsedDay.orElseThrow(() -> half(timeTag, time.orElse(""), dayTag)),
                parsedTime.orElseThrow(() -> half(dayTag, day.orElse(""), timeTag)),
                source));
    }

    private UnreadableException half(String there, String value, String missing) {
        return new UnreadableException(
                name(there) + ": '" + value + "' is set without " + name(missing) + "; set both tags or neither");
    }

    private Optional<DayAndTime> ofEnvironment(String environment) {
        String key = environment.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(defaults.windows().get(key)).map(text -> {
            String subject = "default window of environment '" + key + "'";
            Matcher words = DAY_AND_TIME.matcher(text);
            if (!words.matches()) {
                throw new UnreadableException(
                        subject + ": '" + text + "' is not allowed; give a day and a time, 'sun 19:00'");
            }
            return new DayAndTime(day(subject, words.group(1)), time(subject, words.group(2)), subject);
        });
    }

    private ZoneId zone(Map<String, String> tags) {
        return tag(tags, ZONE)
                .map(text -> {
                    if (!ZONES.contains(text)) {
                        throw bad(name(ZONE), text, "a time zone of the IANA database such as Europe/London, or UTC");
                    }
                    return ZoneId.of(text);
                })
                .orElse(defaults.zone());
    }

    private Duration duration(Map<String, String> tags) {
        return tag(tags, DURATION)
                .map(text -> DurationText.parse(text)
                        .filter(duration -> !duration.isNegative() && !duration.isZero())
                        .filter(duration -> duration.compareTo(WeeklyWindow.LONGEST) <= 0)
                        .orElseThrow(() -> bad(
                                name(DURATION),
                                text,
                                "a duration such as 4h, 90m or PT4H, longer than zero and at most 6d")))
                .orElse(defaults.duration());
    }

    private static DayOfWeek day(String subject, String text) {
        DayOfWeek day = DAYS.get(text.toLowerCase(Locale.ROOT));
        if (day == null) {
            throw bad(subject, text, "mon, tue, wed, thu (or thur), fri, sat or sun");
        }
        return day;
    }

    private static LocalTime time(String subject, String text) {
        if (!TIME.matcher(text).matches()) {
            throw bad(subject, text, "HH:MM from 00:00 to 23:59");
        }
        return LocalTime.parse(text);
    }

    private Optional<String> tag(Map<String, String> tags, String standardName) {
        return Optional.ofNullable(tags.get(name(standardName)));
    }

    private String name(String standardName) {
        return defaults.tagNames().getOrDefault(standardName, standardName);
    }

    private static UnreadableException bad(String subject, String value, String allowed) {
        return new UnreadableException(subject + ": '" + value + "' is not allowed; give " + allowed);
    }

    private record DayAndTime(DayOfWeek day, LocalTime time, String source) {}

    /** Carries the line out of the helpers to {@link #read}. */
    private static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String line;

        UnreadableException(String line) {
            super(line, null, false, false);
            this.line = line;
        }
    }
}
