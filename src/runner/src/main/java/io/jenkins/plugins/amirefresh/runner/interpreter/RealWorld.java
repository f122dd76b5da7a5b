package io.jenkins.plugins.amirefresh.runner.interpreter;

/** What of the real world a program waits for, and so how fast simulated time may pass meanwhile. */
public enum RealWorld {
    /** Nothing: time may jump. */
    NOTHING,
    /** A process that itself waits for the simulated account: time runs multiplied. */
    SIMULATED_ACCOUNT,
    /** A process of the pipeline's own: time runs as it does, so that its timeouts mean what they say. */
    PROCESS;

    /** The slower of both. */
    public RealWorld combine(RealWorld other) {
        return compareTo(other) > 0 ? this : other;
    }
}
