package io.jenkins.plugins.amirefresh.scenario;

/** The process is killed here; no code of the product may answer it. */
public final class Death extends Error {

    private static final long serialVersionUID = 1L;

    Death(String operation) {
        super("killed at " + operation);
    }

    /** When the process dies, seen from one call. */
    public enum Moment {
        /** The call never reaches AWS. */
        BEFORE_THE_CALL,
        /** The call took effect, its answer is lost. */
        BEFORE_THE_ANSWER
    }
}
