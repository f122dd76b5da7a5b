package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a group's own settings ask of a refresh, whatever the strategy. */
class SafetyTest {

    private static Scenario group(UnaryOperator<String> change) {
        return Scenario.of("fleet.yaml", change);
    }

    private static UnaryOperator<String> with(String setting) {
        return text -> text.replace(
                "            healthCheckGracePeriod",
                "            " + setting + "\n            healthCheckGracePeriod");
    }

    private static Scenario recycled(Scenario scenario, String strategy, Map<String, ?> more) {
        Map<String, Object> parameters =
                new HashMap<>(Map.of("strategy", strategy, "checkpointDelay", "1m", "failOn", "none"));
        parameters.putAll(more);
        scenario.run("recycleAsgs", parameters);
        scenario.settle();
        return scenario;
    }

    private static void isRefreshed(Scenario scenario) {
        String console = scenario.console().toString();
        assertThat(scenario.row("web").outcome()).as(console).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.lowestHealthy("web"))
                .as(console)
                .isGreaterThanOrEqualTo(scenario.row("web").floor());
        assertThat(scenario.fleet().group("web").tags()).doesNotContainKey("ami-refresh:restore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenInstancesAreProtected_thenSomebodyHasToSayWhatBecomesOfThem(String strategy) {
        // given
        UnaryOperator<String> isProtected = with("protectedInstances: 1");

        // when
        Scenario unsaid = recycled(group(isProtected), strategy, Map.of());
        Scenario refreshed = recycled(group(isProtected), strategy, Map.of("scaleInProtectedInstances", "Refresh"));
        Scenario ignored = recycled(group(isProtected), strategy, Map.of("scaleInProtectedInstances", "Ignore"));

        // then
        assertThat(unsaid.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(unsaid.row("web").reason()).startsWith("protected from scale in: i-");
        assertThat(unsaid.mutating()).isEmpty();
        isRefreshed(refreshed);
        assertThat(refreshed.fleet().group("web").instances()).isEqualTo(Map.of("2 InService Healthy", 3L));
        isRefreshed(ignored);
        assertThat(ignored.row("web").reason())
                .matches("all instances healthy on version 2 but i-\\w+, left alone as asked");
        assertThat(ignored.fleet().group("web").instances())
                .isEqualTo(Map.of("1 InService Healthy", 1L, "2 InService Healthy", 2L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-in", "in-out", "rolling", "canary"})
    void whenAProtectedInstanceIsWaitedFor_thenItGoesWhenItIsReleased(String strategy) {
        // given
        Scenario scenario = group(with("protectedInstances: 1"));
        Colleague colleague = new Colleague(scenario);
        String kept = colleague.instances("web").get(0);
        boolean[] released = {false};
        scenario.passingTimeBy(moment -> {
            scenario.simulator().advanceTo(moment);
            if (!released[0] && scenario.console().toString().contains("waiting until " + kept)) {
                released[0] = true;
                colleague.calls("SetInstanceProtection", input -> {
                    input.put("AutoScalingGroupName", "web").put("ProtectedFromScaleIn", false);
                    input.putArray("InstanceIds").add(kept);
                });
            }
        });

        // when
        recycled(scenario, strategy, Map.of("scaleInProtectedInstances", "Wait"));

        // then
        assertThat(released[0]).isTrue();
        isRefreshed(scenario);
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("2 InService Healthy", 3L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenAnInstanceIsInStandby_thenSomebodyHasToSayWhatBecomesOfIt(String strategy) {
        for (String answer : List.of("", "Terminate", "Ignore")) {
            // given
            Scenario scenario = group(text -> text);
            Colleague colleague = new Colleague(scenario);
            colleague.putsIntoStandby("web", colleague.instances("web").get(0));
            scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(60));

            // when
            recycled(scenario, strategy, answer.isEmpty() ? Map.of() : Map.of("standbyInstances", answer));

            // then
            if (answer.isEmpty()) {
                assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
                assertThat(scenario.row("web").reason()).startsWith("in standby: i-");
            } else {
                isRefreshed(scenario);
                assertThat(scenario.fleet().group("web").instances().containsKey("1 Standby Healthy"))
                        .as(strategy + " " + answer + scenario.console())
                        .isEqualTo(answer.equals("Ignore"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenLifecycleHooksHoldInstances_thenTheyAreWaitedFor(String strategy) {
        // given
        String hooks = "request: {LifecycleHookSpecificationList: ["
                + "{LifecycleHookName: up, LifecycleTransition: \"autoscaling:EC2_INSTANCE_LAUNCHING\", HeartbeatTimeout: 60, DefaultResult: CONTINUE}, "
                + "{LifecycleHookName: down, LifecycleTransition: \"autoscaling:EC2_INSTANCE_TERMINATING\", HeartbeatTimeout: 60, DefaultResult: CONTINUE}]}";

        // when
        Scenario scenario = recycled(group(with(hooks)), strategy, Map.of());

        // then
        isRefreshed(scenario);
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("2 InService Healthy", 3L));
        if (!strategy.equals("instance-refresh")) {
            assertThat(scenario.console().toString()).contains("Pending:Wait");
        }
    }

    @ParameterizedTest
    @CsvSource({"Launch, REFUSED", "Terminate, REFUSED", "AZRebalance, REFRESHED", "ReplaceUnhealthy, REFRESHED"})
    void whenOthersSuspendedAProcess_thenItIsSoAfterwards(String process, GroupOutcome outcome) {
        // when
        Scenario scenario = recycled(group(with("suspendedProcesses: [" + process + "]")), "rolling", Map.of());

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(outcome);
        assertThat(scenario.fleet().group("web").suspended()).isEqualTo(Set.of(process));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rolling", "canary"})
    void whenOthersSuspendWhatWeHadSuspended_thenItStaysSoAndTheRowSaysIt(String strategy) {
        // given
        Scenario scenario = group(text -> text);
        Colleague colleague = new Colleague(scenario);
        List<Instant> seen = new ArrayList<>();
        scenario.passingTimeBy(moment -> {
            boolean isOurs = seen.size() < 9
                    && colleague
                            .group("web")
                            .get("SuspendedProcesses")
                            .toString()
                            .contains("AZRebalance");
            if (isOurs) {
                seen.add(moment);
            }
            if (isOurs && seen.size() == 9) {
                colleague.calls("SuspendProcesses", input -> input.put("AutoScalingGroupName", "web")
                        .putArray("ScalingProcesses")
                        .add("AZRebalance"));
            }
            scenario.simulator().advanceTo(moment);
        });

        // when
        recycled(scenario, strategy, Map.of());

        // then
        assertThat(seen).hasSize(9);
        isRefreshed(scenario);
        assertThat(scenario.row("web").reason())
                .contains("others suspended AZRebalance meanwhile, which stays suspended");
        assertThat(scenario.fleet().group("web").suspended()).isEqualTo(Set.of("AZRebalance"));
    }

    @ParameterizedTest
    @CsvSource({"80, 110, 3", "60, 110, 2", "30, 110, 1"})
    void whenTheGroupHasAMaintenancePolicy_thenItsFloorIsKept(int min, int max, int floor) {
        for (String strategy : List.of("instance-refresh", "rolling", "canary", "in-out")) {
            // given
            String policy = "request: {InstanceMaintenancePolicy: {MinHealthyPercentage: " + min
                    + ", MaxHealthyPercentage: " + max + "}}";

            // when
            Scenario scenario = recycled(group(with(policy)), strategy, Map.of());

            // then
            isRefreshed(scenario);
            int least = strategy.equals("in-out") || strategy.equals("rolling") || strategy.equals("canary")
                    ? Math.min(floor, 2)
                    : floor;
            assertThat(scenario.row("web").floor()).as(strategy).isEqualTo(least);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenTheGroupMixesInstances_thenAllOfThemAreRefreshed(String strategy) {
        // given
        UnaryOperator<String> mixed = with(
                "request: {MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: "
                        + "{LaunchTemplateName: shop-web, Version: \"1\"}, Overrides: [{InstanceType: t3.micro}, {InstanceType: t3.small}]}, "
                        + "InstancesDistribution: {OnDemandBaseCapacity: 1, OnDemandPercentageAboveBaseCapacity: 50}}}");

        // when
        Scenario scenario = recycled(group(mixed), strategy, Map.of());

        // then
        isRefreshed(scenario);
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("2 InService Healthy", 3L));
    }

    @Test
    void whenTheMaximumLeavesNoRoom_thenItIsRaisedForTheTimeAndNoLonger() {
        // when
        Scenario scenario = recycled(group(text -> text.replace("max: 4", "max: 3")), "out-in", Map.of());

        // then
        isRefreshed(scenario);
        assertThat(scenario.console().toString()).contains("maximum 3 to 6");
        assertThat(scenario.fleet().group("web").max()).isEqualTo(3);
    }

    @Test
    void whenAnInstanceDrains_thenItIsDrainedToTheEnd() {
        // given
        Scenario scenario = group(text -> text.replace("deregistrationDelay: 20", "deregistrationDelay: 200"));

        // when
        recycled(scenario, "in-out", Map.of());

        // then
        isRefreshed(scenario);
        Duration took = Duration.between(
                scenario.row("web").startedAt(), scenario.row("web").endedAt());
        assertThat(took).isGreaterThan(Duration.ofSeconds(200));
    }

    @ParameterizedTest
    @CsvSource({
        "instanceTimeLimit, 1m, is not healthy after 1m",
        "batchTimeLimit, 2m, a batch is not finished within its time limit of 2m",
        "timeLimit, 3m, not finished within the group's time limit of 3m"
    })
    void whenATimeLimitHasPassed_thenTheGroupGoesBack(String limit, String value, String reason) {
        // given
        Scenario scenario = group(text -> text.replace("healthCheckType: ELB", "healthCheckType: EC2")
                + "  - {match: {image: web-new}, boot: 40m}\n");

        // when
        recycled(scenario, "rolling", Map.of(limit, value));

        // then
        assertThat(scenario.row("web").reason()).contains(reason);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("1 InService Healthy", 3L));
    }

    @ParameterizedTest
    @CsvSource({"in-out, 3", "rolling, 3"})
    void whenItCannotEndInTime_thenItDoesNotBegin(String strategy, int batches) {
        // when
        Scenario scenario = recycled(group(text -> text), strategy, Map.of("timeLimit", "1m"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason())
                .isEqualTo(
                        batches + " batches with a warmup of 30s take longer than the group's time limit of 1m; raise"
                                + " timeLimit or batchSize");
        assertThat(scenario.mutating()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            canary           | checkpointDelay=5h                               | 5h of watching (checkpointDelay, bakeTime) and 3 batches
            instance-refresh | checkpointDelay=40m;checkpointPercentages=30,60,100 | 1h20m of watching (checkpointDelay, bakeTime) and 1 batch with
            instance-refresh | bakeTime=90m                                     | 1h30m of watching (checkpointDelay, bakeTime) and 1 batch with
            """)
    void whenItIsToWatchForLongerThanItMayTake_thenItDoesNotBegin(String strategy, String parameters, String reason) {
        // given
        Map<String, Object> given = new HashMap<>(Map.of("timeLimit", "1h"));
        for (String one : parameters.split(";", -1)) {
            given.put(one.replaceAll("=.*", ""), one.replaceAll(".*=", ""));
        }

        // when
        Scenario scenario = recycled(group(text -> text), strategy, given);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason())
                .startsWith(reason)
                .contains("longer than the group's time limit of 1h");
        assertThat(scenario.mutating()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-in", "in-out", "rolling", "canary"})
    void whenAPolicyScalesOutInMidRun_thenItsInstancesStay(String strategy) {
        // given
        Scenario scenario = group(text -> text.replace("max: 4", "max: 12"));
        Colleague colleague = new Colleague(scenario);
        colleague.calls("PutScalingPolicy", input -> input.put("AutoScalingGroupName", "web")
                .put("PolicyName", "more")
                .put("PolicyType", "SimpleScaling")
                .put("AdjustmentType", "ChangeInCapacity")
                .put("ScalingAdjustment", 2));
        boolean[] done = {false};
        scenario.passingTimeBy(moment -> {
            scenario.simulator().advanceTo(moment);
            String console = scenario.console().toString();
            if (!done[0] && (console.contains("healthy on version 2") || console.contains("terminating"))) {
                done[0] = true;
                colleague.calls("ExecutePolicy", input -> input.put("AutoScalingGroupName", "web")
                        .put("PolicyName", "more")
                        .put("HonorCooldown", false));
            }
        });

        // when
        recycled(scenario, strategy, Map.of());

        // then
        isRefreshed(scenario);
        assertThat(done[0]).isTrue();
        assertThat(scenario.fleet().group("web").desired())
                .as(scenario.console().toString())
                .isEqualTo(5);
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("2 InService Healthy", 5L));
    }
}
