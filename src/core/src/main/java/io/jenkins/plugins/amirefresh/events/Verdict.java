package io.jenkins.plugins.amirefresh.events;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Duration;
import java.time.Instant;

/**
 * What was decided of a group.
 *
 * @param readAt when that was read which the decision rests on
 * @param word what follows
 * @param reason one line; the job where {@code word} is {@link Word#HANDED_OVER}
 * @param audience who is told of it
 */
public record Verdict(GroupKey group, Instant readAt, Word word, String reason, Audience audience) {

    /** How far the clocks of AWS and of a host may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** What follows. */
    public enum Word {
        /** It is brought to what it launches. */
        RECYCLED,
        /** Its tags do not ask for it. */
        IGNORED,
        /** Its tags say something that is not allowed. */
        REFUSED,
        /** Another job has it. */
        HANDED_OVER
    }

    /** Whatever a message tells of was there to be seen when this was decided. */
    public boolean covers(EventMessage eventMessage) {
        return !readAt.isBefore(eventMessage.receivedAt())
                || !readAt.isBefore(eventMessage.happenedAt().plus(SKEW));
    }
}
