package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes calls with a client token safe to repeat: the same token and parameters give the first call's outcome, other
 * parameters a refusal. Source: EC2 Developer Guide, "Ensuring idempotency in Amazon EC2 API requests".
 */
public final class ClientTokens<R> {

    private final Map<String, Remembered<R>> remembered = new HashMap<>();

    /**
     * Runs {@code effect} unless a call with the request's ClientToken already did.
     *
     * @throws AwsError IdempotentParameterMismatch when the token came with other parameters
     */
    public R once(Input request, Supplier<R> effect) {
        var token = request.text("ClientToken").filter(text -> !text.isEmpty());
        if (token.isEmpty()) {
            return effect.get();
        }
        Remembered<R> earlier = remembered.get(token.get());
        if (earlier != null) {
            if (!earlier.request().equals(request.node())) {
                throw Errors.tokenReused();
            }
            return earlier.outcome();
        }
        R outcome = effect.get();
        remembered.put(token.get(), new Remembered<>(request.node().deepCopy(), outcome));
        return outcome;
    }

    private record Remembered<R>(ObjectNode request, R outcome) {}
}
