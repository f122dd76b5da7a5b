package io.jenkins.plugins.amirefresh.test.contract;

import io.jenkins.plugins.amirefresh.runner.rehearsal.AccountRehearsal;
import io.jenkins.plugins.amirefresh.runner.rehearsal.RehearsalOptions;
import io.jenkins.plugins.amirefresh.runner.world.InProcessWorld;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runner's host: a rehearsal whose one step lends its host to the test, tick by tick. A restart is a tick that starts
 * from what is on the disk.
 */
class RunnerHostTest extends StepHostContract {

    @TempDir
    private Path directory;

    @Override
    protected Machine start() {
        return new RehearsalMachine(directory);
    }

    private static final class RehearsalMachine implements Machine {
        private final Path out;
        private final SynchronousQueue<Lent> lent = new SynchronousQueue<>();
        private final CompletableFuture<Void> rehearsal;
        private Lent current;

        RehearsalMachine(Path directory) {
            out = directory.resolve("out");
            Simulator simulator = Simulator.of(new AccountReader().sample());
            Path jenkinsfile = written(directory.resolve("Jenkinsfile"), "node('packer') { lend() }");
            rehearsal = CompletableFuture.runAsync(() -> rehearse(jenkinsfile, simulator));
            current = next();
        }

        private void rehearse(Path jenkinsfile, Simulator simulator) {
            try {
                new AccountRehearsal(
                                RehearsalOptions.of(jenkinsfile, out.resolve("build")),
                                new InProcessWorld(simulator, simulator.now(), List.of()),
                                List.of(new Lending(lent)),
                                out,
                                true)
                        .run(List.of(new StringBuilder()));
            } catch (Exception e) {
                throw new IllegalStateException("the rehearsal broke", e);
            }
        }

        private Lent next() {
            try {
                Lent lending = lent.poll(1, TimeUnit.MINUTES);
                if (lending == null) {
                    throw new IllegalStateException("the step did not tick; " + rehearsal);
                }
                return lending;
            } catch (InterruptedException e) {
                throw new IllegalStateException("the test was interrupted", e);
            }
        }

        @Override
        public StepHost host() {
            return current.host();
        }

        @Override
        public StepState saved() {
            return current.saved();
        }

        @Override
        public void restart() {
            current.goOn().complete(true);
            current = next();
        }

        @Override
        public int slackPosts() {
            try {
                return Files.readAllLines(out.resolve("slack.jsonl")).size();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            current.goOn().complete(false);
            rehearsal.join();
        }

        private static Path written(Path file, String text) {
            try {
                return Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A tick of the step, for as long as the test works with it. */
    private record Lent(StepHost host, StepState saved, CompletableFuture<Boolean> goOn) {}

    private record Lending(SynchronousQueue<Lent> lent) implements StepDefinition, StepOperation {
        @Override
        public String functionName() {
            return "lend";
        }

        @Override
        public String summary() {
            return "Lends its host.";
        }

        @Override
        public List<ParameterSpec> parameters() {
            return List.of();
        }

        @Override
        public StepOperation operation(Parameters parameters) {
            return this;
        }

        @Override
        public boolean needsAgent() {
            return true;
        }

        @Override
        public Progress advance(StepState state, StepHost host) {
            Lent lending = new Lent(host, state, new CompletableFuture<>());
            try {
                if (!lent.offer(lending, 1, TimeUnit.MINUTES) || !lending.goOn().join()) {
                    return new Progress.Done(state, Map.of(), Progress.BuildVerdict.NONE);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("the rehearsal was interrupted", e);
            }
            return new Progress.Again(state, Duration.ofSeconds(1));
        }

        @Override
        public Progress stop(StepState state, StopReason reason, StepHost host) {
            return new Progress.Done(state, Map.of(), Progress.BuildVerdict.NONE);
        }

        @Override
        public String describe(StepState state) {
            return "lent";
        }
    }
}
