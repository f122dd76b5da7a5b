package io.jenkins.plugins.amirefresh.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places moments on a line from which the long waits are cut out. */
final class TimeScale {

    /** How wide a cut is drawn. */
    static final int CUT = 26;

    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Duration LONG_WAIT = Duration.ofHours(1);

    private final List<Span> spans;
    private final int left;
    private final double pixelsPerSecond;

    /** A stretch of time that is drawn. */
    record Span(Instant from, Instant to) {
        long seconds() {
            return Math.max(1, Duration.between(from, to).toSeconds());
        }
    }

    /** A line from {@code left} to {@code right} on which all of these have their place. */
    TimeScale(List<Span> busy, int left, int right) {
        this.spans = merged(busy);
        this.left = left;
        long seconds = spans.stream().mapToLong(Span::seconds).sum();
        this.pixelsPerSecond = (right - left - CUT * (spans.size() - 1.0)) / Math.max(1, seconds);
    }

    private static List<Span> merged(List<Span> busy) {
        List<Span> merged = new ArrayList<>();
        List<Span> sorted = busy.stream()
                .map(span -> new Span(span.from().minus(MARGIN), span.to().plus(MARGIN)))
                .sorted(Comparator.comparing(Span::from))
                .toList();
        for (Span span : sorted) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || span.from().isAfter(last.to().plus(LONG_WAIT))) {
                merged.add(span);
            } else if (span.to().isAfter(last.to())) {
                merged.set(merged.size() - 1, new Span(last.from(), span.to()));
            }
        }
        return List.copyOf(merged);
    }

    /** What is drawn, in order. */
    List<Span> spans() {
        return spans;
    }

    /** The moment's place; one inside a cut is where the cut ends. */
    double x(Instant moment) {
        double x = left;
        for (Span span : spans) {
            if (moment.isBefore(span.from())) {
                return x;
            }
            if (!moment.isAfter(span.to())) {
                return x + Duration.between(span.from(), moment).toSeconds() * pixelsPerSecond;
            }
            x += span.seconds() * pixelsPerSecond + CUT;
        }
        return x - CUT;
    }

    /** How wide a stretch is drawn. */
    double width(Span span) {
        return span.seconds() * pixelsPerSecond;
    }

    /** Minutes between two marks of this stretch that leave room for their labels, 0 for none. */
    long tickMinutes(Span span) {
        if (width(span) < 150) {
            return 0;
        }
        for (long step : new long[] {5, 10, 15, 30, 60, 120, 240, 720}) {
            if (step * 60 * pixelsPerSecond >= 44) {
                return step;
            }
        }
        return 0;
    }
}
