package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/**
 * One call of a step. It is saved with the program, so it holds only what is serialisable.
 *
 * <p>It ends by calling {@link StepContext#succeed} or {@link StepContext#fail}, in {@link #start} or later.
 */
public abstract class StepExecution implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StepContext context;

    /** A call in that context. */
    protected StepExecution(StepContext context) {
        this.context = context;
    }

    /** The call's context. */
    public final StepContext context() {
        return context;
    }

    /** Begins. Whatever it throws is what the call fails with. */
    public abstract void start() throws Exception;

    /** Asks it to end because of {@code cause}; asked only while it runs no block of its own. */
    public void stop(Throwable cause) throws Exception {
        context.fail(cause);
    }

    /** When it wants {@link #wakeUp} next; empty when only others can make it go on. */
    public Optional<Instant> wakeUpAt() {
        return Optional.empty();
    }

    /** Goes on: the time it asked for has come, or an external process may have made progress. */
    public void wakeUp(Instant now) throws Exception {}

    /** The block it stands in was ended by force: nobody waits for it any more. */
    public void abandon() {}

    /** What of the real world it waits for, so that simulated time may not jump; it is then woken again and again. */
    public RealWorld realWorld() {
        return RealWorld.NOTHING;
    }

    /** One line on what it waits for. */
    public String describe() {
        return context.stepName();
    }
}
