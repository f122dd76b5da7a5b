package io.jenkins.plugins.amirefresh.runner.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** A JDK clock that shows what it is told, in UTC unless asked otherwise. */
public final class InstantClock extends Clock {
    private final Supplier<Instant> now;
    private final ZoneId zone;

    /** Shows {@code now}. */
    public InstantClock(Supplier<Instant> now) {
        this(now, ZoneOffset.UTC);
    }

    private InstantClock(Supplier<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new InstantClock(now, other);
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
