package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a new instance failed that had its time and never served in it. Its image is to blame only when the version before is
 * quicker, which a fresh instance of that tells, not one that runs for weeks.
 *
 * @param had how long it had, launch hooks that nobody set a limit for not counted
 * @param tells what was seen of it tells without a fresh one, too: it refused or answered wrongly, or somebody said how long
 *     an instance may take
 */
public record Lateness(Duration had, boolean tells) {

    /** How long this instance had by now; null for one that was proven, which failed otherwise. */
    static @Nullable Lateness of(Tick tick, InstanceObservation instance) {
        Sighting sighting = tick.state().sightings().get(instance.id());
        if (sighting == null || sighting.proven()) {
            return null;
        }
        boolean isWrong = Losses.last(tick.state(), instance.id()).evidence() == Ailment.Evidence.FAULT;
        return new Lateness(
                Duration.between(since(tick, sighting), tick.now()),
                isWrong || tick.plan().policy().given().contains(TimeLimit.INSTANCE));
    }

    /** From when on the time of an instance counts. */
    static Instant since(Tick tick, Sighting sighting) {
        Instant hooked = sighting.waitedUntil();
        boolean isGiven = tick.plan().policy().given().contains(TimeLimit.INSTANCE);
        return hooked == null || isGiven ? sighting.firstSeen() : hooked;
    }

    /** Another instance had as long by now. */
    boolean isReached(Tick tick, InstanceObservation instance) {
        Sighting sighting = tick.state().sightings().get(instance.id());
        return sighting != null && !tick.now().isBefore(since(tick, sighting).plus(had));
    }
}
