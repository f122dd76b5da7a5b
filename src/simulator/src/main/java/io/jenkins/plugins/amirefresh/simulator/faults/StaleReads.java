package io.jenkins.plugins.amirefresh.simulator.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What reads were answered last, for reads that lag. Source: EC2 Developer Guide, "Eventual consistency in the Amazon EC2
 * API": the result of a command may not be visible at once to those that follow.
 */
public final class StaleReads {

    private final Map<String, Answer> answers = new HashMap<>();

    private record Answer(Instant at, ObjectNode output) {}

    /** Notes a fresh answer. */
    public void remember(ServiceCall call, Instant now, ObjectNode output) {
        answers.put(key(call), new Answer(now, output.deepCopy()));
    }

    /** What the same call was answered at most {@code lag} ago, empty when it was not asked since. */
    public Optional<ObjectNode> recall(ServiceCall call, Instant now, Duration lag) {
        return Optional.ofNullable(answers.get(key(call)))
                .filter(answer -> !answer.at().isBefore(now.minus(lag)))
                .map(answer -> answer.output().deepCopy());
    }

    private static String key(ServiceCall call) {
        return call.caller().at() + " " + call.service() + " " + call.operation() + " " + call.input();
    }
}
