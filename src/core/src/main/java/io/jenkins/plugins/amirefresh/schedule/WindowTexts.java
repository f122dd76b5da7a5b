package io.jenkins.plugins.amirefresh.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads windows as people write them: {@code sun 19:00}, {@code mon,wed 15:00 2h}, {@code second tue +3d 02:00 4h
 * Europe/London}, {@code 0 19 * * sun}; several with semicolons.
 */
public final class WindowTexts {

    /** What is allowed, for people. */
    public static final String ALLOWED =
            "days and a time, then a duration and a time zone where they are others: 'sun 19:00', 'mon-fri 02:00 3h',"
                    + " 'first sun 19:00 4h Europe/London', 'second tue +3d 02:00', '0 19 * * sun'";

    private static final String DAYS = "mon, tue, wed, thu (or thur), fri, sat or sun";
    private static final String MORE_DAYS =
            DAYS + ", several as mon,wed or mon-fri, or once a month as first sun, last fri" + " or second tue +3d";
    private static final Map<String, DayOfWeek> BY_NAME = Map.of(
            "mon", DayOfWeek.MONDAY,
            "tue", DayOfWeek.TUESDAY,
            "wed", DayOfWeek.WEDNESDAY,
            "thu", DayOfWeek.THURSDAY,
            "thur", DayOfWeek.THURSDAY,
            "fri", DayOfWeek.FRIDAY,
            "sat", DayOfWeek.SATURDAY,
            "sun", DayOfWeek.SUNDAY);
    private static final Map<String, Integer> WEEKS = Map.of(
            "first",
            1,
            "1st",
            1,
            "second",
            2,
            "2nd",
            2,
            "third",
            3,
            "3rd",
            3,
            "fourth",
            4,
            "4th",
            4,
            "last",
            Days.OfMonth.LAST);
    private static final Pattern OF_MONTH = Pattern.compile("(\\S+)\\s+(\\S+?)(?:\\s*\\+\\s*([0-9]{1,2})d?)?");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final int MOST_DAYS_LATER = 27;

    private WindowTexts() {}

    /**
     * What holds where a text does not say it.
     *
     * @param zone from a tag, which wins; else the text's own, else {@code elseZone}
     */
    record Otherwise(Optional<ZoneId> zone, ZoneId elseZone, Optional<Duration> duration, Duration elseDuration) {}

    /** Why the text cannot be read, empty when it can. */
    public static Optional<String> problem(String subject, String text) {
        try {
            rules(
                    subject,
                    text,
                    new Otherwise(Optional.empty(), ZoneId.of("UTC"), Optional.empty(), Duration.ofHours(1)));
            return Optional.empty();
        } catch (UnreadableException e) {
            return Optional.of(e.line());
        }
    }

    static List<WindowRule> rules(String subject, String text, Otherwise otherwise) {
        List<WindowRule> rules = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            rules.add(rule(subject, part.trim(), otherwise));
        }
        return rules;
    }

    private static WindowRule rule(String subject, String text, Otherwise otherwise) {
        List<String> words = List.of(text.split("\\s+"));
        boolean isCron = CronText.begins(words);
        int time = isCron ? CronText.FIELDS - 1 : firstTime(words);
        if (time < 1) {
            throw UnreadableException.of(subject, text, ALLOWED);
        }
        List<String> rest = words.subList(time + 1, words.size());
        Optional<Duration> duration = rest.isEmpty()
                ? Optional.empty()
                : DurationText.parse(rest.get(0)).or(() -> Optional.empty());
        List<String> zones = duration.isPresent() ? rest.subList(1, rest.size()) : rest;
        if (zones.size() > 1) {
            throw UnreadableException.of(subject, text, ALLOWED);
        }
        Optional<ZoneId> zone = zones.stream().map(name -> zone(subject, name)).findFirst();
        Duration length = otherwise
                .duration()
                .or(() -> duration.map(given -> duration(subject, rest.get(0))))
                .orElse(otherwise.elseDuration());
        ZoneId where = otherwise.zone().or(() -> zone).orElse(otherwise.elseZone());
        if (isCron) {
            CronText cron = CronText.of(subject, words);
            return new WindowRule(cron.days(), cron.times(), where, length);
        }
        return new WindowRule(
                days(subject, String.join(" ", words.subList(0, time))),
                times(subject, words.get(time)),
                where,
                length);
    }

    /** The word that has a colon, -1 without one. */
    private static int firstTime(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).contains(":")) {
                return i;
            }
        }
        return -1;
    }

    /** {@code sun}, {@code mon,wed}, {@code fri-mon}, {@code first sun}, {@code second tue +3d}; any case. */
    static Days days(String subject, String text) {
        String days = text.trim().toLowerCase(Locale.ROOT);
        Matcher ofMonth = OF_MONTH.matcher(days);
        if (ofMonth.matches() && WEEKS.containsKey(ofMonth.group(1))) {
            int plus = ofMonth.group(3) == null ? 0 : Integer.parseInt(ofMonth.group(3));
            if (plus > MOST_DAYS_LATER) {
                throw UnreadableException.of(subject, text, "at most +" + MOST_DAYS_LATER + "d");
            }
            return new Days.OfMonth(WEEKS.getOrDefault(ofMonth.group(1), 1), day(subject, ofMonth.group(2)), plus);
        }
        EnumSet<DayOfWeek> all = EnumSet.noneOf(DayOfWeek.class);
        for (String part : days.split("[,/\\s]+", -1)) {
            String[] range = part.split("-", -1);
            DayOfWeek first = day(subject, range[0]);
            DayOfWeek last = day(subject, range[range.length - 1]);
            if (range.length > 2) {
                throw UnreadableException.of(subject, part, MORE_DAYS);
            }
            all.add(last);
            for (DayOfWeek day = first; day != last; day = day.plus(1)) {
                all.add(day);
            }
        }
        return new Days.OfWeek(all);
    }

    private static DayOfWeek day(String subject, String text) {
        DayOfWeek day = BY_NAME.get(text);
        if (day == null) {
            throw UnreadableException.of(subject, text, MORE_DAYS);
        }
        return day;
    }

    /** {@code 19:00}, {@code 02:00,14:00}. */
    static List<LocalTime> times(String subject, String text) {
        List<LocalTime> times = new ArrayList<>();
        for (String time : text.trim().split("[,/\\s]+", -1)) {
            if (!TIME.matcher(time).matches()) {
                throw UnreadableException.of(subject, time, "HH:MM from 00:00 to 23:59");
            }
            times.add(LocalTime.parse(time));
        }
        Collections.sort(times);
        return times;
    }

    static ZoneId zone(String subject, String text) {
        if (!ZONES.contains(text)) {
            throw UnreadableException.of(
                    subject, text, "a time zone of the IANA database such as Europe/London, or UTC");
        }
        return ZoneId.of(text);
    }

    static Duration duration(String subject, String text) {
        return DurationText.parse(text)
                .filter(duration -> !duration.isNegative() && !duration.isZero())
                .filter(duration -> duration.compareTo(WindowRule.LONGEST) <= 0)
                .orElseThrow(() -> UnreadableException.of(
                        subject, text, "a duration such as 4h, 90m or PT4H, longer than zero and at most 6d"));
    }
}
