package io.jenkins.plugins.amirefresh.powercycle;

import io.jenkins.plugins.amirefresh.model.Capacity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a resource, and why.
 *
 * @param outcome what its row says when nothing is done
 * @param reason one line for people
 * @param hibernates it keeps its memory when it stops
 * @param instanceType that an instance is to have when it runs, empty for the one it has
 * @param tag what a group says of itself while it is asleep; null for an instance
 * @param to the capacity that a group gets
 * @param size when the size that a group takes was to be taken; null for none
 * @param after names of what has to run before it does
 * @param until when its schedule changes its mind next
 */
public record PowerDecision(
        PowerMove move,
        PowerOutcome outcome,
        String reason,
        boolean hibernates,
        String instanceType,
        @Nullable SleepTag tag,
        @Nullable Capacity to,
        @Nullable Instant size,
        List<String> after,
        Instant until) {

    /** Copies the list. */
    public PowerDecision {
        after = List.copyOf(after);
    }

    /** Nothing is done. */
    static PowerDecision none(PowerOutcome outcome, String reason) {
        return new PowerDecision(PowerMove.NONE, outcome, reason, false, "", null, null, null, List.of(), Instant.MAX);
    }

    /** Something is. */
    static PowerDecision of(PowerMove move, PowerOutcome outcome, String reason) {
        return new PowerDecision(move, outcome, reason, false, "", null, null, null, List.of(), Instant.MAX);
    }

    PowerDecision hibernating(boolean hibernate) {
        return new PowerDecision(
                move,
                hibernate ? PowerOutcome.HIBERNATED : outcome,
                reason,
                hibernate,
                instanceType,
                tag,
                to,
                size,
                after,
                until);
    }

    PowerDecision as(String type) {
        return new PowerDecision(move, outcome, reason, hibernates, type, tag, to, size, after, until);
    }

    PowerDecision with(@Nullable SleepTag newTag, @Nullable Capacity capacity) {
        return new PowerDecision(move, outcome, reason, hibernates, instanceType, newTag, capacity, size, after, until);
    }

    PowerDecision sized(Instant at) {
        return new PowerDecision(move, outcome, reason, hibernates, instanceType, tag, to, at, after, until);
    }

    PowerDecision after(List<String> names, Instant changes) {
        return new PowerDecision(move, outcome, reason, hibernates, instanceType, tag, to, size, names, changes);
    }
}
