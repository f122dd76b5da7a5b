package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.cloud.Queues;
import io.jenkins.plugins.amirefresh.events.EventMessage;
import io.jenkins.plugins.amirefresh.events.EventMessage.Fate;
import io.jenkins.plugins.amirefresh.events.EventReader;
import io.jenkins.plugins.amirefresh.events.Reading;
import io.jenkins.plugins.amirefresh.events.RecycleTags;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads messages of a queue, for the step and for the trigger. */
final class MessageReader {

    private final EventReader reader;

    /** @param tagNames configured name by standard name */
    MessageReader(Map<String, String> tagNames) {
        reader = new EventReader(RecycleTags.configured(tagNames));
    }

    /** A message that was received: open, of no use with the reason, or a change of our own, settled without a word. */
    EventMessage read(int queue, Queues.Message message, Instant now) {
        Reading reading = reader.read(message.body());
        if (reading instanceof Reading.Change change) {
            return new EventMessage(
                    message.id(),
                    queue,
                    message.receipt(),
                    message.sentAt(),
                    now,
                    change.event(),
                    null,
                    Fate.OPEN,
                    "",
                    message.body(),
                    null);
        }
        if (reading instanceof Reading.Poison poison) {
            return useless(queue, message, now, Fate.POISON, poison.reason(), message.body());
        }
        if (reading instanceof Reading.Ignored ignored) {
            return useless(queue, message, now, Fate.SETTLED, ignored.isOwn() ? "" : ignored.reason(), null);
        }
        throw new AssertionError(reading);
    }

    private static EventMessage useless(
            int queue, Queues.Message message, Instant now, Fate fate, String reason, @Nullable String body) {
        return new EventMessage(
                message.id(), queue, message.receipt(), message.sentAt(), now, null, null, fate, reason, body, null);
    }

    /** What stands beside a message in the queue of those that nobody can read. */
    static Map<String, String> attributes(EventMessage eventMessage, String queue) {
        return Map.of("Reason", eventMessage.reason(), "MessageId", eventMessage.id(), "Queue", queue);
    }

    /** As a queue knows it. */
    static Queues.Message message(EventMessage eventMessage) {
        return new Queues.Message(eventMessage.id(), eventMessage.receipt(), eventMessage.sentAt(), "");
    }
}
