package io.jenkins.plugins.amirefresh.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Days, in the zone of the group's window, on which no window opens and at whose beginning an open one closes. */
public record Blackout(List<Range> ranges) {

    /** None. */
    public static final Blackout NONE = new Blackout(List.of());

    /** What is allowed, for people. */
    public static final String ALLOWED =
            "a date such as 2026-12-24, or 12-25 for every year, or first and last day with two dots: 12-24..01-02";

    private static final int MOST_DAYS = 3660;
    private static final Pattern TEXT =
            Pattern.compile("(?:([0-9]{4})-)?([0-9]{2}-[0-9]{2})(?:\\.\\.(?:([0-9]{4})-)?([0-9]{2}-[0-9]{2}))?");

    /** Copies the list. */
    public Blackout {
        ranges = List.copyOf(ranges);
    }

    /** First to last day. */
    public sealed interface Range {

        /** The day is one of them. */
        boolean has(LocalDate date);

        /** As it is written. */
        String text();
    }

    /** Once. */
    private record Once(LocalDate first, LocalDate last) implements Range {

        @Override
        public boolean has(LocalDate date) {
            return !date.isBefore(first) && !date.isAfter(last);
        }

        @Override
        public String text() {
            return first.equals(last) ? first.toString() : first + ".." + last;
        }
    }

    /** Every year, over New Year when the last day comes before the first. */
    private record Yearly(MonthDay first, MonthDay last) implements Range {

        @Override
        public boolean has(LocalDate date) {
            MonthDay day = MonthDay.from(date);
            boolean isFrom = !day.isBefore(first);
            boolean isUntil = !day.isAfter(last);
            return last.isBefore(first) ? isFrom || isUntil : isFrom && isUntil;
        }

        @Override
        public String text() {
            String from = first.toString().substring(2);
            return first.equals(last) ? from : from + ".." + last.toString().substring(2);
        }
    }

    /** A date or two, once or every year; empty when it is neither. */
    public static Optional<Range> parse(String text) {
        Matcher matcher = TEXT.matcher(text.replaceAll("\\s", ""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String year = matcher.group(1);
        String lastYear = matcher.group(4) == null ? year : matcher.group(3);
        String last = matcher.group(4) == null ? matcher.group(2) : matcher.group(4);
        try {
            if (year == null && lastYear == null) {
                return Optional.of(new Yearly(MonthDay.parse("--" + matcher.group(2)), MonthDay.parse("--" + last)));
            }
            Once once =
                    new Once(LocalDate.parse(year + "-" + matcher.group(2)), LocalDate.parse(lastYear + "-" + last));
            return once.last().isBefore(once.first()) ? Optional.empty() : Optional.of(once);
        } catch (DateTimeException e) {
            // The caller names the parameter and what is allowed, which this exception cannot.
            return Optional.empty();
        }
    }

    /** The day is in one of them. */
    boolean has(LocalDate date) {
        return ranges.stream().anyMatch(range -> range.has(date));
    }

    /** The end of a window that opened on this day, or the beginning of the first day in between that is forbidden. */
    Instant cut(LocalDate opened, Instant end, ZoneId zone) {
        if (ranges.isEmpty()) {
            return end;
        }
        LocalDate date = opened.plusDays(1);
        for (Instant begin = begin(date, zone); begin.isBefore(end); begin = begin(date, zone)) {
            if (has(date)) {
                return begin;
            }
            date = date.plusDays(1);
        }
        return end;
    }

    /** When the first day begins that is in none of them; empty when the day of {@code at} is not in one. */
    Optional<Instant> until(Instant at, ZoneId zone) {
        LocalDate first = at.atZone(zone).toLocalDate();
        return has(first)
                ? Stream.iterate(first, day -> day.plusDays(1))
                        .limit(MOST_DAYS)
                        .filter(day -> !has(day))
                        .findFirst()
                        .map(day -> begin(day, zone))
                : Optional.empty();
    }

    private static Instant begin(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** As it is written, with commas. */
    public String text() {
        return ranges.stream().map(Range::text).collect(Collectors.joining(", "));
    }
}
