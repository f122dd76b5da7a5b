package io.jenkins.plugins.amirefresh.runner.steps.flow;

import io.jenkins.plugins.amirefresh.runner.build.TimeSpan;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits. */
final class SleepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final Duration time;
    private @Nullable Instant end;

    SleepExecution(StepContext context, Duration time) {
        super(context);
        this.time = time;
    }

    @Override
    public void start() {
        end = context().build().time().now().plus(time);
        context().print("Sleeping for " + TimeSpan.text(time));
    }

    @Override
    public Optional<Instant> wakeUpAt() {
        return Optional.ofNullable(end);
    }

    @Override
    public void wakeUp(Instant now) {
        context().succeed(null);
    }
}
