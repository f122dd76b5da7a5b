package io.jenkins.plugins.amirefresh.plugin.host;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/** What a step finds around it in a running build, asked anew each time: an agent may be offline now and back later. */
public interface BuildSurroundings {

    /** The build's console. */
    void log(String line);

    /** The environment with {@code withEnv} and {@code withCredentials}; may hold secrets. */
    Map<String, String> environment();

    /** The agent's workspace, empty outside {@code node} and while the agent is offline. */
    Optional<FilePath> workspace();

    /** What starts processes there. */
    Optional<Launcher> launcher();

    /** The step in the build's graph, null when the build is gone. */
    @Nullable
    FlowNode node();

    /** The build has ended, and its agent does other work. */
    boolean isGone();

    /** The surroundings of a step whose build runs. */
    static BuildSurroundings of(StepContext context) {
        return new Live(context);
    }

    /** The surroundings of a build that is gone: the log goes to {@code listener}, there is no agent. */
    static BuildSurroundings gone(TaskListener listener, Map<String, String> environment) {
        return new Gone(listener, environment);
    }

    /** Asks the step's context. */
    final class Live implements BuildSurroundings {
        private static final Logger LOGGER = Logger.getLogger(BuildSurroundings.class.getName());

        private final StepContext context;

        private Live(StepContext context) {
            this.context = context;
        }

        @Override
        public void log(String line) {
            ask(TaskListener.class).ifPresent(listener -> listener.getLogger().println(line));
        }

        @Override
        public Map<String, String> environment() {
            return ask(EnvVars.class).map(Map::<String, String>copyOf).orElse(Map.of());
        }

        @Override
        public Optional<FilePath> workspace() {
            return askAgent(FilePath.class);
        }

        @Override
        public Optional<Launcher> launcher() {
            return askAgent(Launcher.class);
        }

        @Override
        public @Nullable FlowNode node() {
            return ask(FlowNode.class).orElse(null);
        }

        @Override
        public boolean isGone() {
            return false;
        }

        /** An agent that is offline is an answer, and another one at the next tick. */
        private <T> Optional<T> askAgent(Class<T> type) {
            try {
                return ask(type);
            } catch (UncheckedIOException e) {
                LOGGER.log(Level.FINE, e, () -> "the agent does not answer");
                return Optional.empty();
            }
        }

        private <T> Optional<T> ask(Class<T> type) {
            try {
                @Nullable T found = context.get(type);
                return Optional.ofNullable(found);
            } catch (IOException e) {
                throw new UncheckedIOException("asking the build for its " + type.getSimpleName(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(
                        "interrupted while asking the build for its " + type.getSimpleName(), e);
            }
        }
    }

    /** A build that is gone. */
    final class Gone implements BuildSurroundings {
        private final TaskListener listener;
        private final Map<String, String> environment;

        private Gone(TaskListener listener, Map<String, String> environment) {
            this.listener = listener;
            this.environment = Map.copyOf(environment);
        }

        @Override
        public void log(String line) {
            listener.getLogger().println(line);
        }

        @Override
        public Map<String, String> environment() {
            return environment;
        }

        @Override
        public Optional<FilePath> workspace() {
            return Optional.empty();
        }

        @Override
        public Optional<Launcher> launcher() {
            return Optional.empty();
        }

        @Override
        public @Nullable FlowNode node() {
            return null;
        }

        @Override
        public boolean isGone() {
            return true;
        }
    }
}
