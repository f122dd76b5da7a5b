package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import io.jenkins.plugins.amirefresh.runner.interpreter.RealWorld;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.catalog.PipelineVariables;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Drives one operation: a unit of work whenever its time has come, its state on the disk in between. */
final class OperationExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final OperationCall call;
    private @Nullable Instant nextTick;
    private @Nullable Throwable stopCause;

    OperationExecution(StepContext context, StepArguments arguments) {
        super(context);
        this.call = new OperationCall(
                context.stepName(), context.id(), scope(), arguments.named(), context.environment(), context.block());
    }

    private String scope() {
        Path own = context().build().directory();
        return own.equals(services().build().directory()) ? "" : own.getFileName() + "-";
    }

    private HostServices services() {
        return context().runtime().service(HostServices.class);
    }

    @Override
    public void start() throws AbortException {
        try {
            services().live(call);
        } catch (ParameterException e) {
            throw new AbortException(line(e.getMessage()), e);
        }
        nextTick = context().build().time().now();
    }

    @Override
    public Optional<Instant> wakeUpAt() {
        return Optional.ofNullable(nextTick);
    }

    @Override
    public RealWorld realWorld() {
        return RunnerProcesses.isRunning(context().runtime().processes(), call)
                ? RealWorld.SIMULATED_ACCOUNT
                : RealWorld.NOTHING;
    }

    @Override
    public void wakeUp(Instant now) throws AbortException {
        if (nextTick == null || nextTick.isAfter(now)) {
            return;
        }
        LiveStep live = services().live(call);
        StepState state = live.file().saved();
        RunnerStepHost host =
                new RunnerStepHost(services(), call, live.file(), context().runtime());
        if (state.equals(StepState.EMPTY)) {
            new PipelineVariables(services().definitions()).tell(host);
        }
        Progress progress;
        try {
            services().answer();
            progress = stopCause == null
                    ? live.operation().advance(state, host)
                    : live.operation().stop(state, reason(stopCause), host);
        } catch (ParameterException | CloudException e) {
            refused(new AbortException(line(e.getMessage())), live, now);
            return;
        }
        live.file().save(progress.state());
        proceed(progress, now);
    }

    /** Before the first change the step fails; later the operation's own stop brings the fleet to a safe place first. */
    private void refused(AbortException failure, LiveStep live, Instant now) throws AbortException {
        if (stopCause == null && !live.file().saved().equals(StepState.EMPTY)) {
            stopCause = failure;
            nextTick = now;
            return;
        }
        nextTick = null;
        services().ended(call);
        if (stopCause != null) {
            // Not even the stop works from here: the step fails now and the finisher tries again.
            abandon();
        }
        throw failure;
    }

    private void proceed(Progress progress, Instant now) {
        if (progress instanceof Progress.Again again) {
            nextTick = now.plus(again.after());
            return;
        }
        nextTick = null;
        services().ended(call);
        if (stopCause != null) {
            if (progress instanceof Progress.Failed failed) {
                context().print(line(failed.message()));
            }
            context().fail(stopCause);
        } else if (progress instanceof Progress.Failed failed) {
            context().fail(new AbortException(line(failed.message())));
        } else if (progress instanceof Progress.Done done) {
            judge(done.verdict());
            Map<String, Object> result = new LinkedHashMap<>(done.result());
            context().succeed(result);
        }
    }

    /** The message with the step's name before it, once. */
    private String line(@Nullable String message) {
        String prefix = call.functionName() + ": ";
        String text = String.valueOf(message);
        return text.startsWith(prefix) ? text : prefix + text;
    }

    private void judge(Progress.BuildVerdict verdict) {
        BuildResult result =
                switch (verdict) {
                    case NONE -> BuildResult.SUCCESS;
                    case UNSTABLE -> BuildResult.UNSTABLE;
                    case FAILURE -> BuildResult.FAILURE;
                };
        if (result != BuildResult.SUCCESS) {
            context().build().worsen(result);
            context().block().stages().forEach(stage -> stage.warn(result));
        }
    }

    private static StopReason reason(Throwable cause) {
        boolean isByPerson = cause instanceof FlowInterruptedException interruption
                && interruption.origin() == 0
                && interruption.getCauses().stream().noneMatch(text -> text.startsWith("Failed in branch"));
        return isByPerson ? StopReason.ABORTED : StopReason.INTERRUPTED;
    }

    @Override
    public void stop(Throwable cause) {
        stopCause = cause;
        nextTick = context().build().time().now();
    }

    /** The build goes on without it: the host's finisher brings the fleet to a safe place. */
    @Override
    public void abandon() {
        services().finish(new Finisher(services(), call, context().runtime()));
    }

    @Override
    public String describe() {
        LiveStep live = services().live(call);
        return call.functionName() + ": "
                + live.operation().describe(live.file().saved());
    }
}
