package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.RunVerdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An image is blamed for what it did, and for nothing else; rows say why in AWS's own words. */
class BlameTest {

    private static final String NEW = "  - {match: {image: web-new}, ";

    private static Scenario with(String behaviours) {
        return Scenario.of("fleet.yaml", text -> text + behaviours);
    }

    private static Scenario recycle(Scenario scenario, String group, String strategy) {
        scenario.run(
                "recycleAsgs",
                Map.of(
                        "asgs",
                        group,
                        "strategy",
                        strategy,
                        "windows",
                        "ignore",
                        "checkpointDelay",
                        "1m",
                        "failOn",
                        "none"));
        return scenario;
    }

    private static void blamesNothing(Scenario scenario) {
        assertThat(scenario.console().toString()).doesNotContain("is marked bad");
        assertThat(scenario.journal())
                .extracting(JournalEvent::fact)
                .noneMatch(JournalFact.AmiMarkedBad.class::isInstance);
    }

    private static long marks(Scenario scenario, Class<? extends JournalFact> kind) {
        return scenario.journal().stream()
                .map(JournalEvent::fact)
                .filter(kind::isInstance)
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenNobodyAnswersALaunchHook_thenTheRowNamesItAndNothingIsBlamed(String strategy) {
        // when
        Scenario scenario = recycle(Scenario.of("waits.yaml"), "abandons", strategy);

        // then
        assertThat(scenario.row("abandons").outcome()).isIn(GroupOutcome.ROLLED_BACK, GroupOutcome.FAILED);
        assertThat(scenario.row("abandons").reason())
                .contains("Lifecycle Action was abandoned: Heartbeat Timeout (launch hook nobody)")
                .doesNotContain("token");
        blamesNothing(scenario);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "rolling"})
    void whenSomebodyAbandonsLaunches_thenTheRowSaysSoAndNothingIsBlamed(String strategy) {
        // given
        Scenario scenario = Scenario.of("waits.yaml");
        Colleague colleague = new Colleague(scenario);
        Set<String> seen = new HashSet<>();
        scenario.passingTimeBy(moment -> {
            scenario.simulator().advanceTo(moment);
            for (JsonNode instance : colleague.group("bootstraps").get("Instances")) {
                String id = instance.get("InstanceId").asText();
                if (instance.get("LifecycleState").asText().equals("Pending:Wait") && !seen.add(id)) {
                    colleague.calls("CompleteLifecycleAction", input -> input.put("AutoScalingGroupName", "bootstraps")
                            .put("LifecycleHookName", "bootstrap")
                            .put("InstanceId", id)
                            .put("LifecycleActionResult", "ABANDON"));
                }
            }
        });

        // when
        recycle(scenario, "bootstraps", strategy);

        // then
        assertThat(scenario.row("bootstraps").reason())
                .contains("was abandoned: Lifecycle Action Completed with ABANDON Result (launch hook bootstrap)");
        blamesNothing(scenario);
    }

    @ParameterizedTest
    @CsvSource({
        "instance-refresh, VcpuLimitExceeded, You have requested more vCPU capacity than your current limit allows",
        "out-in, VcpuLimitExceeded, You have requested more vCPU capacity than your current limit allows",
        "in-out, InsufficientInstanceCapacity, We currently do not have sufficient capacity",
        "canary, InvalidParameterValue, Invalid IAM Instance Profile name"
    })
    void whenNothingNewCanBeLaunched_thenItFailsSoonInAwssWordsAndNothingIsBlamed(
            String strategy, String code, String message) {
        // when
        Scenario scenario =
                recycle(with(NEW + "launchError: {code: " + code + ", message: " + message + "}}\n"), "web", strategy);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).contains(message);
        assertThat(Duration.between(
                        scenario.row("web").startedAt(), scenario.row("web").endedAt()))
                .isLessThan(Duration.ofMinutes(20));
        blamesNothing(scenario);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenAKeyMayNotBeUsed_thenTheRowSaysSoAndNothingIsBlamed(String strategy) {
        // when
        Scenario scenario = recycle(with(NEW + "breaks: {after: 0, how: launch}}\n"), "web", strategy);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).contains("Client.InternalError: Client error on launch");
        blamesNothing(scenario);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenOneZoneOfThreeHasNoCapacity_thenOthersMakeItGood(String strategy) {
        // when
        Scenario scenario = recycle(
                with("  - {match: {image: web-new, zone: eu-west-1a}, launchError: {code:"
                        + " InsufficientInstanceCapacity, message: no capacity in eu-west-1a}}\n"),
                "web",
                strategy);

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.REFRESHED);
    }

    @Test
    void whenAGroupHasNoneOfItsInstances_thenItFailsAtItsFirstFailedLaunch() {
        // given: a colleague wants three, and AWS has room for none
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("min: 2", "min: 0").replace("desired: 3", "desired: 0")
                        + "  - {match: {}, launchError: {code: InsufficientInstanceCapacity, message: no capacity}}\n");
        new Colleague(scenario).calls("SetDesiredCapacity", input -> input.put("AutoScalingGroupName", "web")
                .put("DesiredCapacity", 3));

        // when
        recycle(scenario, "web", "rolling");

        // then
        assertThat(scenario.row("web").outcome()).isIn(GroupOutcome.FAILED, GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).contains("a launch failed: no capacity");
        assertThat(Duration.between(
                        scenario.row("web").startedAt(), scenario.row("web").endedAt()))
                .isLessThan(Duration.ofMinutes(45));
        blamesNothing(scenario);
    }

    @ParameterizedTest
    @CsvSource({
        "'http: [{path: /health, status: 500}]', 'Target.ResponseCodeMismatch: Health checks failed with these codes: [500]'",
        "'breaks: {after: 0, how: connection}', 'Target.FailedHealthChecks: Health checks failed'",
        "'breaks: {after: 0, how: silence}', 'Target.Timeout: Request timed out'"
    })
    void whenTheOldVersionAnsweredAndTheNewDoesNot_thenItsImageIsBlamedInAwssWords(String behaviour, String words) {
        for (String strategy : new String[] {"instance-refresh", "out-in", "in-out", "rolling", "canary"}) {
            // when
            Scenario scenario = recycle(
                    Scenario.of(
                            "fleet.yaml",
                            text -> text.replace("healthCheckGracePeriod: 30", "healthCheckGracePeriod: 300") + NEW
                                    + behaviour + "}\n"),
                    "web",
                    strategy);

            // then
            assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
            assertThat(scenario.row("web").reason()).as(strategy).contains(words);
            assertThat(marks(scenario, JournalFact.AmiMarkedBad.class)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http: [{path: /health, status: 500}]", "breaks: {after: 0, how: silence}"})
    void whenTheOldVersionFailsAlike_thenNothingIsBlamed(String behaviour) {
        // given: nobody of the group answers, old or new
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("healthCheckType: ELB", "healthCheckType: EC2") + "  - {match: {}, " + behaviour
                        + "}\n");
        Colleague colleague = new Colleague(scenario);
        scenario.simulator().advanceTo(scenario.simulator().now().plus(Duration.ofMinutes(1)));
        colleague
                .instances("web")
                .forEach(id ->
                        colleague.calls("TerminateInstanceInAutoScalingGroup", input -> input.put("InstanceId", id)
                                .put("ShouldDecrementDesiredCapacity", false)));
        scenario.simulator().advanceTo(scenario.simulator().now().plus(Duration.ofMinutes(15)));

        // when
        recycle(scenario, "web", "out-in");

        // then
        assertThat(scenario.row("web").reason())
                .contains("inconclusive, the old version fails alike, so its image is not marked bad");
        blamesNothing(scenario);
    }

    @Test
    void whenTheVersionItGoesBackToFailsAlike_thenNothingIsMarked() {
        // given: nobody of the group answers, and its balancer has known that for long
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("healthCheckType: ELB", "healthCheckType: EC2")
                        + "  - {match: {}, http: [{path: /health, status: 500}]}\n");

        // when: what it goes back to answers no better than the new
        recycle(scenario, "web", "in-out");

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason())
                .contains("inconclusive, the old version fails alike, so its image is not marked bad");
        blamesNothing(scenario);
    }

    @Test
    void whenPeopleEndNewInstances_thenTheRowSaysSoAndNothingIsBlamed() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml");
        Colleague colleague = new Colleague(scenario);
        Map<String, Integer> seen = new HashMap<>();
        scenario.passingTimeBy(moment -> {
            scenario.simulator().advanceTo(moment);
            for (JsonNode instance : colleague.group("web").get("Instances")) {
                String id = instance.get("InstanceId").asText();
                if (instance.at("/LaunchTemplate/Version").asText().equals("2")
                        && !instance.get("LifecycleState").asText().startsWith("Terminat")
                        && seen.merge(id, 1, Integer::sum) == 2) {
                    colleague.calls("TerminateInstanceInAutoScalingGroup", input -> input.put("InstanceId", id)
                            .put("ShouldDecrementDesiredCapacity", false));
                }
            }
        });

        // when
        recycle(scenario, "web", "rolling");

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason())
                .contains("new instances did not stay: ")
                .contains("was taken out of service in response to a user request");
        blamesNothing(scenario);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "rolling", "in-out"})
    void whenSpotTakesNewInstancesBack_thenTheRowSaysSoAndNothingIsBlamed(String strategy) {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace(
                                        "healthCheckGracePeriod: 30",
                                        "healthCheckGracePeriod: 600\n            defaultInstanceWarmup: 600")
                                .replace(
                                        "            targetGroups: [web]\n            healthCheckType: ELB",
                                        "            request: {MixedInstancesPolicy: {InstancesDistribution:"
                                                + " {OnDemandPercentageAboveBaseCapacity: 0}, LaunchTemplate:"
                                                + " {LaunchTemplateSpecification: {LaunchTemplateName: shop-web, Version: \"1\"}}}}\n"
                                                + "            targetGroups: [web]\n            healthCheckType: ELB")
                        + NEW + "breaks: {after: 0, how: spot-interruption}, boot: 3m}\n");

        // when
        recycle(scenario, "web", strategy);

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.console().toString())
                .isIn(GroupOutcome.ROLLED_BACK, GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason()).contains("Server.SpotInstanceTermination: Spot instance termination");
        blamesNothing(scenario);
    }

    @Test
    void whenARollbackLaunchesInAZoneWithoutCapacity_thenItBearsWhatTheRunBears() {
        // given: the new version is bad, and one zone has no room for the old one either
        Scenario scenario = with(NEW + "http: [{path: /health, status: 500}]}\n"
                + "  - {match: {image: web-old, zone: eu-west-1a}, launchError: {code: InsufficientInstanceCapacity,"
                + " message: no capacity}}\n");

        // when
        recycle(scenario, "web", "in-out");

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.ROLLED_BACK);
    }

    private static void isInconclusive(Scenario scenario, String group, String reason, String cure) {
        String console = scenario.console().toString();
        assertThat(scenario.row(group).outcome()).as(console).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row(group).reason())
                .contains(reason)
                .contains("; inconclusive, so its image is not marked bad: ")
                .contains(cure);
        RunVerdict verdict = RunHistory.of(scenario.journal()).verdict();
        assertThat(verdict.word()).isEqualTo(RunVerdict.Word.UNSTABLE);
        assertThat(verdict.reason()).contains("inconclusive");
        blamesNothing(scenario);
    }

    @ParameterizedTest
    @CsvSource({
        "instance-refresh, batchTimeLimit, a batch is not finished within its time limit of 4m",
        "rolling, batchTimeLimit, a batch is not finished within its time limit of 4m",
        "instance-refresh, timeLimit, not finished within the group's time limit of 4m",
        "rolling, timeLimit, not finished within the group's time limit of 4m",
    })
    void whenTimeIsOverBeforeAnInstanceHadItsOwn_thenItIsInconclusiveUnstableAndSaysWhatToDo(
            String strategy, String limit, String reason) {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("healthCheckGracePeriod: 30", "healthCheckGracePeriod: 1200") + NEW
                        + "boot: 10m}\n");

        // when
        scenario.run(
                "recycleAsgs",
                Map.of(
                        "strategy",
                        strategy,
                        "windows",
                        "ignore",
                        limit,
                        "4m",
                        "instanceWarmup",
                        "10s",
                        "failOn",
                        "none"));

        // then
        isInconclusive(scenario, "web", reason + ": ", "or raise " + limit);
    }

    @Test
    void whenAnInstanceIsLateAndNobodyFoundAnythingWrong_thenItIsInconclusiveUnstableAndSaysWhatToDo() {
        // given
        Scenario scenario = Scenario.of("waits.yaml");

        // when
        scenario.run(
                "recycleAsgs",
                Map.of(
                        "asgs",
                        "bootstraps",
                        "strategy",
                        "rolling",
                        "windows",
                        "ignore",
                        "instanceTimeLimit",
                        "2m",
                        "allow",
                        "timeLimits",
                        "failOn",
                        "none"));

        // then
        isInconclusive(
                scenario,
                "bootstraps",
                "is not healthy after 2m and its warmup: Pending:Wait",
                "or raise instanceTimeLimit");
    }
}
