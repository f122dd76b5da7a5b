package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.plugin.host.BuildSurroundings;
import io.jenkins.plugins.amirefresh.plugin.report.RefreshAction;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * Drives one step execution: a tick on the pool, then nothing until the Timer wakes it for the next one. At most one tick
 * runs at a time; a stop wakes it at once.
 */
final class StepTicker {

    private static final Logger LOGGER = Logger.getLogger(StepTicker.class.getName());

    private static final Duration AGENT_WAIT = Duration.ofSeconds(10);

    private final StepContext context;
    private final String functionName;
    private final String parametersJson;
    private final String stateId;
    private final Object turn = new Object();
    private volatile @Nullable Throwable stopCause;
    private volatile String status = "starting";
    private @Nullable Opened opened;
    private long wakeUp;
    private boolean ended;

    StepTicker(StepContext context, String functionName, String parametersJson, String stateId) {
        this.context = context;
        this.functionName = functionName;
        this.parametersJson = parametersJson;
        this.stateId = stateId;
    }

    /** Ticks soon; called at the start and after a restart. */
    void begin() {
        wake(Duration.ZERO);
    }

    /** Stops at the next safe place; called again when a user is impatient. */
    void stop(Throwable cause) {
        if (stopCause == null) {
            stopCause = cause;
        }
        wake(Duration.ZERO);
    }

    String status() {
        return status;
    }

    private void wake(Duration after) {
        long mine;
        synchronized (turn) {
            mine = ++wakeUp;
        }
        Timer.get().schedule(() -> tickOnPool(mine), after.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tickOnPool(long mine) {
        if (ControllerServices.get().isClosing()) {
            return;
        }
        ControllerServices.get().pool().execute(() -> {
            synchronized (turn) {
                // A newer wake-up, such as a stop, makes this one stale.
                if (mine == wakeUp && !ended) {
                    tick();
                }
            }
        });
    }

    private void tick() {
        try {
            Opened step = open();
            if (!isLive()) {
                handOver(step);
                LOGGER.info(() -> step.key + " no longer runs in its build; the controller finishes it");
                return;
            }
            if (step.isAgentAway()) {
                status = "waiting for its agent";
                wake(AGENT_WAIT);
                return;
            }
            follow(step, advance(step));
        } catch (ParameterException e) {
            refuse(new AbortException(e.getMessage()));
        } catch (CloudException e) {
            // The build keeps the line only: it cannot save the SDK's exceptions, and would print their stacks instead.
            LOGGER.log(Level.WARNING, e, () -> "ticking " + functionName + " " + stateId);
            stopAfter(new AbortException(e.getMessage()));
        } catch (IOException | InterruptedException | RuntimeException | LinkageError e) {
            if (ControllerServices.get().isClosing()) {
                // Interrupted by the shutdown, not broken: the tick is done again after the start.
                LOGGER.log(Level.FINE, e, () -> "the controller stops; " + functionName + " goes on afterwards");
                return;
            }
            LOGGER.log(Level.WARNING, e, () -> "ticking " + functionName + " " + stateId);
            stopAfter(e);
        }
    }

    /** Bad input before the first change ends the step; later, such as credentials that were deleted, it is stopped safely. */
    private void refuse(AbortException failure) {
        Opened step = opened;
        if (step == null || step.files.state().equals(StepState.EMPTY)) {
            fail(failure);
        } else {
            stopAfter(failure);
        }
    }

    /** Something went wrong in the middle: the operation's own stop brings the fleet to a safe place before the step fails. */
    private void stopAfter(Throwable failure) {
        Opened step = opened;
        if (step == null) {
            ended = true;
            context.onFailure(failure);
            return;
        }
        if (stopCause != null) {
            // Not even the stop works from here: the step fails now and the finisher tries again.
            handOver(step);
            context.onFailure(failure);
            return;
        }
        stop(failure);
    }

    private Progress advance(Opened step) {
        Throwable cause = stopCause;
        if (cause != null && !step.files.isStopping()) {
            step.files.markStopping(
                    cause instanceof FlowInterruptedException ? StopReason.ABORTED : StopReason.INTERRUPTED);
        }
        return step.files
                .stopReason()
                .map(reason -> step.operation.stop(step.files.state(), reason, step.host))
                .orElseGet(() -> step.operation.advance(step.files.state(), step.host));
    }

    private void follow(Opened step, Progress progress) {
        step.files.save(progress.state());
        status = step.operation.describe(progress.state());
        if (progress instanceof Progress.Again again) {
            wake(again.after());
        } else if (step.files.isStopping()) {
            finish(step);
            Throwable cause = stopCause;
            context.onFailure(cause != null ? cause : new FlowInterruptedException(Result.ABORTED, false));
        } else if (progress instanceof Progress.Done done) {
            finish(step);
            Verdicts.apply(step.run, done.verdict());
            context.onSuccess(Results.plain(done.result()));
        } else if (progress instanceof Progress.Failed failed) {
            finish(step);
            context.onFailure(new AbortException(failed.message()));
        }
    }

    private void fail(Throwable failure) {
        Opened step = opened;
        if (step != null) {
            finish(step);
        }
        ended = true;
        context.onFailure(failure);
    }

    private void finish(Opened step) {
        ended = true;
        ControllerServices.get().activeSteps().remove(step.key);
        ControllerServices.get().unmarkTicked(step.key);
    }

    /** The step is dead and its operation is not at a safe place: the finisher goes on from the files. */
    private void handOver(Opened step) {
        ended = true;
        status = "handed over to the controller";
        ControllerServices.get().keepEnvironment(step.key, step.awsEnvironment);
        try {
            step.files.markStopping(StopReason.ORPHANED);
        } finally {
            ControllerServices.get().unmarkTicked(step.key);
        }
    }

    private boolean isLive() throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        FlowNode node = context.get(FlowNode.class);
        return run != null && run.isBuilding() && node != null && node.isActive();
    }

    private Opened open() throws IOException, InterruptedException {
        Opened current = opened;
        if (current == null) {
            Run<?, ?> run = context.get(Run.class);
            if (run == null) {
                throw new IOException("the build of " + functionName + " is gone");
            }
            current = Opened.in(run, context, StepKey.of(run, stateId, functionName, parametersJson));
            opened = current;
        }
        return current;
    }

    /** A step execution with its files open, made at the first tick after a start or a restart. */
    private static final class Opened {
        private final Run<?, ?> run;
        private final StepKey key;
        private final StepFiles files;
        private final StepOperation operation;
        private final JenkinsStepHost host;
        private final BuildSurroundings surroundings;
        private final boolean needsAgent;
        // Read while the build lives: a context that ended answers nothing, and the finisher needs the keys.
        private final Map<String, String> awsEnvironment;

        private Opened(Run<?, ?> run, StepKey key, StepFiles files, BuildSurroundings surroundings) {
            this.run = run;
            this.key = key;
            this.files = files;
            this.surroundings = surroundings;
            this.awsEnvironment = LeftEnvironment.aws(surroundings.environment());
            this.needsAgent = Operations.definition(key.functionName()).needsAgent();
            this.operation = Operations.of(key.functionName(), key.parametersJson());
            this.host = JenkinsStepHost.in(run, key, surroundings, files, ControllerServices.get());
        }

        static Opened in(Run<?, ?> run, StepContext context, StepKey key) {
            ControllerServices services = ControllerServices.get();
            BuildSurroundings surroundings = BuildSurroundings.of(context);
            services.activeSteps().add(key, LeftEnvironment.of(surroundings.environment()));
            services.markTicked(key);
            RefreshAction.addTo(run);
            return new Opened(run, key, StepFiles.open(run, key.stateId()), surroundings);
        }

        /** After a restart an agent may come back later than its build; a stop does not wait for it. */
        boolean isAgentAway() {
            return needsAgent && !files.isStopping() && surroundings.workspace().isEmpty();
        }
    }
}
