package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fault that calls meet. Exactly one of {@code throttle}, {@code bucket}, {@code error}, {@code drop}, {@code delay} and
 * {@code stale} is said.
 *
 * @param service wildcard on the model's name; null: any
 * @param operation wildcard; null: any
 * @param from first moment; null: the start
 * @param until the moment it ends; null: never
 * @param skip matching calls that pass before the first fault
 * @param count how many calls fail; 0: all
 * @param probability of each matching call, 0-1; 1 when not said
 * @param throttle the service's own throttling error
 * @param bucket the service's throttling error once an API has used up its tokens
 * @param drop the connection breaks {@code before} or {@code after} the effect
 * @param delay simulated time that the call takes
 * @param stale a call that only reads is answered what the same call was answered at most this long ago
 */
public record DeclaredFault(
        int line,
        @Nullable String account,
        @Nullable String region,
        @Nullable String service,
        @Nullable String operation,
        @Nullable Instant from,
        @Nullable Instant until,
        int skip,
        int count,
        @Nullable Double probability,
        boolean throttle,
        @Nullable TokenBucket bucket,
        Behaviour.@Nullable ErrorText error,
        @Nullable String drop,
        @Nullable Duration delay,
        @Nullable Duration stale) {

    /**
     * Tokens of each API of an account and region; a call takes one.
     *
     * @param capacity how many there are at first and at most; 0: as AWS publishes
     * @param perSecond how many come back each second; 0: as AWS publishes
     */
    public record TokenBucket(double capacity, double perSecond) {

        /** Whether the figures are AWS's. */
        public boolean isPublished() {
            return capacity == 0 && perSecond == 0;
        }
    }

    /** Whether it makes reads lag. */
    public boolean isLag() {
        return stale != null;
    }
}
