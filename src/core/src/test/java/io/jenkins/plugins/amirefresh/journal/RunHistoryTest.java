package io.jenkins.plugins.amirefresh.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunHistoryTest {

    private static final Instant SUNDAY = Instant.parse("2026-11-22T17:00:00Z");
    private static final GroupKey WEB = GroupKey.parse("111111111111/eu-west-1/web");
    private static final GroupKey WORKER = GroupKey.parse("111111111111/eu-west-1/worker");

    private final RunHistory history = new RunHistory();
    private int count;

    private void happened(JournalFact fact) {
        history.add(new JournalEvent("k" + count, SUNDAY.plusSeconds(count++), "recycleAsgs", fact));
    }

    private void ended(GroupKey group, GroupOutcome outcome) {
        ended(group, outcome, "out-in", 2);
    }

    private void ended(GroupKey group, GroupOutcome outcome, String strategy, long to) {
        happened(new JournalFact.GroupEnded(
                new GroupResult(group, "prod", "web", strategy, outcome, "because", 1, to, null, null, SUNDAY, 2)));
    }

    private void tested(SmokeTestVerdict verdict) {
        happened(new JournalFact.GroupTested(WEB, verdict, List.of(), null));
    }

    @Test
    void whenFactsOfAllKindsAreAskedFor_thenEachIsThereInOrder() {
        // given
        ended(WEB, GroupOutcome.FAILED);
        tested(SmokeTestVerdict.PASSED);

        // when
        List<JournalFact> all = history.facts(JournalFact.class);

        // then
        assertThat(all).hasExactlyElementsOfTypes(JournalFact.GroupEnded.class, JournalFact.GroupTested.class);
        assertThat(history.facts(JournalFact.GroupTested.class)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "failed,      skipped,     failed",
        "failed,      refused,     failed",
        "failed,      held,        failed",
        "failed,      missed,      failed",
        "failed,      paused,      failed",
        "failed,      rolled-back, rolled-back",
        "failed,      refreshed,   refreshed",
        "rolled-back, skipped,     rolled-back",
        "rolled-back, refused,     rolled-back",
        "rolled-back, missed,      rolled-back",
        "rolled-back, failed,      failed",
        "rolled-back, refreshed,   refreshed",
        "refreshed,   skipped,     refreshed",
        "refreshed,   held,        refreshed",
        "refreshed,   missed,      refreshed",
        "refreshed,   refused,     refused",
        "refreshed,   failed,      failed",
        "refreshed,   rolled-back, rolled-back",
        "paused,      skipped,     paused",
        "paused,      refused,     paused",
        "paused,      refreshed,   refreshed",
        "missed,      skipped,     missed",
        "missed,      refused,     refused",
        "refused,     skipped,     refused",
        "refused,     refreshed,   refreshed",
        "skipped,     missed,      missed",
        "skipped,     skipped,     skipped",
    })
    void whenAGroupHasTwoRows_thenTheWorstWordStandsUntilSomethingWasDone(
            String before, String after, String standing) {
        // when
        ended(WEB, outcome(before));
        ended(WEB, outcome(after));

        // then
        assertThat(history.row(WEB).orElseThrow().outcome()).isEqualTo(outcome(standing));
    }

    private static GroupOutcome outcome(String word) {
        return List.of(GroupOutcome.values()).stream()
                .filter(outcome -> outcome.text().equals(word))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whenARefreshedGroupMissedTheWindowOfAnotherVersion_thenItMissedIt() {
        // when
        ended(WEB, GroupOutcome.REFRESHED, "out-in", 2);
        ended(WEB, GroupOutcome.MISSED, "", 3);

        // then
        assertThat(history.row(WEB).orElseThrow().outcome()).isEqualTo(GroupOutcome.MISSED);
    }

    @Test
    void whenALaterStepLeftTheGroupAlone_thenItsRecordAndStrategyAreStillKnown() {
        // given
        RefreshRecord record = new RefreshRecord(
                "run-1",
                WEB,
                new LaunchTemplateId("lt-0123456789abcdef0"),
                new LaunchTemplateVersion(1),
                new LaunchTemplateVersion(2),
                new VersionReference.Default(),
                new LaunchTemplateVersion(1),
                new Capacity(1, 2, 3));

        // when
        happened(new JournalFact.RefreshStarted(record));
        ended(WEB, GroupOutcome.PAUSED, "canary", 2);
        ended(WEB, GroupOutcome.SKIPPED, "", 2);
        ended(WEB, GroupOutcome.REFUSED, "", 2);

        // then
        GroupHistory group = history.group(WEB);
        assertThat(group.record()).contains(record);
        assertThat(group.strategy()).isEqualTo("canary");
        assertThat(group.canary()).isPresent();
        assertThat(group.firstStart()).contains(SUNDAY);
    }

    @ParameterizedTest
    @CsvSource({
        "refreshed,   SUCCESS",
        "skipped,     SUCCESS",
        "rolled-back, UNSTABLE",
        "paused,      UNSTABLE",
        "missed,      UNSTABLE",
        "held,        UNSTABLE",
        "refused,     UNSTABLE",
        "failed,      FAILURE",
    })
    void whenAGroupEnded_thenTheVerdictIsNeverBetterThanItsWord(String outcome, RunVerdict.Word word) {
        // when
        ended(WORKER, GroupOutcome.REFRESHED);
        ended(WEB, outcome(outcome));

        // then
        assertThat(history.verdict().word()).isEqualTo(word);
        if (word != RunVerdict.Word.SUCCESS) {
            assertThat(history.verdict().reason())
                    .isEqualTo("web " + outcome(outcome).words() + ": because");
        }
    }

    @Test
    void whenSeveralGroupsAreBad_thenTheReasonNamesOneOfTheWorstAndCountsTheOthers() {
        // when
        ended(GroupKey.parse("111111111111/eu-west-1/held"), GroupOutcome.HELD);
        ended(WEB, GroupOutcome.FAILED);
        ended(WORKER, GroupOutcome.FAILED);

        // then
        assertThat(history.verdict()).hasToString("FAILURE: web failed: because; and 1 more");
    }

    @ParameterizedTest
    @EnumSource(
            value = SmokeTestVerdict.class,
            names = {"FAILED", "INCONCLUSIVE"})
    void whenARefreshedGroupDidNotPassItsTest_thenTheRunIsUnstableUntilItIsRefreshedAgain(SmokeTestVerdict verdict) {
        // when
        ended(WEB, GroupOutcome.REFRESHED);
        tested(verdict);

        // then
        assertThat(history.verdict().word()).isEqualTo(RunVerdict.Word.UNSTABLE);

        // when
        ended(WEB, GroupOutcome.REFRESHED, "out-in", 3);

        // then
        assertThat(history.verdict().word()).isEqualTo(RunVerdict.Word.SUCCESS);
    }

    @Test
    void whenAGroupThatNoStepRefreshedIsTestedInconclusively_thenTheRunIsUnstable() {
        // when
        tested(SmokeTestVerdict.INCONCLUSIVE);

        // then
        assertThat(history.verdict())
                .hasToString(
                        "UNSTABLE: web tests inconclusive; look whether it can be asked from there, then test it again"
                                + " or go back with rollbackAsgs");
        assertThat(history.rows()).isEmpty();
    }

    @Test
    void whenNothingHappened_thenTheVerdictSaysSo() {
        assertThat(history.verdict()).hasToString("SUCCESS: no group was looked at");
    }

    @ParameterizedTest
    @CsvSource({
        "'', SUCCESS: no group was looked at",
        "RUNNING, SUCCESS: no group was looked at",
        "SUCCESS, SUCCESS: no group was looked at",
        "UNSTABLE, UNSTABLE: no group was looked at; the build itself is UNSTABLE: it broke",
        "FAILURE, FAILURE: no group was looked at; the build itself is FAILURE: it broke",
        "ABORTED, ABORTED: no group was looked at; the build itself is ABORTED: it broke",
    })
    void whenTheBuildItselfIsWorseOff_thenTheVerdictIsNoBetter(String result, String verdict) {
        assertThat(history.verdict().noBetterThan(new BuildStatus(result, "it\nbroke")))
                .hasToString(verdict);
    }

    @Test
    void whenAGroupIsWorseOffThanTheBuild_thenTheVerdictStaysTheGroups() {
        ended(WEB, GroupOutcome.FAILED);

        RunVerdict verdict = history.verdict();

        assertThat(verdict.noBetterThan(new BuildStatus("UNSTABLE", "it broke")))
                .isEqualTo(verdict);
    }
}
