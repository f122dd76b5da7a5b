package io.jenkins.plugins.amirefresh.simulator.front;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.Happening;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a call to its service and writes it down.
 *
 * <p>Thread: confined to the thread that holds the simulator's lock.
 */
public final class Dispatcher {

    private final World world;
    private final CallLog calls;
    private final Map<String, AwsService> services = new LinkedHashMap<>();

    /** A dispatcher to these services. */
    public Dispatcher(World world, List<AwsService> services, CallLog calls) {
        this.world = world;
        this.calls = calls;
        services.forEach(service -> this.services.put(service.name(), service));
    }

    /**
     * One call by the model's names.
     *
     * @throws AwsError as AWS would refuse, or {@code InvalidAction} for what is not simulated
     */
    public ObjectNode call(String service, String operation, ObjectNode input, Caller caller) {
        String requestId = world.ids().uuid();
        try {
            ObjectNode output =
                    find(service, operation).answer(new ServiceCall(service, operation, input, caller, requestId));
            note(service, operation, caller, requestId, null);
            return output;
        } catch (AwsError refusal) {
            note(service, operation, caller, requestId, refusal.code());
            throw refusal;
        }
    }

    /** Somebody else's call, at its moment; a refusal is only written down. */
    public void happen(Happening happening) {
        var caller = new Caller(
                happening.account(),
                happening.region(),
                "arn:aws:iam::" + happening.account() + ":user/" + happening.by(),
                "");
        ObjectNode input = happening.input() instanceof ObjectNode given
                ? given.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        try {
            call(happening.service(), happening.operation(), input, caller);
        } catch (AwsError refusal) {
            world.events()
                    .append(
                            caller.at(),
                            happening.operation(),
                            "by " + happening.by() + " refused: " + refusal.code() + ": " + refusal.getMessage());
        }
    }

    private Operation find(String service, String operation) {
        return Optional.ofNullable(services.get(service))
                .map(found -> found.operations().get(operation))
                .orElseThrow(() -> AwsError.client(
                        "InvalidAction", "The simulator does not implement " + operation + " of " + service + "."));
    }

    private void note(String service, String operation, Caller caller, String requestId, @Nullable String errorCode) {
        boolean reads = operation.startsWith("Describe") || operation.startsWith("Get") || operation.startsWith("List");
        calls.append(new CallLog.Call(
                world.time().now(),
                caller.accountId(),
                caller.region(),
                service,
                operation,
                requestId,
                !reads,
                errorCode));
    }
}
