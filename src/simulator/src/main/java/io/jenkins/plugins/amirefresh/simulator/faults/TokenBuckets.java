package io.jenkins.plugins.amirefresh.simulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredFault.TokenBucket;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Tokens that calls take, of one bucket for each API, account and region. Source: EC2 Developer Guide, "Request throttling for
 * the Amazon EC2 API": reads 100 and 20 a second, without any filter or page 50 and 10, changes 50 and 5, RunInstances and
 * StartInstances 5 and 2; and one token for each instance: RunInstances and StartInstances 1,000 and 2, TerminateInstances
 * and StopInstances 1,000 and 20. A few other APIs have figures of their own, which are not here.
 */
final class TokenBuckets {

    private static final Size READ = new Size(100, 20);
    private static final Size READ_ALL = new Size(50, 10);
    private static final Size CHANGE = new Size(50, 5);
    private static final Size LAUNCH = new Size(5, 2);
    private static final Map<String, Size> INSTANCES = Map.of(
            "RunInstances", new Size(1000, 2),
            "StartInstances", new Size(1000, 2),
            "TerminateInstances", new Size(1000, 20),
            "StopInstances", new Size(1000, 20));

    private final TokenBucket declared;
    private final Map<String, Level> levels = new HashMap<>();

    TokenBuckets(TokenBucket declared) {
        this.declared = declared;
    }

    private record Size(double capacity, double perSecond) {}

    private static final class Level {
        private double tokens;
        private Instant since;

        Level(double tokens, Instant since) {
            this.tokens = tokens;
            this.since = since;
        }
    }

    /** Takes what the call costs; false when too little is left, and then nothing is taken. */
    boolean take(ServiceCall call, Instant now) {
        String api = call.caller().at() + " " + call.operation();
        if (!declared.isPublished()) {
            return take(api, new Size(declared.capacity(), declared.perSecond()), 1, now);
        }
        Size instances = INSTANCES.get(call.operation());
        return take(api, published(call), 1, now)
                && (instances == null || take(api + " instances", instances, instances(call.input()), now));
    }

    private static Size published(ServiceCall call) {
        String operation = call.operation();
        if (operation.equals("RunInstances") || operation.equals("StartInstances")) {
            return LAUNCH;
        }
        if (!operation.startsWith("Describe") && !operation.startsWith("Get")) {
            return CHANGE;
        }
        boolean all = call.input().properties().stream()
                .map(Map.Entry::getKey)
                .allMatch(member -> member.equals("DryRun") || member.equals("Owners"));
        return all ? READ_ALL : READ;
    }

    private static int instances(JsonNode input) {
        return input.has("MaxCount")
                ? input.path("MaxCount").asInt(1)
                : Math.max(1, input.path("InstanceIds").size());
    }

    private boolean take(String bucket, Size size, int cost, Instant now) {
        Level level = levels.computeIfAbsent(bucket, key -> new Level(size.capacity(), now));
        double came = Duration.between(level.since, now).toMillis() / 1000.0 * size.perSecond();
        level.tokens = Math.min(size.capacity(), level.tokens + came);
        level.since = now;
        if (level.tokens < cost) {
            return false;
        }
        level.tokens -= cost;
        return true;
    }
}
