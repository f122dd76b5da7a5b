package io.jenkins.plugins.amirefresh.runner.time;

import java.time.Clock;
import java.time.Instant;
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
        return new InstantClock(this::now);
    }
}
