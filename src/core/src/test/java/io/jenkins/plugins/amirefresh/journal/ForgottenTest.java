package io.jenkins.plugins.amirefresh.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.JournalFact.GroupsChosen;
import io.jenkins.plugins.amirefresh.journal.JournalFact.LeftOut;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who fell between the steps of a run, and who was left out on purpose. */
class ForgottenTest {

    private static final Instant SUNDAY = Instant.parse("2026-11-22T17:00:00Z");

    private final RunHistory history = new RunHistory();
    private int count;

    private void happened(JournalFact fact) {
        history.add(new JournalEvent("k" + count, SUNDAY.plusSeconds(count++), "recycleAsgs", fact));
    }

    private static GroupKey key(String name) {
        return GroupKey.parse("111111111111/eu-west-1/" + name);
    }

    private static LeftOut group(String name, String environment, String family) {
        return new LeftOut(key(name), environment, family, 4, false, "");
    }

    private static List<String> only(String... values) {
        return List.of(values);
    }

    private void chose(List<String> environments, List<String> families, LeftOut... leftOut) {
        happened(new GroupsChosen(environments, List.of(), families, false, false, List.of(leftOut)));
    }

    private List<String> forgotten() {
        return history.forgotten().stream()
                .map(row -> row.group().name() + ": " + row.reason().split(":", 2)[0])
                .toList();
    }

    @Test
    void whenWavesDivideTheFleetByEnvironment_thenWhoIsInNoneIsForgotten() {
        // when
        chose(
                only("sandbox"),
                only(),
                group("uat", "uat", "web"),
                group("none", "", "web"),
                group("dev", "dev", "web"));
        chose(only("Dev", "qa"), only(), group("uat", "uat", "web"), group("none", "", "web"));
        happened(new JournalFact.GroupEnded(new GroupResult(
                key("dev"), "dev", "web", "", GroupOutcome.SKIPPED, "not due", 0, 4, null, null, SUNDAY, 0)));

        // then
        assertThat(forgotten())
                .containsExactly(
                        "uat: no step names environment 'uat'", "none: no step names groups without a tag Environment");
        assertThat(history.verdict().word()).isEqualTo(RunVerdict.Word.UNSTABLE);
        assertThat(history.verdict().reason()).contains("uat: no step names environment 'uat'", "and 1 more");
        assertThat(history.finalRows()).extracting(GroupResult::outcome).containsOnly(GroupOutcome.SKIPPED);
    }

    @Test
    void whenAllStepsChooseTheSameEnvironment_thenTheOthersAreLeftOutOnPurpose() {
        // when
        chose(only("dev"), only("worker"), group("prod", "prod", "web"), group("db", "dev", "db"));
        chose(only("dev"), only("web"), group("prod", "prod", "web"), group("db", "dev", "db"));

        // then
        assertThat(forgotten()).containsExactly("db: no step names family 'db' of environment 'dev'");
    }

    @Test
    void whenOneStepIsAll_thenWhatItLeavesOutIsOnPurpose() {
        // when
        chose(only("dev"), only(), group("prod", "prod", "web"), group("none", "", "web"));

        // then
        assertThat(forgotten()).isEmpty();
        assertThat(history.verdict().word()).isEqualTo(RunVerdict.Word.SUCCESS);
    }

    @Test
    void whenTheWholeRunIsNarrowed_thenTheRestIsOutOfScope() {
        // when
        for (String environment : only("sandbox", "dev", "prod")) {
            happened(new GroupsChosen(
                    only(environment),
                    only("prod"),
                    only(),
                    false,
                    false,
                    List.of(group("uat", "uat", "web"), group("dev", "dev", "web"))));
        }

        // then
        assertThat(forgotten()).isEmpty();
    }

    @Test
    void whenAStepExcludesAGroupOrAsksForSingleOnes_thenNobodyIsForgottenOverThat() {
        // when
        chose(only("sandbox"), only(), group("old", "prod", "web"));
        chose(only("prod"), only(), new LeftOut(key("old"), "prod", "web", 4, true, ""));
        happened(new GroupsChosen(only(), only(), only(), true, false, List.of(group("other", "uat", "db"))));

        // then
        assertThat(forgotten()).containsExactly("other: no step names environment 'uat'");
    }

    @Test
    void whenOnlySingleGroupsAreAskedFor_thenNobodyIsForgotten() {
        // when
        happened(new GroupsChosen(only(), only(), only(), true, false, List.of(group("other", "uat", "db"))));

        // then
        assertThat(forgotten()).isEmpty();
    }

    @Test
    void whenTheRunOnlyPlans_thenTheyHaveRowsAndTheVerdictIsGood() {
        // when
        for (String environment : only("sandbox", "dev")) {
            happened(new GroupsChosen(
                    only(environment), only(), only(), false, true, List.of(group("uat", "uat", "web"))));
        }

        // then
        assertThat(forgotten()).containsExactly("uat: no step names environment 'uat'");
        assertThat(history.verdict().word()).isEqualTo(RunVerdict.Word.SUCCESS);
    }

    @Test
    void whenAGroupThatNoRowTellsOfWasPinned_thenThatIsTold() {
        // given
        happened(new JournalFact.GroupPinned(
                key("prod"), new VersionReference.Latest(), new LaunchTemplateVersion(3), Map.of(), null));
        LeftOut uat = new LeftOut(key("uat"), "uat", "web", 4, false, "stays pinned to version 2, it named $Latest");

        // when
        chose(only("dev"), only(), group("prod", "prod", "web"), uat);

        // then
        assertThat(history.pinnedAside(BuildStatus.GOOD))
                .containsEntry(key("prod"), "stays pinned to version 3, it named $Latest")
                .containsEntry(key("uat"), "stays pinned to version 2, it named $Latest");

        // when
        chose(only("qa"), only(), uat);

        // then
        assertThat(history.pinnedAside(BuildStatus.GOOD)).doesNotContainKey(key("uat"));
        assertThat(history.forgotten())
                .filteredOn(row -> row.group().equals(key("uat")))
                .singleElement()
                .satisfies(row -> assertThat(row.reason()).endsWith("; stays pinned to version 2, it named $Latest"));
    }

    @Test
    void whenABuildIsAbortedBeforeAStepCame_thenAPinnedGroupHasItsRow() {
        // given
        BuildStatus aborted = new BuildStatus("ABORTED", "");
        happened(new JournalFact.GroupPinned(
                key("prod"), new VersionReference.Latest(), new LaunchTemplateVersion(3), Map.of(), null));

        // then
        assertThat(history.finalRows()).isEmpty();
        assertThat(history.finalRows(aborted)).singleElement().satisfies(row -> {
            assertThat(row.outcome()).isEqualTo(GroupOutcome.SKIPPED);
            assertThat(row.reason())
                    .isEqualTo("no step came to it before the build was aborted; stays pinned to version 3, it named"
                            + " $Latest; run again to go on");
        });
        assertThat(history.pinnedAside(aborted)).isEmpty();

        // when
        chose(only("dev"), only(), group("prod", "prod", "web"));

        // then
        assertThat(history.finalRows(aborted)).singleElement().satisfies(row -> assertThat(row.environment())
                .isEqualTo("prod"));
    }

    @Test
    void whenABuildIsAborted_thenNoStepIsMissedThatMayHaveBeenToCome() {
        // when
        chose(only("dev"), only(), group("prod", "prod", "web"));
        chose(only("qa"), only(), group("prod", "prod", "web"));

        // then
        assertThat(history.finalRows(new BuildStatus("ABORTED", "")))
                .singleElement()
                .satisfies(
                        row -> assertThat(row.reason()).isEqualTo("no step came to it before the build was aborted"));
    }
}
