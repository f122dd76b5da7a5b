package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A new version that never gets healthy costs nothing but time. */
class FailureTest {

    private static Scenario neverHealthy() {
        return Scenario.of(
                "fleet.yaml", text -> text + "  - {match: {image: web-new}, http: [{path: /health, status: 500}]}\n");
    }

    private static Scenario failed(Scenario scenario, String strategy) {
        Progress progress = scenario.run(
                "recycleAsgs",
                Map.of(
                        "strategy",
                        strategy,
                        "checkpointDelay",
                        "1m",
                        "instanceTimeLimit",
                        "5m",
                        "batchTimeLimit",
                        "10m"));
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        return scenario;
    }

    private static void whole(Scenario scenario) {
        Fleet.Group before = Scenario.of("fleet.yaml").fleet().group("web");
        scenario.settle();
        Fleet.Group after = scenario.fleet().group("web");
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(after.instances()).isEqualTo(before.instances());
        assertThat(after.launches()).isEqualTo(before.launches());
        assertThat(after.min()).isEqualTo(before.min());
        assertThat(after.desired()).isEqualTo(before.desired());
        assertThat(after.max()).isEqualTo(before.max());
        assertThat(after.suspended()).isEqualTo(before.suspended());
        assertThat(after.tags()).doesNotContainKey("ami-refresh:restore");
        assertThat(scenario.lowestHealthy("web"))
                .as("floor %s, %s", scenario.row("web").floor(), scenario.console())
                .isGreaterThanOrEqualTo(scenario.row("web").floor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenTheNewVersionNeverGetsHealthy_thenTheGroupIsAsItWas(String strategy) {
        whole(failed(neverHealthy(), strategy));
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenEveryTickStartsFromTheDisk_thenNothingIsDifferent(String strategy) {
        // given
        Scenario whole = failed(neverHealthy(), strategy);

        // when
        Scenario restarted = failed(neverHealthy().restartingAfter(tick -> true), strategy);

        // then
        assertThat(restarted.fleet()).isEqualTo(whole.fleet());
        assertThat(Happened.in(restarted)).isEqualTo(Happened.in(whole));
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
    }

    @ParameterizedTest
    @CsvSource({
        "out-in, BEFORE_THE_CALL",
        "out-in, BEFORE_THE_ANSWER",
        "in-out, BEFORE_THE_CALL",
        "in-out, BEFORE_THE_ANSWER",
        "instance-refresh, BEFORE_THE_CALL",
        "instance-refresh, BEFORE_THE_ANSWER",
        "rolling, BEFORE_THE_CALL",
        "rolling, BEFORE_THE_ANSWER",
        "canary, BEFORE_THE_CALL",
        "canary, BEFORE_THE_ANSWER"
    })
    void whenTheHostIsKilledAtACall_thenTheGroupIsAsItWas(String strategy, Death.Moment moment) {
        // given
        int calls = failed(neverHealthy(), strategy).mutating().size();

        for (int call = 1; call <= calls; call++) {
            // when
            Scenario killed = failed(neverHealthy().dyingAt(call, moment), strategy);

            // then
            assertThat(killed.deaths()).isEqualTo(1);
            whole(killed);
            assertThat(killed.effects().resources("^terminated")).doesNotHaveDuplicates();
        }
    }

    @Test
    void whenNothingNewCanBeLaunched_thenTheGroupIsAsItWas() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text + "  - {match: {image: web-new}, launchError: {code: InsufficientInstanceCapacity,"
                        + " message: no capacity}}\n");

        // when
        failed(scenario, "out-in");

        // then
        whole(scenario);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-in", "in-out", "instance-refresh", "rolling", "canary"})
    void whenTheNewVersionNeverGotHealthy_thenNoLaterBuildUsesItsAmi(String strategy) {
        // given
        Scenario next = failed(neverHealthy(), strategy).nextBuild("weekly-2");
        int calls = next.mutating().size();

        // when
        next.run("recycleAsgs", Map.of("failOn", "none"));

        // then
        assertThat(next.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(next.row("web").reason()).startsWith("ami-0000000000000bbbb is marked bad: web: ");
        assertThat(next.mutating()).hasSize(calls);
    }

    @Test
    void whenNothingNewCouldBeLaunched_thenTheAmiIsNotToBlame() {
        // given
        Scenario next = failed(
                        Scenario.of(
                                "fleet.yaml",
                                text -> text + "  - {match: {image: web-new}, launchError: {code:"
                                        + " InsufficientInstanceCapacity, message: no capacity}}\n"),
                        "out-in")
                .nextBuild("weekly-2");

        // when
        next.run("recycleAsgs", Map.of("strategy", "out-in", "failOn", "none"));

        // then
        assertThat(next.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
    }

    @Test
    void whenAwsDoesNotTakeTheMark_thenTheGroupGoesBackNevertheless() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text + "  - {match: {image: web-new}, http: [{path: /health, status: 500}]}\n"
                        + "faults:\n  - {operation: CreateTags, error: {code: UnauthorizedOperation, status: 403,"
                        + " message: not allowed}}\n");

        // when
        failed(scenario, "out-in");

        // then
        whole(scenario);
        assertThat(scenario.console()).anyMatch(line -> line.contains("could not mark its AMI bad"));
    }
}
