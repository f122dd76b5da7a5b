package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is not refreshed has a row, a line, or is none of the run's business. */
class NobodyVanishesTest {

    private static final String FOLDER = "test/src/test/resources/rehearsals/nobody-vanishes/";

    @TempDir
    private Path folder;

    private Rehearsal rehearse(String jenkinsfile, String expected) throws Exception {
        Rehearsal run = Rehearsal.run(
                folder, FOLDER + jenkinsfile, "--account", FOLDER + "override.yaml", "--expect", expected);
        assertThat(run.exitCode()).as(run.output()).isZero();
        return run;
    }

    private static JsonNode row(Rehearsal run, String name) throws IOException {
        return run.groups().stream()
                .filter(group -> group.path("autoScalingGroupName").asText().equals(name))
                .reduce((one, other) -> {
                    throw new AssertionError("two rows of " + name);
                })
                .orElseThrow(() -> new AssertionError("no row of " + name + "\n" + run.output()));
    }

    private static String told(Rehearsal run, String name) throws IOException {
        JsonNode row = row(run, name);
        return row.path("outcome").asText() + ": " + row.path("reason").asText();
    }

    @Test
    void whenATeamsOverrideHoldsAStage_thenWhoMissedItsWindowAndWhoNoStageNamesIsNamed() throws Exception {
        // when
        Rehearsal run = rehearse("override.jenkinsfile", "UNSTABLE");

        // then
        assertThat(told(run, "api-sandbox")).startsWith("refreshed: ");
        assertThat(told(run, "api-dev"))
                .startsWith("missed: its window 2026-11-22T19:00:00Z to 2026-11-22T23:00:00Z was open during this run");
        assertThat(told(run, "api-opted-out"))
                .startsWith("skipped: opted out by its tag autorecycle_recycle_on_asg_update")
                .endsWith("; stays pinned to version 1, it named $Latest");
        assertThat(told(run, "api-prod"))
                .startsWith("skipped: no step names environment 'prod'")
                .endsWith("; stays pinned to version 1, it named $Latest");
        assertThat(told(run, "api-plain")).startsWith("skipped: no step names groups without a tag Environment");
        assertThat(run.output()).contains("refreshReport: UNSTABLE: api-dev missed: its window");
    }

    @Test
    void whenATeamsOwnStepIsAboutDevelopment_thenItIsNotRedOverProductionButTellsWhomItPinned() throws Exception {
        // when
        Rehearsal run = rehearse("single.jenkinsfile", "SUCCESS");

        // then
        assertThat(told(run, "api-dev")).startsWith("refreshed: ");
        assertThat(run.groups())
                .extracting(group -> group.path("autoScalingGroupName").asText())
                .containsExactlyInAnyOrder("api-dev", "api-opted-out");
        assertThat(run.output())
                .contains(
                        "api-prod (111111111111/eu-west-1): not of this run's steps, stays pinned to version 1, it named"
                                + " $Latest");
    }

    @Test
    void whenARoleCannotBeAssumed_thenItHasItsLineAndTheOtherAccountIsRefreshed() throws Exception {
        // when
        Rehearsal run = rehearse("role.jenkinsfile", "UNSTABLE");

        // then
        assertThat(told(run, "api-dev")).startsWith("refreshed: ");
        assertThat(told(run, "api-plain")).startsWith("refreshed: ");
        String place = "arn:aws:iam::333333333333:role/ami-refresh in eu-west-1";
        assertThat(run.output())
                .contains("updateLaunchTemplates: " + place + " cannot be read, the others go on: ")
                .contains("recycleAsgs: " + place + " cannot be read, the others go on: ")
                .contains("restoreAsgs: " + place + " cannot be read, the others go on: ")
                .contains("refreshReport: UNSTABLE: " + place + " could not be read: ");
    }
}
