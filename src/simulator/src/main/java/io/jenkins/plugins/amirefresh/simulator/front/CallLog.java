package io.jenkins.plugins.amirefresh.simulator.front;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every API call that reached a service, whether it was answered or refused. */
public final class CallLog {

    private final List<Call> calls = new ArrayList<>();

    void append(Call call) {
        calls.add(call);
    }

    /** Oldest first; a view that grows. */
    public List<Call> calls() {
        return Collections.unmodifiableList(calls);
    }

    /**
     * One call.
     *
     * @param at simulated time
     * @param service the model's name
     * @param mutating false for what only reads: Describe, Get, List
     * @param caller the principal's ARN
     * @param errorCode AWS's code when it was refused, {@code ConnectionDropped} when the caller got no answer, else
     *     empty
     */
    public record Call(
            Instant at,
            String account,
            String region,
            String service,
            String operation,
            String requestId,
            String caller,
            boolean mutating,
            String errorCode) {

        /** As {@code calls.json} holds it. */
        public ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("at", at.toString())
                    .put("account", account)
                    .put("region", region)
                    .put("service", service)
                    .put("operation", operation)
                    .put("requestId", requestId)
                    .put("caller", caller)
                    .put("mutating", mutating);
            return errorCode.isEmpty() ? json : json.put("errorCode", errorCode);
        }
    }
}
