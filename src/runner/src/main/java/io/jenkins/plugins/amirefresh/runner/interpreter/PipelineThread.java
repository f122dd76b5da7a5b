package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A thread of the program: the main one, or one for each block of a step. */
final class PipelineThread implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int id;
    private final Continuable program;
    private final BlockContext block;
    private final @Nullable StepContext owner;
    private @Nullable Outcome resumeValue;
    private @Nullable StepExecution step;

    PipelineThread(int id, Continuable program, BlockContext block, @Nullable StepContext owner) {
        this.id = id;
        this.program = program;
        this.block = block;
        this.owner = owner;
    }

    int id() {
        return id;
    }

    BlockContext block() {
        return block;
    }

    /** The step whose block this runs; empty for the main thread. */
    Optional<StepContext> owner() {
        return Optional.ofNullable(owner);
    }

    Optional<StepExecution> step() {
        return Optional.ofNullable(step);
    }

    void waitFor(StepExecution execution) {
        step = execution;
    }

    boolean isReady() {
        return resumeValue != null;
    }

    boolean isAlive() {
        return program.isResumable();
    }

    /** The next run continues with that outcome. */
    void resume(Outcome outcome) {
        Throwable failure = outcome.getAbnormal();
        if (failure != null && step != null) {
            locate(failure);
        }
        resumeValue = outcome;
        step = null;
    }

    /** The step has ended before the thread was suspended for it. */
    void stopWaiting() {
        step = null;
    }

    /** Puts the pipeline's own lines above those of the interpreter, if the exception has none yet. */
    private void locate(Throwable failure) {
        if (SourcePlace.all(failure).findAny().isEmpty()) {
            List<StackTraceElement> trace = new ArrayList<>(program.getStackTrace());
            trace.addAll(List.of(failure.getStackTrace()));
            failure.setStackTrace(trace.toArray(StackTraceElement[]::new));
        }
    }

    /** Ends whatever it waits for, innermost blocks first; between steps, throws at the next chance. */
    void stop(Throwable cause) {
        StepExecution waitingFor = step;
        if (waitingFor == null) {
            resumeValue = new Outcome(null, cause);
            return;
        }
        List<BodyExecution> bodies = waitingFor.context().bodies();
        if (!bodies.isEmpty()) {
            bodies.forEach(body -> body.cancel(cause));
            return;
        }
        try {
            waitingFor.stop(cause);
        } catch (Exception e) {
            cause.addSuppressed(e);
            waitingFor.context().fail(cause);
        }
    }

    /** Runs until the next suspension or the end. */
    @SuppressWarnings("rawtypes") // the interpreter's own signature
    Outcome run(List<Class> categories) {
        Outcome value = resumeValue;
        if (value == null) {
            throw new IllegalStateException("thread " + id + " is not ready");
        }
        resumeValue = null;
        Outcome outcome = program.run0(value, categories);
        if (outcome.isSuccess() && outcome.getNormal() instanceof Located located) {
            resume(new Outcome(null, located.failure(SourcePlace.first(program.getStackTrace()))));
        }
        return outcome;
    }

    /** The lines of the pipeline it stands at, innermost first. */
    List<StackTraceElement> stackTrace() {
        return program.getStackTrace();
    }
}
