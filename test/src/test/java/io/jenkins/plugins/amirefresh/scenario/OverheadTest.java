package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A refresh takes little longer than AWS and the instances need: the seconds in which nothing is under way that the next step
 * has to wait for are ours. Health checks, draining and warmup are AWS's defaults.
 */
class OverheadTest {

    /** AWS takes the grace period for it. */
    private static final Duration WARMUP = Duration.ofMinutes(5);

    /** Two checks that could have found it unhealthy, half a minute apart. */
    private static final Duration PROOF = Duration.ofMinutes(1);

    /** Seconds in which another controller that claims the same group has to show. */
    private static final int CLAIM = 15;

    private static final Duration WATCH = Duration.ofMinutes(10);

    private final Map<String, Instant> readySince = new HashMap<>();
    private int seconds;
    private int idle;

    private static Scenario fleet() {
        return Scenario.of("fleet.yaml", text -> text.replace("healthCheckInterval: 10", "healthCheckInterval: 30")
                .replace("healthyThreshold: 2", "healthyThreshold: 5")
                .replace("deregistrationDelay: 20", "deregistrationDelay: 300")
                .replace("healthCheckGracePeriod: 30", "healthCheckGracePeriod: 300")
                .replace("boot: 15s", "boot: 90s")
                .replace("min: 2", "min: 12")
                .replace("desired: 3", "desired: 12")
                .replace("max: 4", "max: 24"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenAGroupIsRefreshed_thenHardlyASecondIsLost(String strategy) {
        // given
        Scenario scenario = fleet();
        scenario.passingTimeBy(moment -> {
            while (scenario.simulator().now().isBefore(moment)) {
                scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(1));
                seconds++;
                idle += seconds <= CLAIM || isWaitedFor(scenario, strategy) ? 0 : 1;
            }
        });

        // when
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "checkpointDelay", "10m"));

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(100.0 * idle / (seconds - idle))
                .as("%s: %s of %s seconds", strategy, idle, seconds)
                .isLessThanOrEqualTo(5);
    }

    /** Something that the next step needs is under way: an instance on its way, draining that leaves a gap, a canary watched. */
    private boolean isWaitedFor(Scenario scenario, String strategy) {
        JsonNode group = call(scenario, "autoscaling", "DescribeAutoScalingGroups", none())
                .get("AutoScalingGroups")
                .get(0);
        Instant now = scenario.simulator().now();
        int staying = 0;
        int old = 0;
        boolean isLeaving = false;
        boolean isComing = false;
        boolean isWatched = false;
        int current = 0;
        boolean isAws = strategy.equals("instance-refresh");
        Duration warmup = isAws ? WARMUP : PROOF;
        Set<String> healthy = isAws ? Set.of() : healthy(scenario, group);
        for (JsonNode instance : group.get("Instances")) {
            String state = instance.get("LifecycleState").asText();
            String id = instance.get("InstanceId").asText();
            if (state.startsWith("Terminating")) {
                isLeaving = true;
                continue;
            }
            staying++;
            boolean isOld = instance.at("/LaunchTemplate/Version").asText().equals("1");
            old += isOld ? 1 : 0;
            current += isOld ? 0 : 1;
            if (state.equals("InService")) {
                boolean isReady = isAws || isOld || healthy.contains(id);
                Instant since = isReady ? readySince.computeIfAbsent(id, key -> now) : now;
                isComing |= !isOld && now.isBefore(since.plus(warmup));
                isWatched |= !isOld && now.isBefore(since.plus(warmup).plus(WATCH));
            } else {
                isComing = true;
            }
        }
        boolean isMissing = staying < group.get("DesiredCapacity").asInt();
        boolean isCanary = strategy.equals("canary") && current == 1 && isWatched;
        return isComing || isMissing || isCanary || (isLeaving && old == 0);
    }

    private static Set<String> healthy(Scenario scenario, JsonNode group) {
        ObjectNode input = none();
        input.put("TargetGroupArn", group.get("TargetGroupARNs").get(0).asText());
        Set<String> healthy = new HashSet<>();
        call(scenario, "elasticloadbalancingv2", "DescribeTargetHealth", input)
                .get("TargetHealthDescriptions")
                .forEach(target -> {
                    if (target.at("/TargetHealth/State").asText().equals("healthy")) {
                        healthy.add(target.at("/Target/Id").asText());
                    }
                });
        return healthy;
    }

    private static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode call(Scenario scenario, String service, String operation, ObjectNode input) {
        String account = scenario.simulator().account().defaultAccount().id();
        return scenario.simulator()
                .call(
                        service,
                        operation,
                        input,
                        new Caller(account, "eu-west-1", "arn:aws:iam::" + account + ":root", "test"));
    }
}
