package io.jenkins.plugins.amirefresh.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of a queue, from its receipt until it is deleted or left to others.
 *
 * @param id the same each time it is received
 * @param queue the number of the queue that it came from
 * @param receipt what deletes it, another one each time it is received
 * @param receivedAt when it came first
 * @param event what it says, null when it is of no use
 * @param groups whom it is about, null before they were looked up
 * @param reason why it is of no use, or left to others; empty otherwise
 * @param body as it came, null when it is known whom it is about
 * @param heldUntil so long it was hidden from others since it was received, null when it was not; nothing in the state files
 *     of older versions
 */
public record EventMessage(
        String id,
        int queue,
        String receipt,
        Instant sentAt,
        Instant receivedAt,
        @Nullable ChangeEvent event,
        @Nullable List<GroupKey> groups,
        Fate fate,
        String reason,
        @Nullable String body,
        @Nullable Instant heldUntil) {

    /** What becomes of it. */
    public enum Fate {
        /** Its groups are not decided upon yet. */
        OPEN,
        /** Everything that it asks for is on record: it may be deleted. */
        SETTLED,
        /** Nobody can read it: it is to be moved where somebody looks at it. */
        POISON,
        /** It stays in the queue, for the next one who reads that. */
        LEFT,
        /** It is deleted. */
        GONE
    }

    /** Copies the groups. */
    public EventMessage {
        groups = groups == null ? null : List.copyOf(groups);
    }

    /** When that was done which it tells of. */
    @JsonIgnore
    public Instant happenedAt() {
        return event == null || event.at() == null ? sentAt : event.at();
    }

    /** It stays hidden for longer than that from now on. */
    public boolean isHeld(Instant now, Duration longer) {
        return heldUntil != null && now.isBefore(heldUntil.minus(longer));
    }

    /** For people: what it tells of. */
    @JsonIgnore
    public String text() {
        return event == null ? "message " + id : event.text();
    }

    /** Whom it is about, as far as that is known. */
    @JsonIgnore
    public List<GroupKey> about() {
        return groups == null ? List.of() : groups;
    }

    /** The same about these groups. */
    public EventMessage about(List<GroupKey> found) {
        return new EventMessage(id, queue, receipt, sentAt, receivedAt, event, found, fate, reason, null, heldUntil);
    }

    /** The same, received once more. */
    public EventMessage again(String newReceipt) {
        return new EventMessage(id, queue, newReceipt, sentAt, receivedAt, event, groups, fate, reason, body, null);
    }

    /** The same with another fate. */
    public EventMessage with(Fate newFate, String why) {
        return new EventMessage(id, queue, receipt, sentAt, receivedAt, event, groups, newFate, why, body, heldUntil);
    }

    /** The same, hidden until then. */
    public EventMessage held(Instant until) {
        return new EventMessage(id, queue, receipt, sentAt, receivedAt, event, groups, fate, reason, body, until);
    }

    /** What has to be remembered of one that is deleted. */
    public EventMessage gone() {
        return new EventMessage(id, queue, receipt, sentAt, receivedAt, null, null, Fate.GONE, "", null, null);
    }
}
