package io.jenkins.plugins.amirefresh.simulator.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.SimulatedTime;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Sends, receives and deletes messages. Source: SQS API Reference, "SendMessage", "ReceiveMessage". */
final class Messages {

    private static final int MOST = 10;

    private final World world;
    private final SimpleQueues queues;
    private final Function<ServiceCall, Queue> queueOf;

    Messages(World world, SimpleQueues queues, Function<ServiceCall, Queue> queueOf) {
        this.world = world;
        this.queues = queues;
        this.queueOf = queueOf;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("SendMessage", call -> send(queueOf.apply(call), call.input()));
        operations.put("SendMessageBatch", this::sendBatch);
        operations.put("ReceiveMessage", this::receive);
        operations.put("DeleteMessage", this::delete);
        operations.put("DeleteMessageBatch", this::deleteBatch);
        operations.put("ChangeMessageVisibility", call -> changeVisibility(queueOf.apply(call), call.input()));
        operations.put("ChangeMessageVisibilityBatch", this::changeVisibilities);
    }

    private ObjectNode send(Queue queue, ObjectNode input) {
        MessageAttributes.check(input.path("MessageAttributes"));
        String body = input.path("MessageBody").asText();
        if (body.isEmpty()
                || body.length()
                        > queue.seconds("MaximumMessageSize", 1_048_576).toSeconds()) {
            throw AwsError.client("InvalidParameterValue", "The message must be 1 to its queue's maximum long.");
        }
        String group = input.path("MessageGroupId").asText();
        if (queue.isFifo() && group.isEmpty()) {
            throw AwsError.client("MissingParameter", "The request must contain the parameter MessageGroupId.");
        }
        String deduplication = queue.isFifo() ? deduplicationId(queue, input, body) : "";
        Instant now = world.time().now();
        Optional<Queue.Sent> before = queue.isFifo() ? queue.alreadySent(deduplication, now) : Optional.empty();
        Queue.Sent sent = before.orElseGet(() -> enqueue(queue, input, group));
        if (queue.isFifo() && before.isEmpty()) {
            queue.remember(deduplication, sent);
        }
        ObjectNode answer =
                SimpleQueues.object().put("MessageId", sent.messageId()).put("MD5OfMessageBody", md5(body));
        MessageAttributes.digest(input.path("MessageAttributes"))
                .ifPresent(digest -> answer.put("MD5OfMessageAttributes", digest));
        return queue.isFifo() ? answer.put("SequenceNumber", sent.sequenceNumber()) : answer;
    }

    private static String deduplicationId(Queue queue, ObjectNode input, String body) {
        if (input.has("MessageDeduplicationId")) {
            return input.path("MessageDeduplicationId").asText();
        }
        if (Boolean.parseBoolean(queue.attributes().getOrDefault("ContentBasedDeduplication", "false"))) {
            return md5(body);
        }
        throw AwsError.client(
                "InvalidParameterValue",
                "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided"
                        + " explicitly");
    }

    private Queue.Sent enqueue(Queue queue, ObjectNode input, String group) {
        Instant now = world.time().now();
        Duration delay = SimpleQueues.seconds(input, "DelaySeconds", queue.seconds("DelaySeconds", 0));
        String sequence = queue.isFifo() ? queue.nextSequence() : "";
        String id = world.ids().uuid();
        queue.add(new Queue.Message(id, input, group, now, now.plus(delay), sequence));
        return new Queue.Sent(id, sequence, now.plus(Queue.DEDUPLICATION));
    }

    private ObjectNode sendBatch(ServiceCall call) {
        Queue queue = queueOf.apply(call);
        ObjectNode answer = SimpleQueues.object();
        ArrayNode successful = answer.putArray("Successful");
        ArrayNode failed = answer.putArray("Failed");
        for (JsonNode entry : entries(call)) {
            String id = entry.path("Id").asText();
            try {
                successful.add(send(queue, (ObjectNode) entry).put("Id", id));
            } catch (AwsError refusal) {
                failed.add(failure(id, refusal));
            }
        }
        return answer;
    }

    private static JsonNode entries(ServiceCall call) {
        JsonNode entries = call.input().path("Entries");
        if (entries.isEmpty()) {
            throw AwsError.client("EmptyBatchRequest", "There should be at least one entry in the request.");
        }
        if (entries.size() > MOST) {
            throw AwsError.client("TooManyEntriesInBatchRequest", "Maximum number of entries per request are 10.");
        }
        return entries;
    }

    private static ObjectNode failure(String id, AwsError refusal) {
        return SimpleQueues.object()
                .put("Id", id)
                .put("SenderFault", true)
                .put("Code", refusal.code())
                .put("Message", refusal.getMessage());
    }

    /** A long poll lets simulated time pass until a message is there or the wait is over. */
    private ObjectNode receive(ServiceCall call) {
        Queue queue = queueOf.apply(call);
        ObjectNode input = call.input();
        int most = input.path("MaxNumberOfMessages").asInt(1);
        Duration wait =
                SimpleQueues.seconds(input, "WaitTimeSeconds", queue.seconds("ReceiveMessageWaitTimeSeconds", 0));
        if (most < 1 || most > MOST || wait.toSeconds() < 0 || wait.toSeconds() > 20) {
            throw AwsError.client(
                    "InvalidParameterValue", "MaxNumberOfMessages must be 1 to 10, WaitTimeSeconds 0 to 20.");
        }
        SimulatedTime time = world.time();
        Instant end = time.now().plus(wait);
        redrive(call, queue);
        List<Queue.Message> found = queue.visible(time.now(), most);
        while (found.isEmpty() && time.now().isBefore(end)) {
            Instant next = queue.nextVisible(time.now()).orElse(end);
            next = time.nextEvent().filter(next::isAfter).orElse(next);
            time.advanceTo(next.isBefore(end) ? next : end);
            found = queue.visible(time.now(), most);
        }
        Duration visibility = SimpleQueues.seconds(input, "VisibilityTimeout", queue.seconds("VisibilityTimeout", 30));
        ObjectNode answer = SimpleQueues.object();
        if (!found.isEmpty()) {
            ArrayNode messages = answer.putArray("Messages");
            found.forEach(message -> messages.add(MessageAttributes.shown(
                    give(message, visibility, attributeNames(input)), message.attributes, input)));
        }
        return answer;
    }

    /**
     * What was received too often goes to the queue of the redrive policy. Source: SQS Developer Guide, "Using dead-letter
     * queues in Amazon SQS".
     */
    private void redrive(ServiceCall call, Queue queue) {
        queue.redrivePolicy().ifPresent(policy -> {
            String arn = policy.path("deadLetterTargetArn").asText();
            int most = policy.path("maxReceiveCount").asInt();
            queues.named(call, arn.substring(arn.lastIndexOf(':') + 1))
                    .ifPresent(target ->
                            queue.takeReceived(world.time().now(), most).forEach(target::add));
        });
    }

    private static List<String> attributeNames(ObjectNode input) {
        List<String> names = new ArrayList<>();
        input.path("MessageSystemAttributeNames").forEach(name -> names.add(name.asText()));
        input.path("AttributeNames").forEach(name -> names.add(name.asText()));
        return names;
    }

    private ObjectNode give(Queue.Message message, Duration visibility, List<String> names) {
        Instant now = world.time().now();
        message.received++;
        message.visibleAt = now.plus(visibility);
        message.receipt = world.ids().uuid();
        message.firstReceived =
                message.firstReceived.isEmpty() ? Long.toString(now.toEpochMilli()) : message.firstReceived;
        ObjectNode view = SimpleQueues.object()
                .put("MessageId", message.id)
                .put("ReceiptHandle", message.receipt)
                .put("MD5OfBody", md5(message.body))
                .put("Body", message.body);
        ObjectNode attributes = SimpleQueues.object()
                .put("SentTimestamp", Long.toString(message.sentAt.toEpochMilli()))
                .put("ApproximateReceiveCount", Integer.toString(message.received))
                .put("ApproximateFirstReceiveTimestamp", message.firstReceived);
        if (!message.sequenceNumber.isEmpty()) {
            attributes.put("MessageGroupId", message.group).put("SequenceNumber", message.sequenceNumber);
        }
        if (!names.contains("All")) {
            attributes.retain(names);
        }
        if (!attributes.isEmpty()) {
            view.set("Attributes", attributes);
        }
        return view;
    }

    /** A handle that is no longer good deletes nothing and is no error. */
    private ObjectNode delete(ServiceCall call) {
        queueOf.apply(call).remove(call.input().path("ReceiptHandle").asText());
        return SimpleQueues.object();
    }

    private ObjectNode deleteBatch(ServiceCall call) {
        Queue queue = queueOf.apply(call);
        ObjectNode answer = SimpleQueues.object();
        ArrayNode successful = answer.putArray("Successful");
        answer.putArray("Failed");
        for (JsonNode entry : entries(call)) {
            queue.remove(entry.path("ReceiptHandle").asText());
            successful.addObject().put("Id", entry.path("Id").asText());
        }
        return answer;
    }

    private ObjectNode changeVisibilities(ServiceCall call) {
        Queue queue = queueOf.apply(call);
        ObjectNode answer = SimpleQueues.object();
        ArrayNode successful = answer.putArray("Successful");
        ArrayNode failed = answer.putArray("Failed");
        for (JsonNode entry : entries(call)) {
            String id = entry.path("Id").asText();
            try {
                changeVisibility(queue, entry);
                successful.addObject().put("Id", id);
            } catch (AwsError refusal) {
                failed.add(failure(id, refusal));
            }
        }
        return answer;
    }

    private ObjectNode changeVisibility(Queue queue, JsonNode input) {
        int seconds = input.path("VisibilityTimeout").asInt();
        if (seconds < 0 || seconds > 43_200) {
            throw AwsError.client("InvalidParameterValue", "VisibilityTimeout must be 0 to 43200.");
        }
        Queue.Message message = queue.received(input.path("ReceiptHandle").asText())
                .orElseThrow(() -> AwsError.client("ReceiptHandleIsInvalid", "The input receipt handle is invalid."));
        Instant now = world.time().now();
        if (!now.isBefore(message.visibleAt)) {
            throw AwsError.client("MessageNotInflight", "The message referred to isn't in flight.");
        }
        message.visibleAt = now.plusSeconds(seconds);
        return SimpleQueues.object();
    }

    private static String md5(String text) {
        return md5(text.getBytes(StandardCharsets.UTF_8));
    }

    static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
