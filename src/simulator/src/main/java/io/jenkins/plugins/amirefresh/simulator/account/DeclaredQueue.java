package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Duration;
import java.util.List;

/**
 * An SQS queue.
 *
 * @param name ends with {@code .fifo} when it is a FIFO queue
 * @param visibilityTimeout 30 s as in AWS when not said
 * @param events what EventBridge delivers here of the region: {@code cloudtrail} for every mutating call
 * @param deadLetterQueue the name of the queue of its redrive policy, empty for none
 * @param maxReceiveCount of its redrive policy
 */
public record DeclaredQueue(
        int line,
        String name,
        Duration visibilityTimeout,
        List<String> events,
        String deadLetterQueue,
        int maxReceiveCount) {

    public DeclaredQueue {
        visibilityTimeout = Lists.or(visibilityTimeout, Duration.ofSeconds(30));
        events = Lists.orEmpty(events);
        deadLetterQueue = Lists.or(deadLetterQueue, "");
        maxReceiveCount = maxReceiveCount == 0 ? 10 : maxReceiveCount;
    }
}
