package io.jenkins.plugins.amirefresh.simulator.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One queue. Source: SQS Developer Guide, "Amazon SQS visibility timeout", "FIFO queue delivery logic", "Exactly-once
 * processing": a deduplication id counts for five minutes; while a message of a group is in flight, no other of the group
 * is given.
 */
final class Queue {

    static final Duration DEDUPLICATION = Duration.ofMinutes(5);

    private final String name;
    private final Instant created;
    private final Map<String, String> attributes = new TreeMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private Instant modified;
    private long sequence;

    Queue(String name, Instant created) {
        this.name = name;
        this.created = created;
        this.modified = created;
    }

    /** A message that waits or is in flight. */
    static final class Message {
        final String id;
        final String body;
        final ObjectNode attributes;
        final String group;
        final Instant sentAt;
        final String sequenceNumber;
        Instant visibleAt;
        String receipt = "";
        int received;
        String firstReceived = "";

        Message(String id, ObjectNode request, String group, Instant sentAt, Instant visibleAt, String sequence) {
            this.id = id;
            this.body = request.path("MessageBody").asText();
            this.attributes = request.withObject("/MessageAttributes").deepCopy();
            this.group = group;
            this.sentAt = sentAt;
            this.visibleAt = visibleAt;
            this.sequenceNumber = sequence;
        }
    }

    /** What a send was answered, for its repetition. */
    record Sent(String messageId, String sequenceNumber, Instant until) {}

    String name() {
        return name;
    }

    Instant created() {
        return created;
    }

    Instant modified() {
        return modified;
    }

    void modifiedAt(Instant now) {
        modified = now;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    boolean isFifo() {
        return name.endsWith(".fifo");
    }

    Duration seconds(String attribute, long otherwise) {
        return Duration.ofSeconds(Long.parseLong(attributes.getOrDefault(attribute, Long.toString(otherwise))));
    }

    String nextSequence() {
        return "%020d".formatted(++sequence);
    }

    Optional<Sent> alreadySent(String deduplicationId, Instant now) {
        return Optional.ofNullable(sent.get(deduplicationId)).filter(before -> now.isBefore(before.until()));
    }

    void remember(String deduplicationId, Sent outcome) {
        sent.put(deduplicationId, outcome);
    }

    void add(Message message) {
        messages.add(message);
    }

    /** Where what is received too often goes; empty without. */
    Optional<JsonNode> redrivePolicy() {
        String policy = attributes.getOrDefault("RedrivePolicy", "");
        return policy.isEmpty() ? Optional.empty() : Optional.of(Redrive.parsed(policy));
    }

    /** Takes out what is visible and was received as often as it may be; it keeps the time when it was sent. */
    List<Message> takeReceived(Instant now, int most) {
        List<Message> taken = messages.stream()
                .filter(message -> message.received >= most && !now.isBefore(message.visibleAt))
                .toList();
        messages.removeAll(taken);
        return taken;
    }

    /** Up to {@code most} messages that are visible now, oldest first. */
    List<Message> visible(Instant now, int most) {
        expire(now);
        Set<String> blocked = new HashSet<>();
        if (isFifo()) {
            messages.stream()
                    .filter(message -> message.received > 0 && now.isBefore(message.visibleAt))
                    .forEach(message -> blocked.add(message.group));
        }
        List<Message> found = new ArrayList<>();
        for (Message message : messages) {
            boolean waits = now.isBefore(message.visibleAt) || blocked.contains(message.group);
            if (waits && isFifo()) {
                blocked.add(message.group);
            } else if (!waits && found.size() < most) {
                found.add(message);
            }
        }
        return found;
    }

    private void expire(Instant now) {
        Duration retention = seconds("MessageRetentionPeriod", 345_600);
        messages.removeIf(message -> !now.isBefore(message.sentAt.plus(retention)));
    }

    /** The message of a receipt handle; an older handle of it does no more. */
    Optional<Message> received(String receipt) {
        return messages.stream()
                .filter(message -> message.receipt.equals(receipt) && !receipt.isEmpty())
                .findFirst();
    }

    boolean remove(String receipt) {
        for (Iterator<Message> each = messages.iterator(); each.hasNext(); ) {
            Message message = each.next();
            if (message.receipt.equals(receipt)) {
                each.remove();
                return true;
            }
        }
        return false;
    }

    void purge() {
        messages.clear();
    }

    /** How many can be received now. */
    int waiting(Instant now) {
        expire(now);
        return (int) messages.stream()
                .filter(message -> !now.isBefore(message.visibleAt))
                .count();
    }

    /** How many were received and are hidden. */
    int inFlight(Instant now) {
        expire(now);
        return (int) messages.stream()
                .filter(message -> now.isBefore(message.visibleAt) && message.received > 0)
                .count();
    }

    /** How many are not to be seen yet. */
    int delayed(Instant now) {
        return messages.size() - waiting(now) - inFlight(now);
    }

    /** When a message becomes visible next, empty when none will by itself. */
    Optional<Instant> nextVisible(Instant now) {
        return messages.stream()
                .map(message -> message.visibleAt)
                .filter(moment -> moment.isAfter(now))
                .min(Instant::compareTo);
    }
}
