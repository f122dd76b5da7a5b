package io.jenkins.plugins.amirefresh.runner.steps.flow;

import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import io.jenkins.plugins.amirefresh.runner.build.TimeSpan;
import io.jenkins.plugins.amirefresh.runner.interpreter.BodyCallback;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts its block after a time, and ends it by force if it has not ended a minute later.
 *
 * <p>Source: workflow-basic-steps plugin, {@code TimeoutStepExecution}.
 */
final class TimeoutExecution extends StepExecution implements BodyCallback {
    private static final long serialVersionUID = 1L;
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Duration time;
    private final boolean isOfInactivity;
    private @Nullable Instant deadline;
    private boolean isStopping;

    TimeoutExecution(StepContext context, Duration time, boolean isOfInactivity) {
        super(context);
        this.time = time;
        this.isOfInactivity = isOfInactivity;
    }

    @Override
    public void start() {
        deadline = context().build().time().now().plus(time);
        context()
                .print(
                        isOfInactivity
                                ? "Timeout set to expire after " + TimeSpan.text(time) + " without activity"
                                : "Timeout set to expire in " + TimeSpan.text(time));
        context().runBody(context().block(), this);
    }

    @Override
    public Optional<Instant> wakeUpAt() {
        return Optional.ofNullable(deadline);
    }

    @Override
    public void wakeUp(Instant now) {
        FlowInterruptedException exceeded =
                new FlowInterruptedException(BuildResult.ABORTED, context().id(), List.of("Timeout has been exceeded"));
        if (isStopping) {
            context().print("Body did not finish within grace period; terminating with extreme prejudice");
            exceeded.becomeFailure();
            context().fail(exceeded);
            return;
        }
        isStopping = true;
        deadline = now.plus(GRACE);
        context().print("Cancelling nested steps due to timeout");
        context().runtime().cancelBodies(context(), exceeded);
    }

    @Override
    public void onFailure(StepContext step, Throwable failure) {
        if (failure instanceof FlowInterruptedException interruption && interruption.origin() == step.id()) {
            interruption.becomeFailure();
        }
        step.fail(failure);
    }
}
