package io.jenkins.plugins.amirefresh.step.drive;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Drives one step execution: a tick on the pool, then nothing until the timer wakes it for the next one. At most one tick
 * runs at a time; a stop wakes it at once.
 *
 * <p>Thread: any; returns at once.
 */
public final class StepDrive {

    private static final System.Logger LOGGER = System.getLogger(StepDrive.class.getName());
    private static final Duration AGENT_WAIT = Duration.ofSeconds(10);

    private final String name;
    private final StepBuild build;
    private final TickPool pool;
    private final Object turn = new Object();
    private volatile @Nullable Stop stop;
    private volatile String status = "starting";
    private @Nullable OpenStep opened;
    private long wakeUp;
    private boolean ended;

    /**
     * Does nothing yet.
     *
     * @param name the step and its execution, for logs
     */
    public StepDrive(String name, StepBuild build, TickPool pool) {
        this.name = name;
        this.build = build;
        this.pool = pool;
    }

    /** Ticks soon; called at the start and after a restart. */
    public void begin() {
        wake(Duration.ZERO);
    }

    /** Stops at the next safe place; the first call counts, a later one wakes it again. */
    public void stop(StopReason reason, Throwable cause) {
        if (stop == null) {
            stop = new Stop(reason, cause);
        }
        wake(Duration.ZERO);
    }

    /** One short line for people about where it stands. */
    public String status() {
        return status;
    }

    private void wake(Duration after) {
        long mine;
        synchronized (turn) {
            mine = ++wakeUp;
        }
        pool.schedule(() -> tick(mine), after);
    }

    private void tick(long mine) {
        synchronized (turn) {
            // A newer wake-up, such as a stop, makes this one stale.
            if (mine == wakeUp && !ended) {
                tick();
            }
        }
    }

    private void tick() {
        try {
            OpenStep step = open();
            if (!build.isLive()) {
                LOGGER.log(Level.INFO, "{0} no longer runs in its build; its host finishes it", name);
                handOver(step);
            } else if (stop == null && !step.files().isStopping() && build.isAgentAway()) {
                status = "waiting for its agent";
                wake(AGENT_WAIT);
            } else {
                follow(step, advance(step));
            }
        } catch (ParameterException e) {
            refused(build.refusal(String.valueOf(e.getMessage())));
        } catch (CloudException e) {
            // The build keeps the line only: it cannot save the SDK's exceptions, and would print their stacks instead.
            LOGGER.log(Level.WARNING, "ticking " + name, e);
            broken(build.refusal(String.valueOf(e.getMessage())));
        } catch (IOException | InterruptedException | RuntimeException | LinkageError e) {
            if (pool.isClosing()) {
                // Interrupted by the shutdown, not broken: the tick is done again after the start.
                LOGGER.log(Level.DEBUG, "the host stops; " + name + " goes on afterwards", e);
                return;
            }
            LOGGER.log(Level.WARNING, "ticking " + name, e);
            broken(e instanceof UncheckedIOException io ? build.refusal(lineOf(io)) : e);
        }
    }

    /** A full disk, or an agent that cannot be read: no mistake of ours that needs a stack. */
    private static String lineOf(UncheckedIOException e) {
        IOException cause = e.getCause();
        String why = cause == null ? "" : ": " + cause.getMessage();
        return e.getMessage() + why
                + "; nothing was done that was not saved first, and what was begun is brought to a safe"
                + " place as soon as this works again";
    }

    private OpenStep open() throws IOException, InterruptedException {
        OpenStep current = opened;
        if (current == null) {
            current = build.open();
            opened = current;
        }
        return current;
    }

    private Progress advance(OpenStep step) {
        Stop asked = stop;
        if (asked != null && !step.files().isStopping()) {
            step.files().markStopping(asked.reason());
        }
        return step.files()
                .stopReason()
                .map(reason -> step.operation().stop(step.files().state(), reason, step.host()))
                .orElseGet(() -> step.operation().advance(step.files().state(), step.host()));
    }

    private void follow(OpenStep step, Progress progress) {
        step.files().save(progress.state());
        status = step.operation().describe(progress.state());
        if (progress instanceof Progress.Again again) {
            wake(again.after());
        } else if (step.files().isStopping()) {
            Stop asked = stop;
            end();
            build.fail(asked == null ? build.interruption() : asked.cause());
        } else if (progress instanceof Progress.Done done) {
            end();
            build.succeed(done);
        } else if (progress instanceof Progress.Failed failed) {
            end();
            build.fail(build.refusal(failed.message()));
        }
    }

    /** Bad input before the first change ends the step; later, such as credentials that were deleted, it is stopped safely. */
    private void refused(Throwable failure) {
        OpenStep step = opened;
        if (step == null || step.files().state().equals(StepState.EMPTY)) {
            end();
            build.fail(failure);
        } else {
            broken(failure);
        }
    }

    /** Something went wrong in the middle: the operation's own stop brings the fleet to a safe place before the step fails. */
    private void broken(Throwable failure) {
        OpenStep step = opened;
        if (step == null) {
            ended = true;
            build.fail(failure);
        } else if (stop == null) {
            stop(StopReason.INTERRUPTED, failure);
        } else {
            // Not even the stop works from here: the step fails now and the finisher tries again.
            try {
                handOver(step);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "leaving " + name + " to the finisher", e);
            }
            build.fail(failure);
        }
    }

    private void end() {
        ended = true;
        build.ended();
    }

    private void handOver(OpenStep step) {
        ended = true;
        status = "handed over to its host";
        try {
            step.files().markStopping(StopReason.ORPHANED);
        } finally {
            build.handedOver();
        }
    }

    private record Stop(StopReason reason, Throwable cause) {}
}
