package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import io.jenkins.plugins.amirefresh.runner.time.RehearsalTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program to its end in simulated time, on one thread.
 *
 * <p>While anything can run, time stands still. When everything waits, time jumps to the next moment a step asked for;
 * while a step waits for a real process, simulated time is real time multiplied.
 */
public final class PipelineLoop {
    private static final Duration REAL_PAUSE = Duration.ofMillis(5);

    private final PipelineRuntime runtime;
    private final RehearsalTime time;
    private final double speed;
    private @Nullable Instant abortAt;
    private long lastRealNanos;

    /**
     * Runs a program that has been started.
     *
     * @param speed simulated seconds for each real one while a real process runs
     * @param abortAt when a person aborts the build, or null
     */
    public PipelineLoop(PipelineRuntime runtime, double speed, @Nullable Instant abortAt) {
        this.runtime = runtime;
        this.time = runtime.build().time();
        this.speed = speed;
        this.abortAt = abortAt;
    }

    /** Runs until the main thread has ended. */
    public Outcome run() throws IOException {
        boolean wasStuck = false;
        while (true) {
            runtime.runUntilSuspended();
            Optional<Outcome> outcome = runtime.outcome();
            if (outcome.isPresent()) {
                return outcome.get();
            }
            if (abortIfDue() || wakeDueSteps()) {
                continue;
            }
            if (isWaitingForTheRealWorld()) {
                letRealTimePass();
            } else if (nextMoment().isPresent()) {
                lastRealNanos = 0;
                time.advanceTo(nextMoment().get());
            } else if (wasStuck) {
                throw new IOException(stuck());
            } else {
                wasStuck = true;
                runtime.interrupt(new AbortException(stuck()));
            }
        }
    }

    private String stuck() {
        List<String> waiting = runtime.waiting().stream()
                .filter(step -> step.context().bodies().isEmpty())
                .map(StepExecution::describe)
                .toList();
        return "nothing can happen any more; still waiting: " + String.join(", ", waiting);
    }

    private boolean abortIfDue() {
        if (abortAt == null || abortAt.isAfter(time.now())) {
            return false;
        }
        abortAt = null;
        runtime.console().print("Aborted by the rehearsal");
        runtime.interrupt(new FlowInterruptedException(BuildResult.ABORTED, 0, List.of("Aborted by the rehearsal")));
        return true;
    }

    /** Wakes, oldest call first, every step whose time has come. */
    private boolean wakeDueSteps() {
        boolean woke = false;
        Instant now = time.now();
        for (StepExecution step : runtime.waiting()) {
            boolean isDue = step.wakeUpAt().filter(at -> !at.isAfter(now)).isPresent();
            if (isDue && !step.context().isFinished()) {
                wake(step, now);
                woke = true;
            }
        }
        return woke;
    }

    private static void wake(StepExecution step, Instant now) {
        try {
            step.wakeUp(now);
        } catch (Exception e) {
            step.context().fail(e);
        }
    }

    private Optional<Instant> nextMoment() {
        return Stream.concat(
                        runtime.waiting().stream().flatMap(step -> step.wakeUpAt().stream()),
                        Stream.ofNullable(abortAt))
                .min(Instant::compareTo);
    }

    private boolean isWaitingForTheRealWorld() {
        return runtime.waiting().stream().anyMatch(StepExecution::isWaitingForTheRealWorld);
    }

    private void letRealTimePass() {
        if (lastRealNanos == 0) {
            lastRealNanos = System.nanoTime();
        }
        LockSupport.parkNanos(REAL_PAUSE.toNanos());
        long nanos = System.nanoTime();
        Instant target = time.now().plusNanos((long) ((nanos - lastRealNanos) * speed));
        lastRealNanos = nanos;
        time.advanceTo(nextMoment().filter(m -> m.isBefore(target)).orElse(target));
        runtime.waiting().stream()
                .filter(StepExecution::isWaitingForTheRealWorld)
                .forEach(step -> wake(step, time.now()));
    }
}
