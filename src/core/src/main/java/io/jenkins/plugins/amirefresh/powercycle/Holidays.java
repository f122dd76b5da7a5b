package io.jenkins.plugins.amirefresh.powercycle;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Days on which nothing runs, from midnight to midnight.
 *
 * @param ranges each with its first and last day
 */
public record Holidays(List<Range> ranges) {

    /** None. */
    public static final Holidays NONE = new Holidays(List.of());

    private static final int LONGEST_DAYS = 366;

    /** Copies the list. */
    public Holidays {
        ranges = List.copyOf(ranges);
    }

    /** Days in a row. */
    public record Range(LocalDate first, LocalDate last) {}

    /**
     * Reads days {@code 2026-12-25} and ranges {@code 2026-12-24/2027-01-01}.
     *
     * @throws IllegalArgumentException one line, naming the first that is neither
     */
    public static Holidays parse(Collection<String> texts) {
        List<Range> ranges = new ArrayList<>();
        for (String text : texts) {
            ranges.add(range(text));
        }
        return new Holidays(ranges);
    }

    private static Range range(String text) {
        String[] ends = text.strip().split("/", 2);
        try {
            LocalDate first = LocalDate.parse(ends[0]);
            LocalDate last = ends.length == 1 ? first : LocalDate.parse(ends[1]);
            if (!last.isBefore(first) && last.isBefore(first.plusDays(LONGEST_DAYS))) {
                return new Range(first, last);
            }
        } catch (DateTimeParseException e) {
            // Refused below: the parser's own message does not say what is allowed.
        }
        throw new IllegalArgumentException(
                "holiday '" + text + "' is not a day 2026-12-25 or days 2026-12-24/2027-01-01, a year at most");
    }

    /** All of both. */
    public Holidays and(Holidays others) {
        return new Holidays(
                Stream.concat(ranges.stream(), others.ranges.stream()).toList());
    }

    /** Nothing runs on this day. */
    public boolean contains(LocalDate day) {
        return ranges.stream().anyMatch(range -> !day.isBefore(range.first()) && !day.isAfter(range.last()));
    }

    /** The last day, this one included, on which holidays began or were over. */
    Optional<LocalDate> lastEdge(LocalDate day) {
        return ranges.stream()
                .flatMap(range -> Stream.of(range.first(), range.last().plusDays(1)))
                .filter(edge -> !edge.isAfter(day))
                .max(LocalDate::compareTo);
    }
}
