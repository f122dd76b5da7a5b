package io.jenkins.plugins.amirefresh.weeks;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * On which days, at which times, where and for how long.
 *
 * @param days the text that a group's tag has
 * @param on what it means
 */
record Opening(String days, Predicate<LocalDate> on, List<LocalTime> times, ZoneId zone, Duration length) {

    /** From the first moment that is in to the first that is out. */
    record Stretch(Instant from, Instant to) {

        boolean has(Instant at) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    /** All stretches that are open for a moment between these two, without the dark days. */
    List<Stretch> between(Instant from, Instant to, Predicate<LocalDate> dark) {
        List<Stretch> found = new ArrayList<>();
        LocalDate last = to.atZone(zone).toLocalDate().plusDays(1);
        LocalDate first = from.atZone(zone).toLocalDate().minusDays(length.toDays() + 3);
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            if (!on.test(day) || dark.test(day)) {
                continue;
            }
            for (LocalTime time : times) {
                Instant opens = moment(day.atTime(time));
                Instant closes = opens.plus(length);
                for (LocalDate next = day.plusDays(1); next.isBefore(day.plusDays(10)); next = next.plusDays(1)) {
                    Instant midnight = moment(next.atStartOfDay());
                    if (dark.test(next) && midnight.isBefore(closes)) {
                        closes = midnight;
                    }
                }
                if (closes.isAfter(from) && opens.isBefore(to) && opens.isBefore(closes)) {
                    found.add(new Stretch(opens, closes));
                }
            }
        }
        return found;
    }

    /** What a clock on the wall shows for the first time, or the end of the hour that it leaves out. */
    private Instant moment(LocalDateTime wall) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(wall);
        if (offsets.isEmpty()) {
            ZoneOffsetTransition gap = zone.getRules().getTransition(wall);
            return gap.getInstant();
        }
        Instant first = wall.toInstant(offsets.get(0));
        for (ZoneOffset offset : offsets) {
            first = wall.toInstant(offset).isBefore(first) ? wall.toInstant(offset) : first;
        }
        return first;
    }

    /** The times as a text. */
    String at() {
        return String.join("/", times.stream().map(LocalTime::toString).toList());
    }

    Opening in(ZoneId otherZone, Duration otherLength) {
        return new Opening(days, on, times, otherZone, otherLength);
    }
}
