package io.jenkins.plugins.amirefresh.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Windows that open on certain days at local times.
 *
 * <p>When clocks go forward over its start a window opens at the end of the gap; when they go back and the time comes twice, it
 * opens the first time. Its duration is elapsed time, so a change of clocks inside it moves its end on the wall, never its
 * length.
 *
 * @param times rising, at least one
 * @param duration more than zero, at most {@link #LONGEST}
 */
public record WindowRule(Days days, List<LocalTime> times, ZoneId zone, Duration duration) {

    /** Two windows of one weekday never overlap: the shortest week there was had six days (Pacific/Apia in 2011). */
    public static final Duration LONGEST = Duration.ofDays(6);

    /** @throws IllegalArgumentException when the duration is out of range, or there is no time */
    public WindowRule {
        times = times.stream().distinct().sorted().toList();
        if (times.isEmpty() || duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "window of " + duration + " at " + times + " is not longer than zero and at most " + LONGEST);
        }
    }

    /**
     * The windows that open on a day, in the order of their starts; none in a blackout. One that runs into a blackout closes
     * where that begins.
     */
    List<MaintenanceWindow> on(LocalDate date, Blackout blackout) {
        if (!days.has(date) || blackout.has(date)) {
            return List.of();
        }
        List<MaintenanceWindow> windows = new ArrayList<>();
        for (LocalTime time : times) {
            Instant start = start(date.atTime(time));
            Instant end = blackout.cut(date, start.plus(duration), zone);
            if (start.isBefore(end)) {
                windows.add(new MaintenanceWindow(start, end));
            }
        }
        return windows;
    }

    private Instant start(LocalDateTime local) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return offsets.isEmpty() ? zone.getRules().getTransition(local).getInstant() : local.toInstant(offsets.get(0));
    }

    /** Far enough back for a window that is still open and for a start that a gap moved to the next day. */
    LocalDate firstDateToLookAt(Instant at) {
        return at.atZone(zone).toLocalDate().minusDays(duration.toDays() + 2);
    }

    /** As people write it: {@code sun 19:00 Europe/London for 4h}. */
    public String text() {
        String opens = times.stream().map(LocalTime::toString).collect(Collectors.joining(","));
        return days.text() + " " + opens + " " + zone + " for " + DurationText.of(duration);
    }
}
