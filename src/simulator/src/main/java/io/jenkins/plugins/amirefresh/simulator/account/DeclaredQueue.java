package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Duration;
import java.util.List;

/**
 * An SQS queue.
 *
 * @param name ends with {@code .fifo} when it is a FIFO queue
 * @param visibilityTimeout 30 s as in AWS when not said
 * @param events what EventBridge delivers here of the region: {@code cloudtrail} for every mutating call
 */
public record DeclaredQueue(int line, String name, Duration visibilityTimeout, List<String> events) {

    public DeclaredQueue {
        visibilityTimeout = Lists.or(visibilityTimeout, Duration.ofSeconds(30));
        events = Lists.orEmpty(events);
    }
}
