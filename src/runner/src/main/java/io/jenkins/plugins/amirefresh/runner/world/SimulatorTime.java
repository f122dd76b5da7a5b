package io.jenkins.plugins.amirefresh.runner.world;

import io.jenkins.plugins.amirefresh.runner.time.InstantClock;
import io.jenkins.plugins.amirefresh.runner.time.RehearsalTime;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The simulator's clock. */
final class SimulatorTime implements RehearsalTime {
    private final Simulator simulator;

    SimulatorTime(Simulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public Instant now() {
        return simulator.now();
    }

    @Override
    public Optional<Instant> nextEvent() {
        return simulator.nextEvent();
    }

    @Override
    public void advanceTo(Instant instant) {
        simulator.advanceTo(instant);
    }

    @Override
    public Clock clock() {
        return new InstantClock(this::now);
    }
}
