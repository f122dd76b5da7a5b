package io.jenkins.plugins.amirefresh.test.contract;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A controller's host, made of the pieces that the plugin's is made of. */
class ControllerHostTest extends StepHostContract {

    @TempDir
    private Path directory;

    @Override
    protected Machine start() {
        return new ControllerMachine(directory);
    }

    private static final class ControllerMachine implements Machine {
        private final Path directory;
        private final Simulator simulator = Simulator.of(new AccountReader().sample());
        private final List<Message> channel = new ArrayList<>();
        private Controller controller;
        private ControllerStepHost host;

        ControllerMachine(Path directory) {
            this.directory = directory;
            controller = controller();
            host = controller.host(1, "step-7");
        }

        private Controller controller() {
            Clock clock = Clock.fixed(simulator.now(), ZoneOffset.UTC);
            return new Controller(directory, clock, simulator.sdkHttpClient(), channel);
        }

        @Override
        public StepHost host() {
            return host;
        }

        @Override
        public StepState saved() {
            return host.files().state();
        }

        @Override
        public void restart() {
            controller.kill();
            controller = controller();
            host = controller.host(1, "step-7");
        }

        @Override
        public int slackPosts() {
            return channel.size();
        }

        @Override
        public void close() {
            controller.kill();
        }
    }
}
