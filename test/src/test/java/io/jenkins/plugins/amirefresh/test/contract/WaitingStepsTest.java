package io.jenkins.plugins.amirefresh.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import io.jenkins.plugins.amirefresh.step.drive.OpenStep;
import io.jenkins.plugins.amirefresh.step.drive.StepBuild;
import io.jenkins.plugins.amirefresh.step.drive.StepDrive;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many steps of one controller wait for the windows of their groups at once. What is measured is what each step and its
 * group cost beyond those that wait already; the account is there from the beginning.
 */
class WaitingStepsTest {

    private static final int FEW = 100;
    private static final int MANY = 1_000;

    @TempDir
    private Path directory;

    private final Simulator simulator = Simulator.of(new AccountReader().read("waiting.yaml", account(FEW + MANY)));
    private final List<StepDrive> drives = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private Controller controller;

    @BeforeEach
    void openController() {
        Clock clock = Clock.fixed(simulator.now(), ZoneOffset.UTC);
        controller = new Controller(directory, clock, simulator.sdkHttpClient(), new ArrayList<>());
    }

    @AfterEach
    void killController() {
        controller.kill();
    }

    @Test
    void whenAThousandStepsWait_thenTheyTakeNoThreadMoreThanOneAndLittleHeap() {
        // given
        startAndAwait(1);
        int threads = threads();
        startAndAwait(FEW - 1);
        long heap = usedHeap();

        // when
        startAndAwait(MANY);

        // then
        long each = (usedHeap() - heap) / MANY;
        System.out.println(drives.size() + " waiting steps: " + threads() + " threads, with one " + threads + "; "
                + each / 1024 + " KiB of heap each");
        assertThat(failures).isEmpty();
        assertThat(drives).allMatch(drive -> drive.status().contains("waiting"), "waits for its window");
        // Other tests of this JVM may have left threads that end meanwhile.
        assertThat(threads()).isLessThanOrEqualTo(threads);
        assertThat(each).as("bytes of heap for each waiting group").isLessThan(50 * 1024);
    }

    private void startAndAwait(int steps) {
        for (int i = 0; i < steps; i++) {
            StepDrive drive = drive(drives.size() + 1);
            drives.add(drive);
            drive.begin();
        }
        Instant limit = Instant.now().plusSeconds(300);
        while (failures.isEmpty()
                && Instant.now().isBefore(limit)
                && !drives.stream().allMatch(drive -> drive.status().contains("waiting"))) {
            Thread.onSpinWait();
        }
    }

    private StepDrive drive(int number) {
        return new StepDrive("step of build " + number, new WaitingBuild(number), controller.ticks());
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** The least that is left after garbage was collected several times: what has references needs more than one round. */
    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static String account(int groups) {
        return """
                start: 2026-11-22T17:00:00Z
                seed: 1
                accounts:
                  - id: "111111111111"
                    regions:
                      - name: eu-west-1
                        images: [{name: web-1}, {name: web-2}]
                        launchTemplates:
                          - name: web
                            versions: [{image: web-1}, {image: web-2}]
                        autoScalingGroups:
                          - name: web-{n}
                            count: %d
                            launchTemplate: web
                            version: "1"
                            min: 2
                            desired: 3
                            max: 6
                            tags: {Environment: prod, AMI_update_day: wed, AMI_update_time: "15:00"}
                """
                .formatted(groups);
    }

    /** One build with one step, which refreshes one group in its window. */
    private final class WaitingBuild implements StepBuild {
        private final int number;

        WaitingBuild(int number) {
            this.number = number;
        }

        @Override
        public OpenStep open() {
            StepDefinition step = StepCatalog.all().stream()
                    .filter(definition -> definition.functionName().equals("recycleAsgs"))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> given = Map.of("asgs", "web-" + number, "launchTemplateVersion", "2");
            ControllerStepHost host = controller.host(number, "step-1");
            return new OpenStep(
                    host.files(),
                    step.operation(Parameters.parse(step.functionName(), step.parameters(), given)),
                    host);
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public boolean isAgentAway() {
            return false;
        }

        @Override
        public void ended() {
            failures.add(new AssertionError("build " + number + " ended"));
        }

        @Override
        public void handedOver() {
            failures.add(new AssertionError("build " + number + " was handed over"));
        }

        @Override
        public void succeed(Progress.Done done) {
            failures.add(new AssertionError("build " + number + " did not wait: " + done));
        }

        @Override
        public void fail(Throwable failure) {
            failures.add(failure);
        }

        @Override
        public Throwable refusal(String line) {
            return new AssertionError(line);
        }

        @Override
        public Throwable interruption() {
            return new AssertionError("interrupted");
        }
    }
}
