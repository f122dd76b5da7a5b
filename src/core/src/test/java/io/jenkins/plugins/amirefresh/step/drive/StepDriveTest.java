package io.jenkins.plugins.amirefresh.step.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.fakes.FakeHost;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.storage.StepFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepDriveTest {

    @TempDir
    private Path folder;

    private final Deque<Runnable> due = new ArrayDeque<>();
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Deque<RuntimeException> refusals = new ArrayDeque<>();
    private final TickPool pool = new TickPool(
            (wait, work) -> {
                waits.add(wait);
                due.add(work);
            },
            Runnable::run);
    private boolean live = true;
    private boolean agentAway;
    private StepDrive drive = drive();

    private StepDrive drive() {
        return new StepDrive("count of job #1", new Build(), pool);
    }

    /** The controller dies and starts: only files are left. */
    private void restart() {
        due.clear();
        drive = drive();
        drive.begin();
    }

    private static CloudException refused() {
        return new CloudException.AccessDenied(
                "TerminateInstance of i-1 in eu-west-1: AccessDenied", "AccessDenied", null);
    }

    private void tick() {
        List<Runnable> now = List.copyOf(due);
        due.clear();
        now.forEach(Runnable::run);
    }

    private void tickToTheEnd() {
        for (int tick = 0; tick < 50 && !due.isEmpty(); tick++) {
            tick();
        }
    }

    @Test
    void whenAStepTicks_thenItWaitsBetweenTwoUnitsAndSucceedsOnce() {
        // when
        drive.begin();
        tickToTheEnd();

        // then
        assertThat(events).containsExactly("advance 1", "advance 2", "advance 3", "ended", "succeeded with 3");
        assertThat(waits).containsExactly(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(1));
        assertThat(drive.status()).isEqualTo("at 3");
    }

    @Test
    void whenTheHostRestarts_thenTheStepGoesOnFromItsFile() {
        // given
        drive.begin();
        tick();
        tick();

        // when
        restart();
        tickToTheEnd();

        // then
        assertThat(events).containsExactly("advance 1", "advance 2", "advance 3", "ended", "succeeded with 3");
    }

    @Test
    void whenItIsStopped_thenItStopsAtOnceAndOnlyOnceAndFailsWithTheCause() {
        // given
        drive.begin();
        tick();

        // when
        drive.stop(StopReason.ABORTED, new IllegalStateException("admin"));
        drive.stop(StopReason.INTERRUPTED, new IllegalStateException("timeout"));
        tickToTheEnd();

        // then
        assertThat(events).containsExactly("advance 1", "stop 1 ABORTED", "stop 2 ABORTED", "ended", "failed: admin");
    }

    @Test
    void whenTheHostDiesInAStop_thenTheStepGoesOnStopping() {
        // given
        drive.begin();
        tick();
        drive.stop(StopReason.ABORTED, new IllegalStateException("admin"));
        tick();

        // when
        restart();
        tickToTheEnd();

        // then
        assertThat(events)
                .containsExactly("advance 1", "stop 1 ABORTED", "stop 2 ABORTED", "ended", "failed: interrupted");
    }

    @Test
    void whenInputIsBadBeforeTheFirstChange_thenTheStepFailsWithItsLine() {
        // given
        refusals.add(new ParameterException("asgs: there is no group 'webb'"));

        // when
        drive.begin();
        tickToTheEnd();

        // then
        assertThat(events).containsExactly("ended", "failed: refused: asgs: there is no group 'webb'");
    }

    @Test
    void whenAwsRefusesInTheMiddle_thenTheStepStopsBeforeItFails() {
        // given
        drive.begin();
        tick();
        refusals.add(refused());

        // when
        tickToTheEnd();

        // then
        assertThat(events)
                .containsExactly(
                        "advance 1",
                        "stop 1 INTERRUPTED",
                        "stop 2 INTERRUPTED",
                        "ended",
                        "failed: refused: TerminateInstance of i-1 in eu-west-1: AccessDenied");
    }

    @Test
    void whenNotEvenTheStopWorks_thenTheStepFailsAndIsHandedOver() {
        // given
        drive.begin();
        tick();
        refusals.add(refused());
        refusals.add(refused());

        // when
        tickToTheEnd();

        // then
        assertThat(events)
                .containsExactly(
                        "advance 1",
                        "handed over",
                        "failed: refused: TerminateInstance of i-1 in eu-west-1: AccessDenied");
        assertThat(StepFiles.open(folder, "step-1").stopReason()).contains(StopReason.ORPHANED);
    }

    @Test
    void whenTheDiskTakesNothing_thenTheStepFailsAndIsHandedOverNevertheless() throws IOException {
        // given
        drive.begin();
        tick();
        Files.createDirectory(folder.resolve("step-1.stop"));
        Files.delete(folder.resolve("step-1.jsonl"));
        Files.createDirectory(folder.resolve("step-1.jsonl"));

        // when
        tickToTheEnd();

        // then
        assertThat(events).hasSize(4).startsWith("advance 1", "advance 2", "handed over");
        assertThat(events.get(3))
                .startsWith("failed: refused: writing " + folder.resolve("step-1.stop") + ": ")
                .contains("Is a directory; nothing was done that was not saved first");
    }

    @Test
    void whenTheBuildIsGone_thenTheStepIsHandedOverAndDoesNoMore() {
        // given
        drive.begin();
        tick();

        // when
        live = false;
        tickToTheEnd();

        // then
        assertThat(events).containsExactly("advance 1", "handed over");
        assertThat(StepFiles.open(folder, "step-1").stopReason()).contains(StopReason.ORPHANED);
    }

    @Test
    void whenTheAgentIsAway_thenTheStepWaitsForItButAStopDoesNot() {
        // given
        agentAway = true;
        drive.begin();
        tick();
        tick();
        assertThat(events).isEmpty();
        assertThat(drive.status()).isEqualTo("waiting for its agent");

        // when
        agentAway = false;
        tick();
        agentAway = true;
        drive.stop(StopReason.ABORTED, new IllegalStateException("admin"));
        tickToTheEnd();

        // then
        assertThat(events).startsWith("advance 1", "stop 1 ABORTED").endsWith("failed: admin");
    }

    @Test
    void whenTheHostCloses_thenNothingIsDoneAndNothingFails() {
        // given
        drive.begin();
        tick();

        // when
        pool.close();
        tickToTheEnd();

        // then
        assertThat(events).containsExactly("advance 1");
    }

    /** Counts to 3; a stop takes two units. */
    private final class Counting implements StepOperation {
        @Override
        public Progress advance(StepState state, StepHost host) {
            refuse();
            int count = number(state, "count") + 1;
            events.add("advance " + count);
            StepState next = state.with("count", String.valueOf(count));
            return count < 3
                    ? new Progress.Again(next, Duration.ofMinutes(1))
                    : new Progress.Done(next, Map.of("count", count), Progress.BuildVerdict.NONE);
        }

        @Override
        public Progress stop(StepState state, StopReason reason, StepHost host) {
            refuse();
            int count = number(state, "stop") + 1;
            events.add("stop " + count + " " + reason);
            StepState next = state.with("stop", String.valueOf(count));
            return count < 2
                    ? new Progress.Again(next, Duration.ofMinutes(1))
                    : new Progress.Done(next, Map.of(), Progress.BuildVerdict.NONE);
        }

        private void refuse() {
            if (!refusals.isEmpty()) {
                throw refusals.remove();
            }
        }

        @Override
        public String describe(StepState state) {
            return "at " + number(state, "count");
        }

        private static int number(StepState state, String key) {
            return state.document(key).map(Integer::parseInt).orElse(0);
        }
    }

    private final class Build implements StepBuild {
        @Override
        public OpenStep open() {
            return new OpenStep(StepFiles.open(folder, "step-1"), new Counting(), new FakeHost());
        }

        @Override
        public boolean isLive() {
            return live;
        }

        @Override
        public boolean isAgentAway() {
            return agentAway;
        }

        @Override
        public void ended() {
            events.add("ended");
        }

        @Override
        public void handedOver() {
            events.add("handed over");
        }

        @Override
        public void succeed(Progress.Done done) {
            events.add("succeeded with " + done.result().get("count"));
        }

        @Override
        public void fail(Throwable failure) {
            events.add("failed: " + failure.getMessage());
        }

        @Override
        public Throwable refusal(String line) {
            return new IOException("refused: " + line);
        }

        @Override
        public Throwable interruption() {
            return new InterruptedException("interrupted");
        }
    }
}
