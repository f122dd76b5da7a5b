package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Run Command of Systems Manager. */
public interface Commands {

    /** Instances that one call can be sent to. */
    int MOST_INSTANCES = 50;

    /**
     * Sends a command to up to {@link #MOST_INSTANCES} instances. Permission: {@code ssm:SendCommand}. AWS has no client
     * token for it: whoever repeats the call sends the command again.
     *
     * @param delivery how long AWS tries to hand it over, 30 s or more
     * @return the command's id; empty when AWS says that one of the instances is not managed, so that it went to none
     * @throws CloudException.InvalidRequest for a document that does not exist or does not take the parameters
     */
    Optional<String> send(
            String document,
            Map<String, List<String>> parameters,
            List<InstanceId> instances,
            String comment,
            Duration delivery);

    /**
     * How a command goes on one instance; empty when AWS does not know of it there, which is also so in the first moments.
     * Permission: {@code ssm:GetCommandInvocation}.
     */
    Optional<Invocation> invocation(String commandId, InstanceId instance);

    /**
     * A command on an instance.
     *
     * @param statusDetails AWS's word, as it came
     * @param responseCode of the last plugin, -1 while there is none
     * @param output the first 24,000 characters of standard output
     * @param error the first 8,000 characters of standard error
     */
    record Invocation(Status status, String statusDetails, int responseCode, String output, String error) {}

    /** How far it is. Source: Systems Manager API Reference, "GetCommandInvocation". */
    enum Status {
        /** It has not reached the instance. */
        PENDING,
        /** It runs. */
        IN_PROGRESS,
        /** It ended by itself, well or not. */
        ENDED,
        /** It was not handed over, or not to anything that could run it. */
        UNDELIVERED,
        /** It was stopped before its end: its time was over, or somebody cancelled it. */
        STOPPED
    }
}
