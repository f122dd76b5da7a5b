package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs a program as far as it gets at the present moment, and says when it wants to go on. */
public final class ProgramDriver {
    private final PipelineRuntime runtime;

    /** Drives a program that has been started. */
    public ProgramDriver(PipelineRuntime runtime) {
        this.runtime = runtime;
    }

    /** Runs what can run and wakes what is due, until nothing is; how it ended, or empty while it waits. */
    public Optional<Outcome> runDue() throws IOException {
        do {
            runtime.runUntilSuspended();
            if (runtime.outcome().isPresent()) {
                return runtime.outcome();
            }
        } while (wakeDueSteps());
        return Optional.empty();
    }

    /** Wakes, oldest call first, every step whose time has come. */
    private boolean wakeDueSteps() {
        boolean woke = false;
        Instant now = runtime.build().time().now();
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

    /** Whether it can run without waiting for anything. */
    public boolean hasWork() {
        return runtime.hasWork();
    }

    /** When the next step is due; empty when only others can make it go on. */
    public Optional<Instant> nextMoment() {
        return runtime.waiting().stream()
                .flatMap(step -> step.wakeUpAt().stream())
                .min(Instant::compareTo);
    }

    /** What of the real world its steps wait for. */
    public RealWorld realWorld() {
        return runtime.waiting().stream().map(StepExecution::realWorld).reduce(RealWorld.NOTHING, RealWorld::combine);
    }

    /** Lets steps that wait for the real world look whether it has moved. */
    public void lookAtRealWorld() {
        runtime.waiting().stream()
                .filter(step -> step.realWorld() != RealWorld.NOTHING)
                .forEach(step -> wake(step, runtime.build().time().now()));
    }

    /** Interrupts the program. */
    public void interrupt(Throwable cause) {
        runtime.interrupt(cause);
    }

    /** What it waits for, for people. */
    public String describe() {
        List<String> waiting = runtime.waiting().stream()
                .filter(step -> step.context().bodies().isEmpty())
                .map(StepExecution::describe)
                .toList();
        return String.join(", ", waiting);
    }
}
