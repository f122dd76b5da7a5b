package io.jenkins.plugins.amirefresh.simulator.front;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredFault;
import io.jenkins.plugins.amirefresh.simulator.account.Happening;
import io.jenkins.plugins.amirefresh.simulator.faults.ConnectionDropped;
import io.jenkins.plugins.amirefresh.simulator.faults.Faults;
import io.jenkins.plugins.amirefresh.simulator.faults.StaleReads;
import io.jenkins.plugins.amirefresh.simulator.iam.Permissions;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import io.jenkins.plugins.amirefresh.simulator.wire.Checks;
import io.jenkins.plugins.amirefresh.simulator.wire.ServiceModel;
import io.jenkins.plugins.amirefresh.simulator.wire.Wire;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a call to its service, past the declared faults and the model's checks, and writes it down.
 *
 * <p>Thread: confined to the thread that holds the simulator's lock.
 */
public final class Dispatcher {

    private final World world;
    private final Wire wire;
    private final Faults faults;
    private final CallLog calls;
    private final Witness witness;
    private final StaleReads staleReads = new StaleReads();
    private final Permissions permissions;
    private final Map<String, AwsService> services = new LinkedHashMap<>();

    /** A dispatcher to these services. */
    public Dispatcher(
            World world,
            List<AwsService> services,
            Wire wire,
            Faults faults,
            Permissions permissions,
            CallLog calls,
            Witness witness) {
        this.world = world;
        this.wire = wire;
        this.faults = faults;
        this.calls = calls;
        this.witness = witness;
        this.permissions = permissions;
        services.forEach(service -> this.services.put(service.name(), service));
    }

    /**
     * One call by the model's names.
     *
     * @throws AwsError as AWS would refuse, or {@code InvalidAction} for what is not simulated
     * @throws ConnectionDropped when a declared fault cuts the caller off
     * @throws IllegalStateException when the service's answer is not what the model allows
     */
    public ObjectNode call(String service, String operation, ObjectNode input, Caller caller) {
        ServiceModel model = wire.model(service)
                .orElseThrow(() -> AwsError.client("UnknownService", "The simulator has no service " + service + "."));
        return call(
                model,
                new ServiceCall(service, operation, input, caller, world.ids().requestId()));
    }

    /**
     * What does an operation that AWS has.
     *
     * @throws AwsError {@code InvalidAction} naming it when the simulator has nobody for it
     */
    Operation implementation(ServiceModel model, String operation) {
        Checks.exists(model, operation);
        return Optional.ofNullable(services.get(model.name()))
                .map(found -> found.operations().get(operation))
                .orElseThrow(() -> AwsError.client(
                        "InvalidAction",
                        "The simulator does not implement " + operation + " of " + model.name() + "."));
    }

    ObjectNode call(ServiceModel model, ServiceCall call) {
        Optional<DeclaredFault> fault = faults.strike(call, world.time().now());
        String failure = "";
        try {
            fault.ifPresent(declared -> before(declared, model, call));
            ObjectNode output = lagging(fault, call).orElseGet(() -> fresh(model, call));
            fault.ifPresent(declared -> after(declared, call));
            return output;
        } catch (AwsError refusal) {
            failure = refusal.code();
            throw refusal;
        } catch (ConnectionDropped dropped) {
            failure = "ConnectionDropped";
            throw dropped;
        } finally {
            note(call, failure);
        }
    }

    private Optional<ObjectNode> lagging(Optional<DeclaredFault> fault, ServiceCall call) {
        Instant now = world.time().now();
        return fault.map(DeclaredFault::stale).flatMap(lag -> staleReads.recall(call, now, lag));
    }

    private ObjectNode fresh(ServiceModel model, ServiceCall call) {
        ObjectNode output = answer(model, call);
        if (faults.anyLag() && reads(call) && !call.service().equals("sts")) {
            staleReads.remember(call, world.time().now(), output);
        }
        return output;
    }

    private static final String DROPPED = "connection reset by the simulator during ";

    private void before(DeclaredFault fault, ServiceModel model, ServiceCall call) {
        if (fault.delay() != null) {
            world.time().advanceTo(world.time().now().plus(fault.delay()));
        }
        if (fault.throttle() || fault.bucket() != null) {
            throw Checks.throttled(model);
        }
        if (fault.error() != null) {
            throw new AwsError(
                    fault.error().code(), fault.error().status(), fault.error().message());
        }
        if ("before".equals(fault.drop())) {
            throw new ConnectionDropped(DROPPED + call.operation());
        }
    }

    private static void after(DeclaredFault fault, ServiceCall call) {
        if ("after".equals(fault.drop())) {
            throw new ConnectionDropped(DROPPED + call.operation());
        }
    }

    private ObjectNode answer(ServiceModel model, ServiceCall call) {
        Operation implementation = implementation(model, call.operation());
        Checks.input(model, call.operation(), call.input());
        permissions.check(call);
        if (call.input().path("DryRun").asBoolean()) {
            throw new AwsError("DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.");
        }
        ObjectNode output = implementation.answer(call);
        Checks.output(model, call.operation(), output);
        return output;
    }

    /** Hears of every mutating call, answered or refused. */
    @FunctionalInterface
    public interface Witness {
        /** A call ended; the code is empty when it was answered. */
        void note(ServiceCall call, String errorCode);
    }

    /**
     * Somebody else's call, at its moment; faults meet it like any call.
     *
     * @return why it was refused, empty when it was done
     */
    public Optional<String> happen(Happening happening) {
        var caller = new Caller(
                happening.account(),
                happening.region(),
                "arn:aws:iam::" + happening.account() + ":user/" + happening.by(),
                "");
        ObjectNode input = happening.input() instanceof ObjectNode given
                ? given.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        Optional<String> refused = Optional.empty();
        try {
            call(happening.service(), happening.operation(), input, caller);
        } catch (AwsError refusal) {
            refused = Optional.of("refused: " + refusal.code() + ": " + refusal.getMessage());
        } catch (ConnectionDropped dropped) {
            refused = Optional.of(String.valueOf(dropped.getMessage()));
        }
        world.events()
                .append(caller.at(), happening.operation(), "by " + happening.by() + " " + refused.orElse("done"));
        return refused;
    }

    /** CloudTrail counts every STS call as read-only. */
    private static boolean reads(ServiceCall call) {
        String operation = call.operation();
        return call.service().equals("sts")
                || operation.startsWith("Describe")
                || operation.startsWith("Get")
                || operation.startsWith("BatchGet")
                || operation.startsWith("List");
    }

    private void note(ServiceCall call, String failure) {
        String operation = call.operation();
        boolean reads = reads(call);
        calls.append(new CallLog.Call(
                world.time().now(),
                call.caller().accountId(),
                call.caller().region(),
                call.service(),
                operation,
                call.requestId(),
                call.caller().arn(),
                !reads,
                failure));
        if (!reads && !operation.startsWith("Receive")) {
            witness.note(call, failure);
        }
    }
}
