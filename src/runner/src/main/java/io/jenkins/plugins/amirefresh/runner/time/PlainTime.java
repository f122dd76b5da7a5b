package io.jenkins.plugins.amirefresh.runner.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A clock with no world behind it: for pipelines that touch no simulated account. */
public final class PlainTime implements RehearsalTime {
    private Instant now;

    /** Starts at {@code start}. */
    public PlainTime(Instant start) {
        this.now = start;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Optional<Instant> nextEvent() {
        return Optional.empty();
    }

    @Override
    public void advanceTo(Instant instant) {
        if (instant.isAfter(now)) {
            now = instant;
        }
    }

    @Override
    public Clock clock() {
        return new View(ZoneOffset.UTC);
    }

    private final class View extends Clock {
        private final ZoneId zone;

        View(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new View(other);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
