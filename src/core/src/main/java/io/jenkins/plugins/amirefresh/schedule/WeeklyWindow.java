package io.jenkins.plugins.amirefresh.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A window that opens every week at a local time.
 *
 * <p>It belongs to the day it starts on, also when it runs over midnight. When clocks go forward over its start it opens at
 * the end of the gap; when they go back and the time comes twice, it opens the first time. Its duration is elapsed time, so
 * a change of clocks inside it moves its end on the wall, never its length.
 *
 * @param duration more than zero, at most {@link #LONGEST}
 */
public record WeeklyWindow(DayOfWeek day, LocalTime time, ZoneId zone, Duration duration) {

    /** Two windows of one group never overlap: the shortest week there was had six days (Pacific/Apia in 2011). */
    public static final Duration LONGEST = Duration.ofDays(6);

    /** @throws IllegalArgumentException when the duration is out of range */
    public WeeklyWindow {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "window of " + duration + " is not longer than zero and at most " + LONGEST);
        }
    }

    /** The window that is open at {@code at}. */
    public Optional<MaintenanceWindow> current(Instant at) {
        return Optional.of(currentOrNext(at)).filter(window -> window.contains(at));
    }

    /** The first window that starts after {@code at}, also while one is open. */
    public MaintenanceWindow next(Instant at) {
        LocalDate date = firstDateToLookAt(at);
        MaintenanceWindow window = startingOn(date);
        while (!window.start().isAfter(at)) {
            date = date.plusWeeks(1);
            window = startingOn(date);
        }
        return window;
    }

    /** The window that is open at {@code at}, else the next one. */
    public MaintenanceWindow currentOrNext(Instant at) {
        LocalDate date = firstDateToLookAt(at);
        MaintenanceWindow window = startingOn(date);
        while (!at.isBefore(window.end())) {
            date = date.plusWeeks(1);
            window = startingOn(date);
        }
        return window;
    }

    /** The last window that was open before {@code at} and is closed then. */
    public MaintenanceWindow lastClosed(Instant at) {
        MaintenanceWindow last = startingOn(firstDateToLookAt(at).minusWeeks(1));
        LocalDate date = firstDateToLookAt(at);
        for (MaintenanceWindow next = startingOn(date); !at.isBefore(next.end()); next = startingOn(date)) {
            last = next;
            date = date.plusWeeks(1);
        }
        return last;
    }

    /** As people write it: {@code sun 19:00 Europe/London for 4h}. */
    public String text() {
        String name = day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).toLowerCase(Locale.ROOT);
        return name + " " + time + " " + zone + " for " + DurationText.of(duration);
    }

    @Override
    public String toString() {
        return text();
    }

    /** Far enough back for a window that is still open and for a start that a gap moved to the next day. */
    private LocalDate firstDateToLookAt(Instant at) {
        return at.atZone(zone).toLocalDate().minusDays(8).with(TemporalAdjusters.previousOrSame(day));
    }

    private MaintenanceWindow startingOn(LocalDate date) {
        Instant start = start(date.atTime(time));
        return new MaintenanceWindow(start, start.plus(duration));
    }

    private Instant start(LocalDateTime local) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (!offsets.isEmpty()) {
            return local.toInstant(offsets.get(0));
        }
        ZoneOffsetTransition gap = zone.getRules().getTransition(local);
        return gap.getInstant();
    }
}
