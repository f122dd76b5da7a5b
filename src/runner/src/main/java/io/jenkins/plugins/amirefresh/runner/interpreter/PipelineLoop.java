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
 * while a step waits for a real process, simulated time follows real time.
 */
public final class PipelineLoop {
    private static final Duration REAL_PAUSE = Duration.ofMillis(5);

    private final PipelineRuntime runtime;
    private final ProgramDriver driver;
    private final RehearsalTime time;
    private final double speed;
    private @Nullable Instant abortAt;
    private long lastRealNanos;

    /**
     * Runs a program that has been started.
     *
     * @param speed simulated seconds for each real one while a process waits for the simulated account
     * @param abortAt when a person aborts the build, or null
     */
    public PipelineLoop(PipelineRuntime runtime, double speed, @Nullable Instant abortAt) {
        this.runtime = runtime;
        this.driver = new ProgramDriver(runtime);
        this.time = runtime.build().time();
        this.speed = speed;
        this.abortAt = abortAt;
    }

    /** Runs until the main thread has ended. */
    public Outcome run() throws IOException {
        boolean wasStuck = false;
        while (true) {
            runtime.background().forEach(Background::run);
            Optional<Outcome> outcome = driver.runDue();
            if (outcome.isPresent()) {
                return outcome.get();
            }
            if (abortIfDue()) {
                continue;
            }
            RealWorld realWorld = driver.realWorld();
            if (realWorld != RealWorld.NOTHING) {
                letRealTimePass(realWorld == RealWorld.PROCESS ? 1 : speed);
            } else if (nextMoment().isPresent()) {
                lastRealNanos = 0;
                time.advanceTo(beforeBackground(nextMoment().get()));
            } else if (wasStuck) {
                throw new IOException(stuck());
            } else {
                wasStuck = true;
                driver.interrupt(new AbortException(stuck()));
            }
        }
    }

    private String stuck() {
        return "nothing can happen any more; still waiting: " + driver.describe();
    }

    private boolean abortIfDue() {
        if (abortAt == null || abortAt.isAfter(time.now())) {
            return false;
        }
        abortAt = null;
        FlowInterruptedException abort =
                new FlowInterruptedException(BuildResult.ABORTED, 0, List.of("Aborted by the rehearsal"));
        FailureText.lines(runtime.build(), abort).forEach(runtime.console()::print);
        driver.interrupt(abort);
        return true;
    }

    private Optional<Instant> nextMoment() {
        return Stream.concat(driver.nextMoment().stream(), Stream.ofNullable(abortAt))
                .min(Instant::compareTo);
    }

    /** Something beside the program may be due earlier. */
    private Instant beforeBackground(Instant moment) {
        return runtime.background().stream()
                .flatMap(one -> one.next().stream())
                .filter(next -> next.isAfter(time.now()) && next.isBefore(moment))
                .min(Instant::compareTo)
                .orElse(moment);
    }

    private void letRealTimePass(double factor) {
        if (lastRealNanos == 0) {
            lastRealNanos = System.nanoTime();
        }
        LockSupport.parkNanos(REAL_PAUSE.toNanos());
        long nanos = System.nanoTime();
        Instant target = time.now().plusNanos((long) ((nanos - lastRealNanos) * factor));
        lastRealNanos = nanos;
        time.advanceTo(nextMoment().filter(m -> m.isBefore(target)).orElse(target));
        driver.lookAtRealWorld();
    }
}
