package io.jenkins.plugins.amirefresh.runner.steps.flow;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.TimeSpan;
import io.jenkins.plugins.amirefresh.runner.interpreter.BodyCallback;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs its block until it returns true, with pauses that grow by a fifth up to 15 seconds.
 *
 * <p>Source: workflow-basic-steps plugin, {@code WaitForConditionStep}.
 */
final class WaitUntilExecution extends StepExecution implements BodyCallback {
    private static final long serialVersionUID = 1L;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final boolean isQuiet;
    private Duration pause;
    private @Nullable Instant nextTry;

    WaitUntilExecution(StepContext context, Duration firstPause, boolean isQuiet) {
        super(context);
        this.pause = firstPause;
        this.isQuiet = isQuiet;
    }

    @Override
    public void start() {
        context().runBody(context().block(), this);
    }

    @Override
    public Optional<Instant> wakeUpAt() {
        return Optional.ofNullable(nextTry);
    }

    @Override
    public void wakeUp(Instant now) {
        nextTry = null;
        start();
    }

    @Override
    public void onSuccess(StepContext step, @Nullable Object result) {
        if (!(result instanceof Boolean isTrue)) {
            step.fail(new AbortException("body return value " + result + " is not boolean"));
        } else if (isTrue) {
            step.succeed(null);
        } else {
            if (!isQuiet) {
                step.print("Will try again after " + TimeSpan.text(pause));
            }
            nextTry = step.build().time().now().plus(pause);
            Duration longer = pause.plus(pause.dividedBy(5));
            pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        }
    }
}
