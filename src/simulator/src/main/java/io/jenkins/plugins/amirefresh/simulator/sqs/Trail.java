package io.jenkins.plugins.amirefresh.simulator.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredQueue;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * CloudTrail's events of mutating calls, as EventBridge delivers them to queues that the account file names. Source:
 * EventBridge User Guide, "AWS service events delivered via AWS CloudTrail"; CloudTrail User Guide, "Record contents".
 */
public final class Trail {

    private static final Map<String, String> SOURCES = Map.of(
            "elasticloadbalancingv2", "elasticloadbalancing",
            "monitoring", "monitoring");

    private static final Map<String, String> PARAMETER_CHANGES =
            Map.of("PutParameter", "Update", "DeleteParameter", "Delete");

    private final World world;
    private final AccountFile file;
    private final SimpleQueues queues;

    /** Delivers to the queues of this file. */
    public Trail(World world, AccountFile file, SimpleQueues queues) {
        this.world = world;
        this.file = file;
        this.queues = queues;
    }

    /** A mutating call was made; without a code it was answered. */
    public void note(ServiceCall call, String errorCode) {
        AccountRegion at = call.caller().at();
        List<String> receivers = isDataEvent(call) ? List.of() : receivers(at, "cloudtrail");
        if (!receivers.isEmpty()) {
            ObjectNode event = event(call, errorCode);
            receivers.forEach(queue -> queues.deliver(at, queue, event));
        }
        String change =
                errorCode.isEmpty() && call.service().equals("ssm") ? PARAMETER_CHANGES.get(call.operation()) : null;
        if (change != null) {
            ObjectNode event = parameterChange(call, change);
            receivers(at, "parameters").forEach(queue -> queues.deliver(at, queue, event));
        }
    }

    /** Nobody's trail has them unless it asks. Source: SQS Developer Guide, "Logging Amazon SQS API calls", data events. */
    private static boolean isDataEvent(ServiceCall call) {
        return call.service().equals("sqs") && call.operation().contains("Message");
    }

    private List<String> receivers(AccountRegion at, String events) {
        return file.account(at.accountId())
                .flatMap(account -> account.region(at.region()))
                .map(region -> region.queues().stream()
                        .filter(queue -> queue.events().contains(events))
                        .map(DeclaredQueue::name)
                        .toList())
                .orElse(List.of());
    }

    private ObjectNode envelope(AccountRegion at, String source, String type) {
        ObjectNode event = SimpleQueues.object();
        event.put("version", "0").put("id", world.ids().uuid());
        event.put("detail-type", type).put("source", "aws." + source);
        event.put("account", at.accountId())
                .put("time", world.time().now().toString())
                .put("region", at.region());
        event.putArray("resources");
        return event;
    }

    /** Source: Systems Manager User Guide, "Amazon EventBridge event examples for Systems Manager", Parameter Store. */
    private ObjectNode parameterChange(ServiceCall call, String change) {
        String name = call.input().path("Name").asText();
        ObjectNode event = envelope(call.caller().at(), "ssm", "Parameter Store Change");
        event.withArray("resources")
                .add(call.caller().at().arn("ssm", "parameter" + (name.startsWith("/") ? "" : "/") + name));
        event.putObject("detail")
                .put("operation", change)
                .put("name", name)
                .put("type", call.input().path("Type").asText("String"))
                .put("description", call.input().path("Description").asText(""));
        return event;
    }

    private ObjectNode event(ServiceCall call, String errorCode) {
        AccountRegion at = call.caller().at();
        String source = SOURCES.getOrDefault(call.service(), call.service());
        String now = world.time().now().toString();
        ObjectNode event = envelope(at, source, "AWS API Call via CloudTrail");
        ObjectNode detail = event.putObject("detail");
        detail.put("eventVersion", "1.09");
        String arn = call.caller().arn();
        detail.putObject("userIdentity")
                .put("type", arn.contains(":assumed-role/") ? "AssumedRole" : "IAMUser")
                .put("arn", arn)
                .put("accountId", at.accountId())
                .put("accessKeyId", call.caller().accessKeyId());
        detail.put("eventTime", now).put("eventSource", source + ".amazonaws.com");
        detail.put("eventName", call.operation()).put("awsRegion", at.region());
        detail.put("sourceIPAddress", "127.0.0.1")
                .put("userAgent", call.userAgent().isEmpty() ? "simulator" : call.userAgent());
        detail.set("requestParameters", parameters(call));
        detail.putNull("responseElements");
        if (!errorCode.isEmpty()) {
            detail.put("errorCode", errorCode);
        }
        detail.put("requestID", call.requestId()).put("eventID", world.ids().uuid());
        detail.put("eventType", "AwsApiCall").put("readOnly", false).put("managementEvent", true);
        detail.put("recipientAccountId", at.accountId()).put("eventCategory", "Management");
        return event;
    }

    /** EC2's records of launch templates hold the request under its own name, with its members' own letters. */
    private static ObjectNode parameters(ServiceCall call) {
        if (!call.service().equals("ec2") || !call.operation().contains("LaunchTemplate")) {
            return lowered(call.input());
        }
        ObjectNode request = call.input().deepCopy();
        if (request.has("DefaultVersion")) {
            request.set("SetDefaultVersion", request.remove("DefaultVersion"));
        }
        ObjectNode result = SimpleQueues.object();
        result.set(call.operation() + "Request", request);
        return result;
    }

    /** CloudTrail writes the members of a request with a small first letter. */
    private static ObjectNode lowered(ObjectNode input) {
        ObjectNode result = SimpleQueues.object();
        input.properties().forEach(entry -> {
            String name = entry.getKey();
            result.set(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), lowered(entry.getValue()));
        });
        return result;
    }

    private static JsonNode lowered(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return lowered(object);
        }
        if (value instanceof ArrayNode array) {
            ArrayNode result = SimpleQueues.object().arrayNode();
            array.forEach(item -> result.add(lowered(item)));
            return result;
        }
        return value;
    }
}
