package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A group bears as many failures as it was told to, and no more. */
class FailureBudgetTest {

    private static final String SICK_ZONE =
            "  - {match: {image: web-new, zone: eu-west-1a}, http: [{path: /health, status: 500}]}\n";

    private static void recycle(Scenario scenario, String strategy, int maxFailures) {
        scenario.run(
                "recycleAsgs",
                Map.of(
                        "strategy",
                        strategy,
                        "checkpointDelay",
                        "1m",
                        "instanceTimeLimit",
                        "3m",
                        "maxFailures",
                        maxFailures,
                        "failOn",
                        "none"));
    }

    /** A colleague terminates the first new instances before they are in service. */
    private static Scenario losing(int instances) {
        Scenario scenario = Scenario.of("fleet.yaml");
        int[] left = {instances};
        Map<String, Integer> known = new HashMap<>();
        scenario.passingTimeBy(moment -> {
            scenario.simulator().advanceTo(moment);
            if (left[0] > 0 && terminateOne(scenario, known)) {
                left[0]--;
            }
        });
        return scenario;
    }

    private static boolean terminateOne(Scenario scenario, Map<String, Integer> known) {
        String account = scenario.simulator().account().defaultAccount().id();
        Caller caller = new Caller(account, "eu-west-1", "arn:aws:iam::" + account + ":user/colleague", "test");
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        JsonNode instances = scenario.simulator()
                .call("autoscaling", "DescribeAutoScalingInstances", none, caller)
                .get("AutoScalingInstances");
        for (JsonNode instance : instances) {
            // One that nobody has seen yet is nobody's loss, and an old one was proven.
            if (known.merge(instance.get("InstanceId").asText(), 1, Integer::sum) == 2
                    && instance.at("/LaunchTemplate/Version").asText().equals("2")
                    && !instance.get("LifecycleState").asText().startsWith("Terminat")) {
                ObjectNode input = JsonNodeFactory.instance.objectNode();
                input.put("InstanceId", instance.get("InstanceId").asText());
                input.put("ShouldDecrementDesiredCapacity", false);
                scenario.simulator().call("autoscaling", "TerminateInstanceInAutoScalingGroup", input, caller);
                return true;
            }
        }
        return false;
    }

    /** New instances never get healthy in one zone, and the group does not replace them by itself. */
    private static Scenario sickZone() {
        return Scenario.of(
                "fleet.yaml", text -> text.replace("healthCheckType: ELB", "healthCheckType: EC2") + SICK_ZONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-in", "in-out", "rolling", "canary"})
    void whenFewerInstancesAreLostThanMayBe_thenTheGroupIsRefreshed(String strategy) {
        // given
        Scenario scenario = losing(3);

        // when
        recycle(scenario, strategy, 3);

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.REFRESHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-out", "rolling", "canary"})
    void whenMoreInstancesAreLostThanMayBe_thenTheGroupGoesBack(String strategy) {
        // given
        Scenario scenario = losing(4);

        // when
        recycle(scenario, strategy, 2);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).contains("failures where 2 may be");
    }

    @ParameterizedTest
    @CsvSource({"out-in, 2", "in-out, 2", "rolling, 2"})
    void whenInstancesDoNotGetHealthy_thenOthersAreTriedUntilItIsEnough(String strategy, int most) {
        // given
        Scenario scenario = sickZone();

        // when
        recycle(scenario, strategy, most);

        // then
        scenario.settle();
        assertThat(scenario.console().toString()).contains("not healthy in time: target health unhealthy");
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).contains("failures where " + most + " may be");
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("1 InService Healthy", 3L));
        assertThat(scenario.lowestHealthy("web"))
                .isGreaterThanOrEqualTo(scenario.row("web").floor());
    }

    @Test
    void whenAnInstanceDoesNotGetHealthy_thenItIsReplacedOnceInEachLifeOfTheHost() {
        // given
        Scenario whole = sickZone();
        recycle(whole, "rolling", 2);
        Scenario restarted = sickZone().restartingAfter(tick -> true);

        // when
        recycle(restarted, "rolling", 2);

        // then
        assertThat(Happened.in(restarted)).isEqualTo(Happened.in(whole));
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
    }

    @Test
    void whenAwsThrottlesTheTermination_thenTheInstanceCountsOnce() {
        // given: the second call is the first that ends a new instance
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("healthCheckType: ELB", "healthCheckType: EC2")
                        + SICK_ZONE
                        + "faults:\n"
                        + "  - {operation: TerminateInstanceInAutoScalingGroup, skip: 1, count: 40, throttle: true}\n");

        // when
        recycle(scenario, "in-out", 2);

        // then
        assertThat(scenario.console().toString()).contains("waiting: TerminateInstanceInAutoScalingGroup");
        assertThat(scenario.console().stream()
                        .filter(line -> line.contains("not healthy in time"))
                        .distinct())
                .hasSize(2);
        assertThat(scenario.row("web").reason()).startsWith("3 failures where 2 may be, i-");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whenLaunchesFail_thenTheyCount(int most) {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text
                        + "  - {match: {image: web-new}, launchError: {code: InsufficientInstanceCapacity, message: no}}\n");

        // when
        recycle(scenario, "out-in", most);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).contains("where " + most + " may be, the last launch: ");
    }
}
