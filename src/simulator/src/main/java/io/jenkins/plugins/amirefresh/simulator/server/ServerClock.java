package io.jenkins.plugins.amirefresh.simulator.server;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Lets a simulator's time follow real time, multiplied, or stand still until somebody advances it. Any thread may use it.
 */
public final class ServerClock {

    private final Simulator simulator;
    private final LongSupplier nanoTime;
    private double speed;
    private Instant anchor;
    private long anchorNanos;

    /**
     * A clock that runs from where the simulator stands.
     *
     * @param nanoTime real time, as {@link System#nanoTime}
     * @param speed simulated seconds a real second; 0 stands still
     */
    public ServerClock(Simulator simulator, LongSupplier nanoTime, double speed) {
        this.simulator = simulator;
        this.nanoTime = nanoTime;
        this.speed = speed;
        this.anchor = simulator.now();
        this.anchorNanos = nanoTime.getAsLong();
    }

    /** Brings simulated time to where real time says it is; events that became due happen now. */
    public synchronized Instant catchUp() {
        if (speed > 0) {
            double elapsed = (nanoTime.getAsLong() - anchorNanos) * speed;
            simulator.advanceTo(anchor.plusNanos((long) elapsed));
        }
        return simulator.now();
    }

    /** Changes the pace from now on; 0 stands still. */
    public synchronized void speed(double simulatedSecondsPerSecond) {
        catchUp();
        speed = simulatedSecondsPerSecond;
        restart();
    }

    /** Simulated seconds a real second. */
    public synchronized double speed() {
        return speed;
    }

    /** Jumps ahead; everything due in between happens at its own moment. */
    public synchronized Instant advance(Duration duration) {
        return advanceTo(catchUp().plus(duration));
    }

    /** Jumps to a moment; never goes back. */
    public synchronized Instant advanceTo(Instant moment) {
        catchUp();
        simulator.advanceTo(moment);
        restart();
        return simulator.now();
    }

    private void restart() {
        anchor = simulator.now();
        anchorNanos = nanoTime.getAsLong();
    }
}
