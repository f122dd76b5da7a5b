package io.jenkins.plugins.amirefresh.runner.steps.flow;

import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import io.jenkins.plugins.amirefresh.runner.interpreter.BodyCallback;
import io.jenkins.plugins.amirefresh.runner.interpreter.FailureText;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import org.jspecify.annotations.Nullable;

/**
 * Goes on after its block failed, with results for the build and the stage.
 *
 * <p>Source: workflow-basic-steps plugin, {@code CatchErrorStep}: an interruption sets its own result, whatever the
 * parameters say.
 */
final class CatchErrorExecution extends StepExecution implements BodyCallback {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final BuildResult buildResult;
    private final BuildResult stageResult;
    private final boolean catchesInterruptions;

    CatchErrorExecution(
            StepContext context,
            String message,
            BuildResult buildResult,
            BuildResult stageResult,
            boolean catchesInterruptions) {
        super(context);
        this.message = message;
        this.buildResult = buildResult;
        this.stageResult = stageResult;
        this.catchesInterruptions = catchesInterruptions;
    }

    @Override
    public void start() {
        context().runBody(context().block(), this);
    }

    @Override
    public void onSuccess(StepContext step, @Nullable Object result) {
        step.succeed(null);
    }

    @Override
    public void onFailure(StepContext step, Throwable failure) {
        BuildResult forBuild = buildResult;
        BuildResult forStage = stageResult;
        if (failure instanceof FlowInterruptedException interruption) {
            if (!catchesInterruptions && interruption.isActualInterruption()) {
                step.fail(failure);
                return;
            }
            forBuild = interruption.getResult();
            forStage = interruption.getResult();
        }
        if (!message.isEmpty()) {
            step.print("ERROR: " + message);
        }
        FailureText.lines(step.build(), failure).forEach(step::print);
        setResults(step, forBuild, forStage);
        step.succeed(null);
    }

    private static void setResults(StepContext step, BuildResult forBuild, BuildResult forStage) {
        Build build = step.build();
        if (forBuild != BuildResult.SUCCESS) {
            if (build.result().isEmpty() || forBuild.isWorseThan(build.currentResult())) {
                step.print("Setting overall build result to " + forBuild);
            }
            build.worsen(forBuild);
        }
        step.block().stages().forEach(stage -> stage.warn(forStage));
    }
}
