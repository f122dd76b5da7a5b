package io.jenkins.plugins.amirefresh.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.amirefresh.plugin.host.AgentProcesses;
import io.jenkins.plugins.amirefresh.plugin.host.BuildSurroundings;
import io.jenkins.plugins.amirefresh.step.Processes;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Processes on an agent whose connection breaks, and on one that cannot run them. */
@WithJenkins
class AgentProcessesTest {

    private static final Processes.Output NOTHING_NEW = new Processes.Output("", 0, OptionalInt.empty());

    @TempDir
    private Path folder;

    private JenkinsRule jenkins;
    private DumbSlave agent;
    private FilePath workspace;

    @BeforeEach
    void connect(JenkinsRule rule) throws Exception {
        jenkins = rule;
        agent = jenkins.createOnlineSlave();
        workspace = agent.getWorkspaceRoot().child("job");
        workspace.mkdirs();
    }

    @Test
    void whenTheConnectionBreaksDuringACall_thenTheProcessIsAskedAgainLater() throws Exception {
        // given
        Processes processes = processes(agent.createLauncher(TaskListener.NULL));
        processes.start("packer", List.of("sleep", "60"), Map.of());

        // when
        jenkins.disconnectSlave(agent);

        // then
        assertEquals(NOTHING_NEW, processes.poll("packer", 0));
    }

    @Test
    void whenTheAgentRunsWindows_thenItIsRefused() {
        // given
        Processes processes = processes(new Launcher.DummyLauncher(TaskListener.NULL) {
            @Override
            public boolean isUnix() {
                return false;
            }
        });

        // when, then
        String line = assertThrows(
                        IllegalStateException.class, () -> processes.start("packer", List.of("packer"), Map.of()))
                .getMessage();
        assertEquals(
                "starting packer: the agent runs Windows, which this step does not support; choose a Linux agent",
                line);
    }

    private Processes processes(Launcher launcher) {
        RunIdentity run = new RunIdentity("weekly-1", "weekly", 1, "", "step-3", "", Instant.EPOCH, "");
        return new AgentProcesses(new Connected(workspace, launcher), folder, run, Clock.systemUTC());
    }

    /** A step that still holds what it found before the connection broke. */
    private record Connected(FilePath path, Launcher starter) implements BuildSurroundings {
        @Override
        public FlowNode node() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void log(String line) {}

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public Optional<FilePath> workspace() {
            return Optional.of(path);
        }

        @Override
        public Optional<Launcher> launcher() {
            return Optional.of(starter);
        }

        @Override
        public boolean isGone() {
            return false;
        }
    }
}
