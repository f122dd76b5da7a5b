package io.jenkins.plugins.amirefresh.simulator.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviour.CommandOutcome;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Run Command: what a machine answers is declared, otherwise it succeeds and says nothing. Source: Systems Manager API
 * Reference, "SendCommand", "GetCommandInvocation"; User Guide, "Understanding command statuses".
 */
final class Commands {

    private static final List<String> DOCUMENTS = List.of("AWS-RunShellScript", "AWS-RunPowerShellScript");
    private static final Duration UNDECLARED = Duration.ofSeconds(2);

    private final World world;
    private final Machines machines;
    private final Map<AccountRegion, Map<String, Map<String, Invocation>>> commands = new HashMap<>();

    Commands(World world, Machines machines) {
        this.world = world;
        this.machines = machines;
    }

    private static final class Invocation {
        private final ObjectNode request;
        private final String commandId;
        private final String instanceId;
        private final Instant requested;
        private String status = "Pending";
        private String details = "Pending";
        private int exitCode = -1;
        private String output = "";
        private String error = "";
        private @Nullable Instant ended;

        Invocation(ObjectNode request, String commandId, String instanceId, Instant requested) {
            this.request = request;
            this.commandId = commandId;
            this.instanceId = instanceId;
            this.requested = requested;
        }
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("SendCommand", this::send);
        operations.put("GetCommandInvocation", this::get);
        operations.put("ListCommandInvocations", this::list);
        operations.put("CancelCommand", this::cancel);
    }

    private ObjectNode send(ServiceCall call) {
        AccountRegion at = call.caller().at();
        ObjectNode input = call.input();
        String document = input.path("DocumentName").asText();
        if (!DOCUMENTS.contains(document)) {
            throw AwsError.client("InvalidDocument", "Document with name " + document + " does not exist.");
        }
        List<String> ids = input.has("Targets") ? targets(at, input) : named(at, input);
        String commandId = world.ids().uuid();
        Map<String, Invocation> invocations = new LinkedHashMap<>();
        for (String id : ids) {
            Invocation invocation =
                    new Invocation(input.deepCopy(), commandId, id, world.time().now());
            invocations.put(id, invocation);
            run(at, invocation, String.join("\n", Json.texts(input.path("Parameters"), "commands")));
        }
        commands.computeIfAbsent(at, place -> new HashMap<>()).put(commandId, invocations);
        world.events().append(at, commandId, "command sent to " + ids);
        ObjectNode answer = Json.object();
        answer.set("Command", command(commandId, input, ids));
        return answer;
    }

    private List<String> named(AccountRegion at, ObjectNode input) {
        List<String> ids = Json.texts(input, "InstanceIds");
        boolean reachable = ids.stream().allMatch(id -> machines.isManaged(at, id));
        if (ids.isEmpty() || !reachable) {
            throw AwsError.client(
                    "InvalidInstanceId", "Instances " + ids + " not in a valid state for account " + at.accountId());
        }
        return ids;
    }

    /** Those that every target names and the agent reaches; none is no error. Source: API Reference, "Target". */
    private List<String> targets(AccountRegion at, ObjectNode input) {
        if (!Json.texts(input, "InstanceIds").isEmpty()) {
            throw AwsError.client("InvalidParameters", "Specify InstanceIds or Targets, not both.");
        }
        Set<String> ids = new TreeSet<>();
        boolean first = true;
        for (JsonNode target : input.path("Targets")) {
            List<String> found = target(at, target.path("Key").asText(), Json.texts(target, "Values"));
            if (first) {
                ids.addAll(found);
            } else {
                ids.retainAll(found);
            }
            first = false;
        }
        return ids.stream().filter(id -> machines.isManaged(at, id)).toList();
    }

    private List<String> target(AccountRegion at, String key, List<String> values) {
        if (key.equals("InstanceIds")) {
            return values;
        }
        if (key.startsWith("tag:")) {
            return machines.tagged(at, key.substring("tag:".length()), values);
        }
        if (key.equals("tag-key")) {
            return values.stream()
                    .flatMap(value -> machines.tagged(at, value, List.of()).stream())
                    .toList();
        }
        throw AwsError.client(
                "InvalidTarget", "The simulator knows the targets InstanceIds, tag:NAME and tag-key, not " + key + ".");
    }

    private ObjectNode command(String commandId, ObjectNode input, List<String> ids) {
        ObjectNode command = Json.object()
                .put("CommandId", commandId)
                .put("DocumentName", input.path("DocumentName").asText())
                .put("Status", "Pending")
                .put("StatusDetails", "Pending")
                .put("TargetCount", ids.size())
                .put("CompletedCount", 0)
                .put("ErrorCount", 0)
                .put("RequestedDateTime", world.time().now().toString());
        ArrayNode targets = command.putArray("InstanceIds");
        ids.forEach(targets::add);
        return command;
    }

    private void run(AccountRegion at, Invocation invocation, String script) {
        world.time().after(Duration.ofSeconds(1), () -> {
            if (invocation.status.equals("Pending")) {
                invocation.status = "InProgress";
                invocation.details = "InProgress";
            }
        });
        CommandOutcome outcome = machines.outcome(at, invocation.instanceId, script)
                .orElseGet(() -> new CommandOutcome("*", "Success", 0, "", "", UNDECLARED));
        world.time().after(outcome.after(), () -> {
            if (invocation.ended == null) {
                boolean there = machines.isManaged(at, invocation.instanceId);
                invocation.ended = world.time().now();
                boolean arrived = there && !outcome.status().equals("Undeliverable");
                invocation.status = there ? arrived ? outcome.status() : "Failed" : "TimedOut";
                invocation.details = details(there, outcome.status());
                invocation.exitCode = arrived ? outcome.exitCode() : -1;
                invocation.output = there ? outcome.output() : "";
                invocation.error = there ? outcome.error() : "";
            }
        });
    }

    private static String details(boolean there, String status) {
        if (!there) {
            return "DeliveryTimedOut";
        }
        return status.equals("TimedOut") ? "ExecutionTimedOut" : status;
    }

    private Map<String, Invocation> invocations(ServiceCall call) {
        String id = call.input().path("CommandId").asText();
        return commands.getOrDefault(call.caller().at(), Map.of()).getOrDefault(id, Map.of());
    }

    private ObjectNode get(ServiceCall call) {
        Invocation invocation = Optional.ofNullable(
                        invocations(call).get(call.input().path("InstanceId").asText()))
                .orElseThrow(() -> AwsError.client("InvocationDoesNotExist", "The invocation does not exist."));
        ObjectNode view = Json.object()
                .put("CommandId", invocation.commandId)
                .put("InstanceId", invocation.instanceId)
                .put("DocumentName", invocation.request.path("DocumentName").asText())
                .put("ResponseCode", invocation.exitCode)
                .put("ExecutionStartDateTime", invocation.requested.toString())
                .put("Status", invocation.status)
                .put("StatusDetails", invocation.details)
                .put("StandardOutputContent", invocation.output)
                .put("StandardErrorContent", invocation.error)
                .put("Comment", invocation.request.path("Comment").asText());
        if (invocation.ended != null) {
            view.put("ExecutionEndDateTime", invocation.ended.toString());
        }
        return view;
    }

    private ObjectNode list(ServiceCall call) {
        JsonNode instance = call.input().path("InstanceId");
        List<Invocation> found = new ArrayList<>(invocations(call).values());
        found.removeIf(invocation -> !instance.isMissingNode() && !invocation.instanceId.equals(instance.asText()));
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("CommandInvocations");
        for (Invocation invocation : found) {
            rows.addObject()
                    .put("CommandId", invocation.commandId)
                    .put("InstanceId", invocation.instanceId)
                    .put("DocumentName", invocation.request.path("DocumentName").asText())
                    .put("RequestedDateTime", invocation.requested.toString())
                    .put("Status", invocation.status)
                    .put("StatusDetails", invocation.details);
        }
        return answer;
    }

    private ObjectNode cancel(ServiceCall call) {
        Map<String, Invocation> found = invocations(call);
        if (found.isEmpty()) {
            throw AwsError.client("InvalidCommandId", "The command does not exist.");
        }
        for (Invocation invocation : found.values()) {
            if (invocation.ended == null) {
                invocation.ended = world.time().now();
                invocation.status = "Cancelled";
                invocation.details = "Cancelled";
            }
        }
        world.events().append(call.caller().at(), call.input().path("CommandId").asText(), "command cancelled");
        return Json.object();
    }
}
