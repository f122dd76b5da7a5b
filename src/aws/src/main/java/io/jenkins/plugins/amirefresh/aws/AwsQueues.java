package io.jenkins.plugins.amirefresh.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.amirefresh.cloud.Queues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Queues over the AWS SDK. */
final class AwsQueues implements Queues {

    /** Of one call. Source: SQS API Reference, "ReceiveMessage", "DeleteMessageBatch". */
    private static final int MOST = 10;

    /** Its queue is of the same account and region. Source: SQS API Reference, "SetQueueAttributes", RedrivePolicy. */
    private static final Pattern REDRIVE_TARGET =
            Pattern.compile("\"deadLetterTargetArn\"\\s*:\\s*\"[^\"]*:([^\":]+)\"");

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsQueues(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public String address(String name) {
        return Pages.text(
                calls.call("GetQueueUrl", name, () -> clients.queues().getQueueUrl(request -> request.queueName(name)))
                        .queueUrl());
    }

    @Override
    public Optional<String> deadLetterQueue(String address) {
        String policy = calls.call("GetQueueAttributes", address, () -> clients.queues()
                        .getQueueAttributes(
                                request -> request.queueUrl(address).attributeNames(QueueAttributeName.REDRIVE_POLICY)))
                .attributes()
                .getOrDefault(QueueAttributeName.REDRIVE_POLICY, "");
        Matcher target = REDRIVE_TARGET.matcher(policy);
        return target.find() ? Optional.of(address(target.group(1))) : Optional.empty();
    }

    @Override
    public List<Message> receive(String address, Duration hiddenFor) {
        return calls
                .call("ReceiveMessage", address, () -> clients.queues()
                        .receiveMessage(request -> request.queueUrl(address)
                                .maxNumberOfMessages(MOST)
                                .waitTimeSeconds(1)
                                .visibilityTimeout((int) hiddenFor.toSeconds())
                                .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP)))
                .messages()
                .stream()
                .map(message -> new Message(
                        Pages.text(message.messageId()),
                        Pages.text(message.receiptHandle()),
                        Instant.ofEpochMilli(Long.parseLong(
                                message.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0"))),
                        Pages.text(message.body())))
                .toList();
    }

    @Override
    public void delete(String address, Collection<Message> messages) {
        for (List<Message> some : batches(messages)) {
            List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
            for (Message message : some) {
                entries.add(DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(message.receipt())
                        .build());
            }
            calls.call("DeleteMessageBatch", address, () -> clients.queues()
                    .deleteMessageBatch(request -> request.queueUrl(address).entries(entries)));
        }
    }

    @Override
    public void hide(String address, Collection<Message> messages, Duration time) {
        for (List<Message> some : batches(messages)) {
            List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
            for (Message message : some) {
                entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(message.receipt())
                        .visibilityTimeout((int) time.toSeconds())
                        .build());
            }
            calls.call("ChangeMessageVisibilityBatch", address, () -> clients.queues()
                    .changeMessageVisibilityBatch(
                            request -> request.queueUrl(address).entries(entries)));
        }
    }

    private static List<List<Message>> batches(Collection<Message> messages) {
        List<Message> all = List.copyOf(messages);
        List<List<Message>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            batches.add(all.subList(from, Math.min(all.size(), from + MOST)));
        }
        return batches;
    }

    @Override
    public void send(String address, String body, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new HashMap<>();
        attributes.forEach((name, value) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        boolean isFifo = address.endsWith(".fifo");
        String once = UUID.nameUUIDFromBytes((address + attributes.get("MessageId") + body).getBytes(UTF_8))
                .toString();
        calls.call("SendMessage", address, () -> clients.queues().sendMessage(request -> request.queueUrl(address)
                .messageBody(body)
                .messageAttributes(values)
                .messageGroupId(isFifo ? "ami-refresh" : null)
                .messageDeduplicationId(isFifo ? once : null)));
    }
}
