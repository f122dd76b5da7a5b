package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.RunVerdict;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A group that is healthy to AWS and answers wrongly goes back once, whatever becomes of the host. */
class SmokeTestTest {

    private static final Map<String, ?> TEST =
            Map.of("onFailure", "rollback", "checks", List.of(Map.of("http", "/deep", "port", 8080)), "retries", 1);

    /** Refreshed; the new AMI's deep health page fails. */
    private static Scenario refreshed(String strategy) {
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text
                        + "  - {match: {image: web-new}, http: [{path: /deep, status: 500}, {path: /health, status: 200}]}\n");
        assertThat(scenario.run("recycleAsgs", Map.of("strategy", strategy, "checkpointDelay", "1m")))
                .isInstanceOf(Progress.Done.class);
        return scenario;
    }

    private static Scenario tested(Scenario scenario) {
        assertThat(scenario.run("smokeTestAsg", TEST)).isInstanceOf(Progress.Failed.class);
        return scenario;
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenTheNewVersionAnswersWrongly_thenTheGroupIsAsItWas(String strategy) {
        // given
        Scenario scenario = refreshed(strategy);
        Fleet.Group before = Scenario.of("fleet.yaml").fleet().group("web");

        // when
        tested(scenario);
        scenario.settle();

        // then
        Fleet.Group after = scenario.fleet().group("web");
        assertThat(after.instances()).isEqualTo(before.instances());
        assertThat(after.launches()).isEqualTo("1");
        assertThat(after.max()).isEqualTo(before.max());
        assertThat(after.desired()).isEqualTo(before.desired());
        assertThat(after.suspended()).isEmpty();
        assertThat(after.tags()).doesNotContainKey("ami-refresh:restore");
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.lowestHealthy("web"))
                .isGreaterThanOrEqualTo(scenario.row("web").floor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenEveryTickStartsFromTheDisk_thenNothingIsDifferent(String strategy) {
        // given
        Scenario whole = tested(refreshed(strategy));

        // when
        Scenario restarted = tested(refreshed(strategy).restartingAfter(tick -> true));

        // then
        assertThat(restarted.fleet()).isEqualTo(whole.fleet());
        assertThat(Happened.in(restarted)).isEqualTo(Happened.in(whole));
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
    }

    @Test
    void whenTheHostRestartsOnce_thenItDoesNotMatterAfterWhichTick() {
        // given
        Scenario whole = refreshed("out-in");
        int before = whole.ticks();
        tested(whole);

        for (int restart = before + 1; restart < whole.ticks(); restart++) {
            // when
            int last = restart;
            Scenario restarted = tested(refreshed("out-in").restartingAfter(tick -> tick == last));

            // then
            assertThat(restarted.fleet()).isEqualTo(whole.fleet());
            assertThat(Happened.in(restarted)).isEqualTo(Happened.in(whole));
            assertThat(restarted.effects().lines())
                    .containsExactlyElementsOf(whole.effects().lines());
        }
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenTheHostIsKilledAtACall_thenNothingIsDoneTwice(Death.Moment moment) {
        // given
        Scenario whole = refreshed("out-in");
        int before = whole.mutating().size();
        tested(whole);

        for (int call = before + 1; call <= whole.mutating().size(); call++) {
            // when
            Scenario killed = tested(refreshed("out-in").dyingAt(call, moment));

            // then
            String where = "killed " + moment + " " + call + " of " + whole.mutating();
            assertThat(killed.deaths()).as(where).isEqualTo(1);
            assertThat(killed.fleet()).as(where).isEqualTo(whole.fleet());
            assertThat(Facts.of(killed)).as(where).isEqualTo(Facts.of(whole));
            assertThat(killed.effects().resources("^terminated"))
                    .as(where)
                    .hasSameSizeAs(whole.effects().resources("^terminated"))
                    .doesNotHaveDuplicates();
            assertThat(killed.effects().resources("launched into"))
                    .as(where)
                    .hasSameSizeAs(whole.effects().resources("launched into"));
        }
    }

    private static long marks(Scenario scenario, Class<? extends JournalFact> kind) {
        return scenario.journal().stream()
                .map(JournalEvent::fact)
                .filter(kind::isInstance)
                .count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whenTheVersionItGoesBackToFailsAlike_thenTheMarkIsTakenBackAndTheRowSaysSo(boolean restarts) {
        // given: what both versions share is broken
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text + "  - {match: {}, http: [{path: /deep, status: 503}, {path: /health, status: 200}]}\n");
        scenario.run("recycleAsgs", Map.of("strategy", "rolling"));

        // when
        tested(restarts ? scenario.restartingAfter(tick -> true) : scenario);

        // then
        GroupResult row = scenario.row("web");
        assertThat(row.outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(row.reason())
                .contains("; version 1 fails alike (http /deep: answered 503, expected 200)")
                .endsWith("its image is not marked bad: look at what both share");
        assertThat(marks(scenario, JournalFact.AmiMarkedBad.class)).isEqualTo(1);
        assertThat(marks(scenario, JournalFact.AmiMarkWithdrawn.class)).isEqualTo(1);
        Scenario next = scenario.nextBuild("weekly-2");
        next.run("recycleAsgs", Map.of("failOn", "none", "dryRun", true));
        assertThat(next.row("web").reason()).doesNotContain("is marked bad");
    }

    @Test
    void whenTheVersionItGoesBackToAnswersOtherwise_thenTheMarkStands() {
        // given
        Scenario scenario = refreshed("rolling");

        // when
        tested(scenario);

        // then
        assertThat(marks(scenario, JournalFact.AmiMarkedBad.class)).isEqualTo(1);
        assertThat(marks(scenario, JournalFact.AmiMarkWithdrawn.class)).isZero();
        assertThat(scenario.row("web").reason()).doesNotContain("alike");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smokeTestAsg", "rollbackAsgs"})
    void whenTheRefreshWasGivenItsTime_thenTheWayBackHasTheSame(String step) {
        // given: the old version takes half an hour to start
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("healthCheckGracePeriod: 30", "healthCheckGracePeriod: 7200")
                        + "  - {match: {image: web-old}, boot: 30m, http: [{path: /health, status: 200}]}\n"
                        + "  - {match: {image: web-new}, http: [{path: /deep, status: 500}, {path: /health, status: 200}]}\n");
        scenario.run(
                "recycleAsgs",
                Map.of(
                        "strategy",
                        "rolling",
                        "instanceTimeLimit",
                        "1h",
                        "batchTimeLimit",
                        "3h",
                        "timeLimit",
                        "9h",
                        "instanceWarmup",
                        "10s"));
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);

        // when
        scenario.run(step, step.equals("smokeTestAsg") ? TEST : Map.of());

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.ROLLED_BACK);
    }

    @Test
    void whenItsRollbackIsRefusedBeforeTheFirstChange_thenTheGroupIsLeftFailedOnTheNewVersion() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text
                        + "  - {match: {image: web-new}, http: [{path: /deep, status: 500}, {path: /health, status: 200}]}\n"
                        + "faults:\n  - {operation: CreateOrUpdateTags, from: \"2026-11-22T21:00:00Z\", until:"
                        + " \"2026-11-29T21:00:00Z\", error: {code: AccessDenied, status: 403, message: no longer"
                        + " allowed}}\n");
        scenario.run("recycleAsgs", Map.of("strategy", "rolling"));
        scenario.simulator().advanceTo(Instant.parse("2026-11-22T21:00:00Z"));

        // when
        tested(scenario);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason())
                .startsWith("smoke test failed: http /deep")
                .contains("; not rolled back: ")
                .contains("AccessDenied");
        assertThat(RunHistory.of(scenario.journal()).verdict().word()).isEqualTo(RunVerdict.Word.FAILURE);
    }
}
