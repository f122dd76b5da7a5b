package io.jenkins.plugins.amirefresh.refresh;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance on the wanted version.
 *
 * @param firstSeen in any state
 * @param warmAt when its warmup ends; null before it is in service
 * @param proven was healthy with its warmup behind it
 * @param waitedUntil when a launch hook was last seen to keep it, null when none did
 * @param ailment what its load balancers last found wrong with it, null while they found nothing
 * @param brokenSince since when it is found wrong after it was proven; null while it is not, and in state files of older
 *     versions
 * @param settledAt when it has been found healthy for long enough to count; null while it is not healthy, and where its
 *     warmup tells
 * @param neededSince since when it answers wrongly while fewer serve than the floor; null otherwise, and in state files of
 *     older versions
 */
public record Sighting(
        Instant firstSeen,
        @Nullable Instant warmAt,
        boolean proven,
        @Nullable Instant waitedUntil,
        @Nullable Ailment ailment,
        @Nullable Instant brokenSince,
        @Nullable Instant settledAt,
        @Nullable Instant neededSince) {

    Sighting notAfter(Instant now) {
        if (!firstSeen.isAfter(now)) {
            return this;
        }
        Duration back = Duration.between(now, firstSeen);
        return new Sighting(
                now,
                warmAt == null ? null : warmAt.minus(back),
                proven,
                waitedUntil == null ? null : now,
                ailment,
                brokenSince == null ? null : now,
                settledAt == null ? null : settledAt.minus(back),
                neededSince == null ? null : now);
    }
}
