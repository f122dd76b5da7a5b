package io.jenkins.plugins.amirefresh.runner.time;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The clock of a rehearsal: it stands still until the runner moves it. */
public interface RehearsalTime {
    /** The simulated instant. */
    Instant now();

    /** When something outside the pipeline, such as a booting instance, happens next; empty if nothing is planned. */
    Optional<Instant> nextEvent();

    /** Moves time forward, letting everything planned up to {@code instant} happen; never moves it back. */
    void advanceTo(Instant instant);

    /** The same time as a JDK clock, in UTC. */
    Clock clock();
}
