package io.jenkins.plugins.amirefresh.runner.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product's operations as Pipeline steps. */
class ProductStepsTest {

    private static Run run(Path directory, String pipeline, boolean restartsEveryTick, @Nullable Duration abortAfter)
            throws Exception {
        Path jenkinsfile = Files.writeString(directory.resolve("Jenkinsfile"), pipeline);
        Path out = directory.resolve("out-" + restartsEveryTick);
        RehearsalOptions options = RehearsalOptions.of(jenkinsfile, out.resolve("build"))
                .withAbortAt(abortAfter == null ? null : FakeWorld.START.plus(abortAfter));
        StringBuilder console = new StringBuilder();
        FakeWorld world = new FakeWorld();
        BuildResult result = new AccountRehearsal(options, world, List.of(new CountingStep()), out, restartsEveryTick)
                .run(List.of(console));
        return new Run(
                result,
                console.toString().lines().toList(),
                Duration.between(FakeWorld.START, world.time().now()));
    }

    @Test
    void whenAStepTicks_thenItsResultReachesThePipelineInSimulatedTime(@TempDir Path directory) throws Exception {
        // given
        String pipeline = "withEnv(['WHO=me']) { def r = countTo 3; echo \"counted ${r.count}\" }";

        // when
        Run run = run(directory, pipeline, false, null);

        // then
        assertThat(run.console())
                .containsExactly(
                        "count 1 of 3 for me",
                        "count 2 of 3 for me",
                        "count 3 of 3 for me",
                        "counted 3",
                        "Finished: SUCCESS");
        assertThat(run.took()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void whenEveryTickStartsFromTheDisk_thenNothingIsDifferent(@TempDir Path directory) throws Exception {
        // given
        String pipeline = "parallel a: { countTo 4 }, b: { sleep 90; countTo to: 2 }\necho 'done'";

        // when
        Run kept = run(directory, pipeline, false, null);
        Run restarted = run(directory, pipeline, true, null);

        // then
        assertThat(restarted).isEqualTo(kept);
        assertThat(kept.console()).contains("[a] count 4 of 4 for nobody", "[b] count 2 of 2 for nobody", "done");
    }

    @Test
    void whenATimeoutEndsAStep_thenItStopsBeforeThePipelineGoesOn(@TempDir Path directory) throws Exception {
        // given
        String pipeline = "try { timeout(time: 150, unit: 'SECONDS') { countTo 9 } } finally { echo 'after' }";

        // when
        Run run = run(directory, pipeline, false, null);

        // then
        assertThat(run.console())
                .containsSubsequence(
                        "count 3 of 9 for nobody",
                        "Cancelling nested steps due to timeout",
                        "stopping, INTERRUPTED, 1",
                        "after");
        assertThat(run.result()).isEqualTo(BuildResult.ABORTED);
    }

    @Test
    void whenAStopOutlastsTheGracePeriod_thenItIsFinishedAfterTheBuild(@TempDir Path directory) throws Exception {
        // given
        String pipeline = "timeout(1) { countTo to: 9, stopTicks: 3 }";

        // when
        Run run = run(directory, pipeline, false, null);

        // then
        assertThat(run.console())
                .containsSubsequence(
                        "stopping, INTERRUPTED, 1",
                        "Body did not finish within grace period; terminating with extreme prejudice",
                        "stopping, ORPHANED, 4");
    }

    @Test
    void whenTheBuildIsAborted_thenTheStepKnowsThatAPersonDidIt(@TempDir Path directory) throws Exception {
        // when
        Run run = run(directory, "countTo 99", false, Duration.ofSeconds(90));

        // then
        assertThat(run.console()).containsSubsequence("Aborted by the rehearsal", "stopping, ABORTED, 1");
        assertThat(run.result()).isEqualTo(BuildResult.ABORTED);
    }

    @Test
    void whenAwsRefusesInTheMiddle_thenTheStepStopsBeforeItFailsAndALaterStepCanWork(@TempDir Path directory)
            throws Exception {
        // given
        String pipeline =
                """
                try { countTo to: 9, refusedAt: 2, stopTicks: 2, lock: true } catch (e) { echo "failed: ${e.message}" }
                countTo to: 1, lock: true""";

        // when
        Run run = run(directory, pipeline, false, null);

        // then
        assertThat(run.console())
                .containsExactly(
                        "count 1 of 9 for nobody",
                        "stopping, INTERRUPTED, 1",
                        "stopping, INTERRUPTED, 2",
                        "stopping, INTERRUPTED, 3",
                        "failed: countTo: TerminateInstance of i-1 in eu-west-1: AccessDenied",
                        "count 1 of 1 for nobody",
                        "Finished: SUCCESS");
    }

    @Test
    void whenAwsRefusesAtOnce_thenTheStepFailsWithoutAStop(@TempDir Path directory) throws Exception {
        // when
        Run run = run(directory, "countTo to: 9, refusedAt: 1", false, null);

        // then
        assertThat(run.console())
                .containsExactly(
                        "ERROR: countTo: TerminateInstance of i-1 in eu-west-1: AccessDenied", "Finished: FAILURE");
    }

    @Test
    void whenTheStopIsRefusedToo_thenTheStepFailsAndIsFinishedAfterTheBuild(@TempDir Path directory) throws Exception {
        // when
        Run run = run(directory, "countTo to: 9, refusedAt: 2, refusedStops: 3", false, null);

        // then
        assertThat(run.console())
                .containsSubsequence(
                        "count 1 of 9 for nobody",
                        "ERROR: countTo: TerminateInstance of i-1 in eu-west-1: AccessDenied",
                        "stopping, ORPHANED, 1");
        assertThat(run.result()).isEqualTo(BuildResult.FAILURE);
    }

    @Test
    void whenAStepFails_thenItsMessageIsOneLine(@TempDir Path directory) throws Exception {
        // when
        Run run = run(directory, "countTo to: 1, fail: true", false, null);

        // then
        assertThat(run.console())
                .containsExactly("count 1 of 1 for nobody", "ERROR: countTo: counted in vain", "Finished: FAILURE");
    }

    @Test
    void whenAStepSaysUnstable_thenTheBuildGoesOnAndIsUnstable(@TempDir Path directory) throws Exception {
        // when
        Run run = run(directory, "countTo to: 1, verdict: 'UNSTABLE'\necho 'on'", false, null);

        // then
        assertThat(run.console()).contains("on");
        assertThat(run.result()).isEqualTo(BuildResult.UNSTABLE);
    }

    @Test
    void whenAValueIsWrong_thenOneLineNamesParameterAndValue(@TempDir Path directory) throws Exception {
        // when
        Run run = run(directory, "countTo to: 'many'", false, null);

        // then
        assertThat(run.console().get(0)).startsWith("ERROR: countTo: ").contains("to: 'many'");
    }

    @Test
    void whenDeclarativeNamesAParameterTheStepLacks_thenNothingRuns(@TempDir Path directory) throws Exception {
        // given
        String pipeline =
                """
                pipeline {
                  agent none
                  stages {
                    stage('x') {
                      steps {
                        echo 'first'
                        countTo too: 3
                      }
                    }
                  }
                }
                """;

        // when
        Run run = run(directory, pipeline, false, null);

        // then
        assertThat(run.console().get(0))
                .startsWith("Jenkinsfile:7: countTo has no parameter 'too', did you mean 'to'?");
        assertThat(run.result()).isEqualTo(BuildResult.FAILURE);
    }

    private record Run(BuildResult result, List<String> console, Duration took) {}
}
