package io.jenkins.plugins.amirefresh.simulator.sqs;

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
        List<String> receivers = file.account(at.accountId())
                .flatMap(account -> account.region(at.region()))
                .map(region -> region.queues().stream()
                        .filter(queue -> queue.events().contains("cloudtrail"))
                        .map(DeclaredQueue::name)
                        .toList())
                .orElse(List.of());
        if (!receivers.isEmpty()) {
            ObjectNode event = event(call, errorCode);
            receivers.forEach(queue -> queues.deliver(at, queue, event));
        }
    }

    private ObjectNode event(ServiceCall call, String errorCode) {
        AccountRegion at = call.caller().at();
        String source = SOURCES.getOrDefault(call.service(), call.service());
        String now = world.time().now().toString();
        ObjectNode event = SimpleQueues.object();
        event.put("version", "0").put("id", world.ids().uuid());
        event.put("detail-type", "AWS API Call via CloudTrail").put("source", "aws." + source);
        event.put("account", at.accountId()).put("time", now).put("region", at.region());
        event.putArray("resources");
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
        detail.put("sourceIPAddress", "127.0.0.1").put("userAgent", "simulator");
        detail.set("requestParameters", lowered(call.input()));
        detail.putNull("responseElements");
        if (!errorCode.isEmpty()) {
            detail.put("errorCode", errorCode);
        }
        detail.put("requestID", call.requestId()).put("eventID", world.ids().uuid());
        detail.put("eventType", "AwsApiCall").put("readOnly", false).put("managementEvent", true);
        detail.put("recipientAccountId", at.accountId()).put("eventCategory", "Management");
        return event;
    }

    /** CloudTrail writes the members of a request with a small first letter. */
    private static ObjectNode lowered(ObjectNode input) {
        ObjectNode result = SimpleQueues.object();
        input.properties().forEach(entry -> {
            String name = entry.getKey();
            result.set(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), entry.getValue());
        });
        return result;
    }
}
