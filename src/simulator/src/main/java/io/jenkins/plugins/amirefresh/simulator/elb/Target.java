package io.jenkins.plugins.amirefresh.simulator.elb;

import io.jenkins.plugins.amirefresh.simulator.kernel.SimulatedTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One registered instance and port. */
final class Target {

    private final String id;
    private final int port;
    private final Instant registered;
    private final List<Runnable> drained = new ArrayList<>();
    private TargetHealth health = TargetHealth.REGISTERING;
    private int lastCode;
    private int successes;
    private int failures;
    private SimulatedTime.@Nullable Scheduled next;

    Target(String id, int port, Instant registered) {
        this.id = id;
        this.port = port;
        this.registered = registered;
    }

    String id() {
        return id;
    }

    int port() {
        return port;
    }

    /** Health checks fall on this moment plus a number of intervals. */
    Instant registered() {
        return registered;
    }

    TargetHealth health() {
        return health;
    }

    /** The text AWS gives with the state. */
    String description() {
        return health.description().formatted(lastCode);
    }

    void become(TargetHealth newHealth) {
        health = newHealth;
    }

    void startOver() {
        health = TargetHealth.INITIAL;
        successes = 0;
        failures = 0;
    }

    int succeeded() {
        failures = 0;
        return ++successes;
    }

    int failed(int code) {
        lastCode = code;
        successes = 0;
        return ++failures;
    }

    /** Whether the last checks said something else than the state does. */
    boolean isWavering() {
        return health == TargetHealth.INITIAL
                || health == TargetHealth.REGISTERING
                || (health == TargetHealth.HEALTHY && failures > 0)
                || (health.isUnhealthy() && successes > 0);
    }

    /** Replaces what was planned for it. */
    void plan(SimulatedTime.@Nullable Scheduled planned) {
        if (next != null) {
            next.cancel();
        }
        next = planned;
    }

    void whenDrained(Runnable action) {
        drained.add(action);
    }

    List<Runnable> waitingForDrain() {
        return List.copyOf(drained);
    }
}
