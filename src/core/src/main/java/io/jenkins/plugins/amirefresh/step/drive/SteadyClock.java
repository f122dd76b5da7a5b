package io.jenkins.plugins.amirefresh.step.drive;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The machine's clock for a host of steps: it never goes back. When the wall clock is set back, by NTP or since the machine was
 * suspended, this one goes on at half its speed until the wall clock has caught up; when the wall clock is ahead, it follows
 * at once. So what was read before a change never looks newer than the change, and no deadline moves away.
 *
 * <p>Thread: any.
 */
public final class SteadyClock extends Clock {

    private final Clock wall;
    private final LongSupplier nanoTime;
    private Instant last;
    private long lastNanos;

    /** @param nanoTime elapsed nanoseconds that nobody sets, as {@link System#nanoTime} */
    public SteadyClock(Clock wall, LongSupplier nanoTime) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.last = wall.instant();
        this.lastNanos = nanoTime.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        long nanos = nanoTime.getAsLong();
        long elapsed = Math.max(0, nanos - lastNanos);
        Instant told = wall.instant();
        Instant slowed = last.plusNanos(elapsed / 2);
        last = told.isAfter(slowed) ? told : slowed;
        lastNanos = nanos;
        return last;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Moments have no zone here: this clock itself. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
