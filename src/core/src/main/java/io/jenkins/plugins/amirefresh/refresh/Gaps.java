package io.jenkins.plugins.amirefresh.refresh;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Time in which nobody could look: AWS did not answer, or the controller was down. What came of the group meanwhile is only
 * known from the next look on, so no limit counts it.
 *
 * @param lastLook null before the first one
 * @param inBatch since the batch began
 * @param inAttempt since the attempt began
 */
public record Gaps(@Nullable Instant lastLook, Duration inBatch, Duration inAttempt) {

    static final Gaps NONE = new Gaps(null, Duration.ZERO, Duration.ZERO);

    /** Far more than ticks, throttling and a lost answer come to. */
    private static final Duration LONG = Duration.ofMinutes(5);

    Gaps after(Instant look) {
        Duration gap = before(look);
        return new Gaps(look, inBatch.plus(gap), inAttempt.plus(gap));
    }

    /** How long nobody could look before this look; zero when the last one was just before. */
    Duration before(Instant look) {
        if (lastLook == null || look.isBefore(lastLook.plus(LONG))) {
            return Duration.ZERO;
        }
        return Duration.between(lastLook, look);
    }

    /** Nobody could look for a moment only: a throttled call or two. */
    boolean isShort(Instant now) {
        return lastLook != null && now.isBefore(lastLook.plus(LONG));
    }

    Gaps ofNextBatch() {
        return new Gaps(lastLook, Duration.ZERO, inAttempt);
    }

    Gaps ofNextAttempt() {
        return new Gaps(lastLook, Duration.ZERO, Duration.ZERO);
    }

    /** The same when the clock was set back. */
    Gaps notAfter(Instant now) {
        return lastLook == null || !lastLook.isAfter(now) ? this : new Gaps(now, inBatch, inAttempt);
    }
}
