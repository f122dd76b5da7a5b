package io.jenkins.plugins.amirefresh.scenario;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The simulated moment, in UTC. */
final class SimulatorClock extends Clock {

    private final Simulator simulator;

    SimulatorClock(Simulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }

    @Override
    public Instant instant() {
        return simulator.now();
    }
}
