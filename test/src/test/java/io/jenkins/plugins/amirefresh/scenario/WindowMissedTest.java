package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.RunVerdict;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A group whose window was open while the run lived, and which did not start in it. */
class WindowMissedTest {

    private static final Map<String, ?> DEV = Map.of("environments", "dev", "waitAtMost", "4d");

    @Test
    void whenTheStepThatNamesItBeginsAfterItsWindow_thenItWasMissedByHowMuchIsSaidAndTheStepFails() {
        // given
        Scenario scenario = Scenario.of("waves.yaml");
        scenario.run("recycleAsgs", DEV);

        // when
        Progress progress = scenario.run("recycleAsgs", Map.of("environments", "sandbox", "waitAtMost", "4d"));

        // then
        assertThat(scenario.row("dev").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.MISSED);
        assertThat(scenario.row("sandbox").reason())
                .startsWith("its window 2026-11-22T19:00:00Z to 2026-11-22T23:00:00Z was open during this run, the step"
                        + " that names it began 11h")
                .contains(" too late; next window 2026-11-29T19:00:00Z");
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(RunHistory.of(scenario.journal()).verdict().word()).isEqualTo(RunVerdict.Word.UNSTABLE);
    }

    @Test
    void whenItWaitedInTheQueueUntilItsWindowClosed_thenItSaysForWhom() {
        // given
        Scenario scenario = Scenario.of("waves.yaml", text -> text.replace(
                        "{Environment: dev, AMI_update_day: mon, AMI_update_time: \"10:00\"}",
                        "{Environment: dev, AMI_update_day: sun, AMI_update_time: \"19:00\"}")
                .replace("AMI_update_time:", "AMI_update_duration: 1m, AMI_update_time:"));

        // when
        Progress progress =
                scenario.run("recycleAsgs", Map.of("maxConcurrent", 1, "waitAtMost", "4d", "failOn", "broken"));

        // then
        String missed = scenario.row("dev").outcome() == GroupOutcome.MISSED ? "dev" : "sandbox";
        assertThat(scenario.row(missed).outcome()).isEqualTo(GroupOutcome.MISSED);
        assertThat(scenario.row(missed).reason())
                .contains("it could not start in it: waiting, 1 groups are at work already");
        assertThat(scenario.row(missed.equals("dev") ? "sandbox" : "dev").outcome())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(progress).isInstanceOf(Progress.Done.class);
    }

    @Test
    void whenAnotherRunHadTheGroupUntilItsWindowClosed_thenItDoesNotStartAfterIt() {
        // given
        Scenario scenario = Scenario.of("waves.yaml").locked("sandbox", new LockHolder("other-7", "step-3"));

        // when
        scenario.run("recycleAsgs", Map.of("environments", "sandbox", "waitAtMost", "4d", "failOn", "none"));

        // then
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.MISSED);
        assertThat(scenario.row("sandbox").reason())
                .contains("waiting, step-3 of run other-7 is working on the group", "; next window 2026-11-29T19:00");
        assertThat(scenario.mutating()).isEmpty();
        assertThat(scenario.lockedBy("sandbox", new LockHolder("next-1", "step-1")))
                .contains(new LockHolder("other-7", "step-3"));
    }

    @Test
    void whenNothingWasToDoInTheWindowThatIsOver_thenNothingWasMissed() {
        // given
        Scenario scenario = Scenario.of("waves.yaml", text -> text.replaceFirst("version: 1", "version: 2"));
        scenario.run("recycleAsgs", DEV);

        // when
        scenario.run("recycleAsgs", Map.of("environments", "sandbox", "waitAtMost", "4d"));

        // then
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.SKIPPED);
        assertThat(RunHistory.of(scenario.journal()).verdict().word()).isEqualTo(RunVerdict.Word.SUCCESS);
    }

    @Test
    void whenALaterSweepFindsTheWindowOfARefreshedGroupClosed_thenItIsStillRefreshed() {
        // given
        Scenario scenario = Scenario.of("waves.yaml");
        scenario.run("recycleAsgs", Map.of("waitAtMost", "4d"));

        // when
        scenario.run("recycleAsgs", Map.of("windows", "due", "launchTemplateVersion", 2));

        // then
        assertThat(RunHistory.of(scenario.journal()).rows())
                .extracting(row -> row.outcome())
                .containsOnly(GroupOutcome.REFRESHED);
    }
}
