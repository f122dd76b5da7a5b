package io.jenkins.plugins.amirefresh.step.drive;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Where the ticks of all steps of a host run: they wait on its timer and work on a bounded pool. */
public final class TickPool {

    private final Timer timer;
    private final Executor pool;
    private volatile boolean closing;

    /**
     * Of a host.
     *
     * @param timer only hands over; it never works
     * @param pool works; as many ticks at a time as it has threads
     */
    public TickPool(Timer timer, Executor pool) {
        this.timer = timer;
        this.pool = pool;
    }

    /** The host stops: what is interrupted from now on goes on after its start. */
    public void close() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    void schedule(Runnable tick, Duration after) {
        timer.after(after, () -> {
            if (!closing) {
                pool.execute(tick);
            }
        });
    }

    /** A host's timer. */
    public interface Timer {

        /** Runs short work after a while; until then it costs no thread. */
        void after(Duration wait, Runnable work);
    }
}
