package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code recycleAsgs checks:}: no old instance goes before new ones passed them. */
class ReadinessTest {

    private static final List<Map<String, ?>> HEALTH = List.of(Map.of("http", "/health", "port", 8080));

    /** A group that no balancer watches, whose new application answers minutes after AWS calls its instance healthy. */
    private static Scenario alone(String newAnswers) {
        return Scenario.of(
                "fleet.yaml",
                text -> text.replace("            targetGroups: [web]\n            healthCheckType: ELB\n", "")
                                .replace(
                                        "healthCheckGracePeriod: 30",
                                        // What AWS balances afterwards knows no checks, and is not the refresh.
                                        "healthCheckGracePeriod: 0\n            suspendedProcesses: [AZRebalance]")
                        + "  - {match: {image: web-new}, boot: 4m, http: [" + newAnswers + "]}\n");
    }

    private static Map<String, Object> recycle(List<Map<String, ?>> checks, Object... more) {
        Map<String, Object> given = new HashMap<>();
        given.put("checks", checks);
        given.put("instanceTimeLimit", "10m");
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i].toString(), more[i + 1]);
        }
        return given;
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "out-in", "in-out", "rolling", "canary"})
    void whenNewInstancesAnswerLate_thenTheServiceStaysUp(String strategy) {
        // given
        Scenario scenario = alone("{path: /health, status: 200}");

        // when
        Progress progress = scenario.run("recycleAsgs", recycle(HEALTH, "strategy", strategy, "checkpointDelay", "1m"));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.fleet().group("web").instances()).containsOnlyKeys("2 InService Healthy");
        assertThat(lowestAnswering(scenario))
                .isGreaterThanOrEqualTo(scenario.row("web").floor());
        if (strategy.equals("auto")) {
            assertThat(scenario.row("web").strategy()).isEqualTo("rolling");
        }
    }

    @Test
    void whenThereAreNoChecks_thenNothingTellsAndTheServiceIsGone() {
        // given
        Scenario scenario = alone("{path: /health, status: 200}");

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "in-out"));

        // then
        assertThat(lowestAnswering(scenario)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-in", "in-out", "rolling", "canary"})
    void whenTheNewVersionNeverPasses_thenItGoesBackAndTheRowHasItsAnswer(String strategy) {
        // given
        Scenario scenario = alone("{path: /health, status: 503}");

        // when
        Progress progress = scenario.run("recycleAsgs", recycle(HEALTH, "strategy", strategy));

        // then
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason())
                .contains("is not healthy after 10m")
                .contains("http /health: answered 503, expected 200");
        assertThat(scenario.fleet().group("web").instances()).containsOnlyKeys("1 InService Healthy");
        assertThat(lowestAnswering(scenario))
                .isGreaterThanOrEqualTo(scenario.row("web").floor());
        assertThat(bad(scenario)).isTrue();
    }

    @Test
    void whenTheOldVersionFailsAlike_thenTheNewOneIsNotBlamed() {
        // given
        Scenario scenario = alone("{path: /deep, status: 503}");
        List<Map<String, ?>> deep = List.of(Map.of("http", "/deep", "port", 8080));
        Scenario alike =
                Scenario.of("fleet.yaml", text -> text + "  - {match: {}, http: [{path: /deep, status: 503}]}\n");

        // when
        scenario.run("recycleAsgs", recycle(deep, "strategy", "out-in"));
        alike.run("recycleAsgs", recycle(deep, "strategy", "out-in"));

        // then
        assertThat(bad(scenario)).isTrue();
        assertThat(alike.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(alike.row("web").reason()).contains("answered 503, expected 200; so does the old version's i-");
        assertThat(bad(alike)).isFalse();
    }

    @Test
    void whenTheSameAsOldIsEnough_thenItPasses() {
        // given
        Scenario alike =
                Scenario.of("fleet.yaml", text -> text + "  - {match: {}, http: [{path: /deep, status: 503}]}\n");

        // when
        Progress progress = alike.run(
                "recycleAsgs",
                recycle(List.of(Map.of("http", "/deep", "port", 8080, "expect", "sameAsOld")), "strategy", "out-in"));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(alike.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
    }

    @Test
    void whenAnswersFlap_thenOnlySoManyRightOnesInARowProve() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("            targetGroups: [web]\n            healthCheckType: ELB\n", "")
                        + "  - {match: {image: web-new}, breaks: {after: 40s, how: http, recovers: 40s}}\n");

        // when
        Progress progress = scenario.run(
                "recycleAsgs",
                recycle(
                        List.of(Map.of("http", "/health", "port", 8080, "healthyThresholdCount", 5)),
                        "strategy",
                        "out-in"));

        // then
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
    }

    @Test
    void whenAwsIsToRefresh_thenChecksAreRefusedBeforeTheFirstChange() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml");

        // when
        scenario.run("recycleAsgs", recycle(HEALTH, "strategy", "instance-refresh", "failOn", "none"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason())
                .isEqualTo("AWS chooses the batches of its own refresh, so checks cannot hold back the next one; use"
                        + " out-in, in-out, rolling or canary, or leave the checks to smokeTestAsg");
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenEveryTickStartsFromTheDisk_thenNothingIsDifferent() {
        // given
        Scenario whole = alone("{path: /health, status: 200}");
        whole.run("recycleAsgs", recycle(HEALTH));

        // when
        Scenario restarted = alone("{path: /health, status: 200}").restartingAfter(tick -> true);
        restarted.run("recycleAsgs", recycle(HEALTH));

        // then
        assertThat(restarted.fleet()).isEqualTo(whole.fleet());
        assertThat(Happened.in(restarted)).isEqualTo(Happened.in(whole));
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenTheHostIsKilledAtACall_thenNothingIsDoneTwice(Death.Moment moment) {
        // given
        Scenario whole = alone("{path: /health, status: 200}");
        whole.run("recycleAsgs", recycle(HEALTH));

        for (int call = 1; call <= whole.mutating().size(); call++) {
            // when
            Scenario killed = alone("{path: /health, status: 200}").dyingAt(call, moment);
            killed.run("recycleAsgs", recycle(HEALTH));

            // then
            String where = "killed " + moment + " " + call + " of " + whole.mutating();
            assertThat(killed.deaths()).as(where).isEqualTo(1);
            assertThat(killed.fleet()).as(where).isEqualTo(whole.fleet());
            assertThat(killed.effects().resources("launched into"))
                    .as(where)
                    .hasSameSizeAs(whole.effects().resources("launched into"));
        }
    }

    /** With checks it can be told who answers, so that is what serves. */
    private static int lowestAnswering(Scenario scenario) {
        Simulator simulator = scenario.simulator();
        AccountRegion place =
                new AccountRegion(simulator.account().defaultAccount().id(), "eu-west-1");
        return simulator
                .recorded(recorder ->
                        recorder.history(place, "web", simulator.account().start(), simulator.now()))
                .values()
                .stream()
                .mapToInt(sample -> sample.answering())
                .min()
                .orElseThrow();
    }

    private static boolean bad(Scenario scenario) {
        return scenario.journal().stream().anyMatch(event -> event.fact() instanceof JournalFact.AmiMarkedBad);
    }
}
