package io.jenkins.plugins.amirefresh.simulator.faults;

/** The caller gets no answer and cannot know whether the call had its effect. */
public final class ConnectionDropped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what the caller's log should say */
    public ConnectionDropped(String message) {
        super(message);
    }
}
