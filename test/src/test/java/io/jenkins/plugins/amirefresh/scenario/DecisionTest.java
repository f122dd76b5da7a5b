package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which groups a run touches and when: holds, windows, dry runs, bad tags. */
class DecisionTest {

    private static final String NO_CAPACITY =
            "  - {match: {group: sandbox, image: web-new}, launchError: {code: InsufficientInstanceCapacity, message: no}}\n";

    private static final String SICK =
            "  - {match: {image: web-new, group: sandbox}, http: [{path: /health, status: 500}]}\n";

    private static final Map<String, ?> SANDBOX =
            Map.of("environments", "sandbox", "strategy", "out-in", "instanceTimeLimit", "5m", "failOn", "none");

    private static void onlyReads(Scenario scenario) {
        assertThat(scenario.mutating()).isEmpty();
        assertThat(scenario.fleet()).isEqualTo(Scenario.of("waves.yaml").fleet());
    }

    @Test
    void whenAGroupWasRolledBack_thenTheNextWaveIsHeldAndUntouched() {
        // given
        Scenario scenario = Scenario.of("waves.yaml", text -> text + SICK);
        scenario.run("recycleAsgs", SANDBOX);
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        int calls = scenario.mutating().size();

        // when
        Progress progress = scenario.run("recycleAsgs", Map.of("environments", "dev"));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("dev").outcome()).isEqualTo(GroupOutcome.HELD);
        assertThat(scenario.row("dev").reason()).isEqualTo("sandbox was rolled back in sandbox");
        assertThat(scenario.mutating()).hasSize(calls);
    }

    @Test
    void whenHoldsAreOffAndTheImageWasToBlame_thenItIsUsedNowhereElse() {
        // given
        Scenario scenario = Scenario.of("waves.yaml", text -> text + SICK);
        scenario.run("recycleAsgs", SANDBOX);

        // when
        scenario.run("recycleAsgs", Map.of("environments", "dev", "holdOn", "none", "failOn", "none"));

        // then
        assertThat(scenario.row("dev").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("dev").reason()).contains("is marked bad: sandbox: ");
    }

    @Test
    void whenHoldsAreOff_thenTheNextWaveGoesOn() {
        // given
        Scenario scenario = Scenario.of("waves.yaml", text -> text + NO_CAPACITY);
        scenario.run("recycleAsgs", SANDBOX);

        // when
        scenario.run("recycleAsgs", Map.of("environments", "dev", "holdOn", "none"));

        // then
        assertThat(scenario.row("dev").outcome()).isEqualTo(GroupOutcome.REFRESHED);
    }

    @Test
    void whenWindowsAreWaitedFor_thenNothingIsLaunchedBeforeThem() {
        // given
        Scenario scenario = Scenario.of("waves.yaml");

        // when
        scenario.run("recycleAsgs", Map.of());

        // then
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.row("dev").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.firstLaunch("sandbox"))
                .isBetween(Instant.parse("2026-11-22T19:00:00Z"), Instant.parse("2026-11-22T19:05:00Z"));
        assertThat(scenario.firstLaunch("dev"))
                .isBetween(Instant.parse("2026-11-23T10:00:00Z"), Instant.parse("2026-11-23T10:05:00Z"));
    }

    @Test
    void whenEveryTickOfTheWaitStartsFromTheDisk_thenNothingIsDifferent() {
        // given
        Scenario whole = Scenario.of("waves.yaml");
        whole.run("recycleAsgs", Map.of());
        Scenario restarted = Scenario.of("waves.yaml").restartingAfter(tick -> true);

        // when
        restarted.run("recycleAsgs", Map.of());

        // then
        assertThat(restarted.fleet()).isEqualTo(whole.fleet());
        assertThat(Happened.in(restarted)).isEqualTo(Happened.in(whole));
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
        assertThat(restarted.console()).isEqualTo(whole.console());
    }

    @Test
    void whenNoWindowIsOpen_thenADueRunDoesNothing() {
        // given
        Scenario scenario = Scenario.of("waves.yaml");

        // when
        Progress progress = scenario.run("recycleAsgs", Map.of("windows", "due"));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.SKIPPED);
        assertThat(scenario.row("sandbox").reason())
                .startsWith("not due in this run: next window 2026-11-22T19:00:00Z");
        onlyReads(scenario);
    }

    @Test
    void whenTheWaitIsTooLong_thenTheGroupIsSkipped() {
        // given
        Scenario scenario = Scenario.of("waves.yaml");

        // when
        scenario.run("recycleAsgs", Map.of("waitAtMost", "4h"));

        // then
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.row("dev").outcome()).isEqualTo(GroupOutcome.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({"updateLaunchTemplates", "recycleAsgs", "restoreAsgs"})
    void whenTheRunIsDry_thenItOnlyReads(String step) {
        // given
        Scenario scenario = Scenario.of("waves.yaml");
        Map<String, ?> parameters =
                step.equals("updateLaunchTemplates") ? Map.of("dryRun", true, "ami", "newest") : Map.of("dryRun", true);

        // when
        Progress progress = scenario.run(step, parameters);

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        onlyReads(scenario);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AMI_update_day: sun | AMI_update_day: tues | tues",
                "AMI_update_time: \"19:00\" | AMI_update_time: \"25:00\" | 25:00",
                "AMI_update_day: sun | AMI_update_day: sun, autorecycle_strategy: blue-green | blue-green",
                "AMI_update_day: sun | AMI_update_day: sun, autorecycle_dry_run: maybe | maybe",
                "AMI_update_day: sun | AMI_update_day: sun, autorecycle_recycle_on_asg_update: nope | nope"
            })
    void whenATagIsWrong_thenItsGroupIsRefusedAndUntouched(String was, String is, String value) {
        // given
        Scenario scenario = Scenario.of("waves.yaml", text -> text.replace(was, is));
        Fleet.Group before = scenario.fleet().group("sandbox");

        // when
        Progress progress = scenario.run("recycleAsgs", Map.of("windows", "wait", "environments", "sandbox"));

        // then
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("sandbox").reason()).contains("'" + value + "'").doesNotContain("\n");
        assertThat(scenario.fleet().group("sandbox")).isEqualTo(before);
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenAGroupsTagAsksForADryRun_thenItIsUntouched() {
        // given
        Scenario scenario = Scenario.of(
                "waves.yaml",
                text -> text.replace("AMI_update_day: mon", "autorecycle_dry_run: \"true\", AMI_update_day: mon"));
        Fleet.Group before = scenario.fleet().group("dev");

        // when
        scenario.run("recycleAsgs", Map.of("windows", "ignore"));

        // then
        assertThat(scenario.row("dev").reason()).startsWith("dry run: would");
        assertThat(scenario.fleet().group("dev")).isEqualTo(before);
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.REFRESHED);
    }

    @ParameterizedTest
    @CsvSource({"recycleAsgs", "rollbackAsgs", "restoreAsgs", "smokeTestAsg"})
    void whenNoGroupHasTheName_thenTheStepFailsAndSaysSo(String step) {
        // given
        Scenario scenario = Scenario.of("waves.yaml");
        Map<String, ?> parameters = step.equals("smokeTestAsg")
                ? Map.of("asgs", "dev,nobody", "checks", List.of(Map.of("http", "/health")))
                : Map.of("asgs", "dev,nobody");

        // when
        Progress progress = scenario.run(step, parameters);

        // then
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(((Progress.Failed) progress).message())
                .isEqualTo(
                        "asgs: 'nobody' is not allowed; give the name of a group in the accounts and regions of this step; nearest: sandbox, dev");
        onlyReads(scenario);
    }
}
