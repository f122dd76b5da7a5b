package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.RunVerdict;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A canary that somebody looks at before the rest follows. */
class CanaryStopTest {

    private static final Map<String, ?> STOPPING = Map.of("stopAfter", "canary", "checkpointDelay", "2m");
    private static final String SICK =
            "  - {match: {image: web-new}, breaks: {after: 4m}, http: [{path: /health, status: 200}]}\n";

    private static Scenario stopped(UnaryOperator<String> change) {
        Scenario scenario = Scenario.of("fleet.yaml", change);
        Progress progress = scenario.run("recycleAsgs", STOPPING);
        assertThat(progress).as(scenario.console().toString()).isInstanceOf(Progress.Done.class);
        return scenario;
    }

    private static void hasCanary(Scenario scenario) {
        Fleet.Group web = scenario.fleet().group("web");
        assertThat(web.instances()).isEqualTo(Map.of("1 InService Healthy", 2L, "2 InService Healthy", 1L));
        assertThat(web.tags()).doesNotContainKey("ami-refresh:restore");
        assertThat(web.suspended()).isEmpty();
        assertThat(web.max()).isEqualTo(4);
    }

    @Test
    void whenItStopsAfterTheCanary_thenTheGroupIsWholeAndTheReportSaysThatItIsHalfDone() {
        // when
        Scenario scenario = stopped(text -> text);

        // then
        scenario.settle();
        hasCanary(scenario);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.PAUSED);
        assertThat(RunHistory.of(scenario.journal()).verdict().word()).isEqualTo(RunVerdict.Word.UNSTABLE);
    }

    @Test
    void whenTheNextStepGoesOn_thenTheRestFollowsAndTheRecordIsTheFirstOne() {
        // given
        Scenario scenario = stopped(text -> text);

        // when
        Progress progress = scenario.run("recycleAsgs", Map.of());

        // then
        assertThat(progress).as(scenario.console().toString()).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.row("web").fromVersion()).isEqualTo(1);
        assertThat(scenario.row("web").strategy()).isEqualTo("canary");
        scenario.settle();
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("2 InService Healthy", 3L));
        assertThat(scenario.lowestHealthy("web")).isEqualTo(3);
        assertThat(RunHistory.of(scenario.journal()).verdict().word()).isEqualTo(RunVerdict.Word.SUCCESS);
    }

    @Test
    void whenEveryTickStartsFromTheDisk_thenNothingIsDifferent() {
        // given
        Scenario whole = stopped(text -> text);
        whole.run("recycleAsgs", Map.of());
        Scenario restarted = Scenario.of("fleet.yaml").restartingAfter(tick -> true);
        restarted.run("recycleAsgs", STOPPING);

        // when
        restarted.run("recycleAsgs", Map.of());

        // then
        assertThat(restarted.fleet()).isEqualTo(whole.fleet());
        assertThat(Happened.in(restarted)).isEqualTo(Happened.in(whole));
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
    }

    @Test
    void whenTheWindowHasClosedMeanwhile_thenWhatHasBegunGoesOn() {
        // given
        Scenario scenario = stopped(text -> text);
        scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(6 * 3600));

        // when
        scenario.run("recycleAsgs", Map.of("windows", "due"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
    }

    @Test
    void whenTheCanaryBrokeMeanwhile_thenTheGroupGoesBack() {
        // given
        Scenario scenario = stopped(text -> text + SICK);
        scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(60));

        // when
        scenario.run("recycleAsgs", Map.of("failOn", "none", "maxFailures", 0));

        // then
        assertThat(scenario.row("web").reason()).contains("1 failure where 0 may be");
        assertThat(scenario.row("web").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.ROLLED_BACK);
        scenario.settle();
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("1 InService Healthy", 3L));
    }

    @Test
    void whenNobodyWantsIt_thenRollbackAsgsTakesTheCanaryBack() {
        // given
        Scenario scenario = stopped(text -> text);

        // when
        Progress progress = scenario.run("rollbackAsgs", Map.of());

        // then
        assertThat(progress).as(scenario.console().toString()).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        scenario.settle();
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("1 InService Healthy", 3L));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void whenSmokeTestsComeBetween_thenTheyJudgeTheCanary(int status) {
        // given
        Scenario scenario = stopped(text -> text + "  - {match: {image: web-new}, http: [{path: /deep, status: "
                + status + "}, {path: /health, status: 200}]}\n");

        // when
        scenario.run(
                "smokeTestAsg",
                Map.of(
                        "checks",
                        List.of(Map.of("http", "/deep", "port", 8080)),
                        "retries",
                        1,
                        "onFailure",
                        "rollback",
                        "failOn",
                        "none"));

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.console().toString())
                .isEqualTo(status == 200 ? GroupOutcome.PAUSED : GroupOutcome.ROLLED_BACK);
    }

    @Test
    void whenAnotherBuildWantsTheGroup_thenItWaitsForThisOne() {
        // given
        Scenario scenario = stopped(text -> text);
        LockHolder other = new LockHolder("weekly-2", "step-1");

        // then
        assertThat(scenario.lockedBy("web", other)).hasValue(new LockHolder("weekly-1", ""));
    }

    @Test
    void whenTheGroupsTagNamesAnotherStrategy_thenItIsRefused() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("AMI_update_day: sun", "AMI_update_day: sun, autorecycle_strategy: in-out"));

        // when
        scenario.run("recycleAsgs", Map.of("stopAfter", "canary", "failOn", "none"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason()).isEqualTo("stopAfter: 'canary' needs the strategy canary, not in-out");
        assertThat(scenario.mutating()).isEmpty();
    }
}
