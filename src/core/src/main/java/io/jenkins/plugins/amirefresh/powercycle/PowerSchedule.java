package io.jenkins.plugins.amirefresh.powercycle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When something is to run, as its document says: awake when its start came later than its stop, or with it, asleep
 * otherwise and on holidays.
 *
 * @param min of a group that starts; null: what it had
 * @param desired of a group that starts; null: what it had
 * @param hibernates an instance that can hibernate does so instead of stopping
 * @param enforces what people start by hand is stopped again
 * @param after names of what has to run before this does, and stops after it
 * @param sizes other sizes at other times, in the order given
 */
public record PowerSchedule(
        CronExpression start,
        CronExpression stop,
        ZoneId zone,
        Holidays holidays,
        @Nullable Integer min,
        @Nullable Integer desired,
        boolean hibernates,
        boolean enforces,
        List<String> after,
        List<TimedSize> sizes) {

    /** Nobody has a schedule that changes nothing so often. */
    private static final int MOST_LOOKS = 2000;

    /** Copies the lists. */
    public PowerSchedule {
        after = List.copyOf(after);
        sizes = List.copyOf(sizes);
    }

    /** What it wants at a moment. */
    public Wanted wantedAt(Instant now) {
        Look look = look(now);
        Instant since = look.changedAt();
        for (int looks = 0; looks < MOST_LOOKS && since.isAfter(Instant.EPOCH); looks++) {
            Look before = look(since.minusMillis(1));
            if (before.awake() != look.awake()) {
                break;
            }
            since = before.changedAt();
        }
        return new Wanted(look.awake(), since);
    }

    /** Its last stop, which may have come while it was asleep already. */
    Instant stoppedAt(Instant now) {
        return stop.lastAtOrBefore(now, zone).orElse(Instant.EPOCH);
    }

    /** The next moment at which it may change its mind. */
    public Instant changesAfter(Instant now) {
        Instant midnight =
                now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        Stream<Instant> edge = holidays.ranges().isEmpty() ? Stream.empty() : Stream.of(midnight);
        return Stream.concat(edge, Stream.of(start, stop).flatMap(cron -> cron.firstAfter(now, zone).stream()))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** How long it wants to be off in a month on its own clock. */
    public Duration offIn(YearMonth month) {
        Instant at = month.atDay(1).atStartOfDay(zone).toInstant();
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        Duration off = Duration.ZERO;
        while (at.isBefore(end)) {
            Instant change = changesAfter(at);
            Instant next = change.isBefore(end) ? change : end;
            off = look(at).awake() ? off : off.plus(Duration.between(at, next));
            at = next;
        }
        return off;
    }

    /** The size that was to be taken last, once it has started: empty when none came since then. */
    public Optional<TimedSize.Due> sizeAt(Instant now, Instant awakeSince) {
        return sizes.stream()
                .flatMap(size -> size.at().lastAtOrBefore(now, zone).stream()
                        .filter(at -> !at.isBefore(awakeSince))
                        .map(at -> new TimedSize.Due(size, at)))
                .reduce((earlier, later) -> later.at().isBefore(earlier.at()) ? earlier : later);
    }

    /** What it is at a moment, and the last moment at which it could have become so. */
    private record Look(boolean awake, Instant changedAt) {}

    private Look look(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant started = start.lastAtOrBefore(now, zone).orElse(Instant.EPOCH);
        Instant stopped = stop.lastAtOrBefore(now, zone).orElse(Instant.EPOCH);
        Instant edge = holidays.lastEdge(today)
                .map(day -> day.atStartOfDay(zone).toInstant())
                .orElse(Instant.EPOCH);
        boolean awake = !stopped.isAfter(started) && !holidays.contains(today);
        return new Look(
                awake, Stream.of(started, stopped, edge).max(Instant::compareTo).orElseThrow());
    }
}
