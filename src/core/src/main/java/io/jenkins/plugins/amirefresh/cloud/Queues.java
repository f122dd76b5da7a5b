package io.jenkins.plugins.amirefresh.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Queues of Amazon SQS. A message comes at least once, and again when its time is over and it was not deleted. */
public interface Queues {

    /**
     * The address of a queue of this account and region. Permission: {@code sqs:GetQueueUrl}.
     *
     * @throws CloudException.NotFound when there is no such queue
     */
    String address(String name);

    /**
     * The address of the queue that takes what this one could not get rid of; empty when it has none. Permission: {@code
     * sqs:GetQueueAttributes}, {@code sqs:GetQueueUrl}.
     */
    Optional<String> deadLetterQueue(String address);

    /**
     * Up to ten messages; none when there are none. Waits a second for some, so that every server of the queue is asked.
     * Permission: {@code sqs:ReceiveMessage}.
     *
     * @param hiddenFor how long nobody else gets them
     */
    List<Message> receive(String address, Duration hiddenFor);

    /** Deletes messages; one that is gone already is no error. Permission: {@code sqs:DeleteMessage}. */
    void delete(String address, Collection<Message> messages);

    /**
     * Lets nobody have messages for a time from now on; zero lets others have them at once. One that is gone is no error.
     * Permission: {@code sqs:ChangeMessageVisibility}.
     */
    void hide(String address, Collection<Message> messages, Duration time);

    /** Sends a message. May be sent twice. Permission: {@code sqs:SendMessage}. */
    void send(String address, String body, Map<String, String> attributes);

    /**
     * A message as it was received.
     *
     * @param id the same each time it is received
     * @param receipt another one each time; the last one counts
     */
    record Message(String id, String receipt, Instant sentAt, String body) {}
}
