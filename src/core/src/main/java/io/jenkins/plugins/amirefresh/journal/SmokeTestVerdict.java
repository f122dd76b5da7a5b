package io.jenkins.plugins.amirefresh.journal;

/** What a smoke test says. */
public enum SmokeTestVerdict {
    /** Enough checks passed. */
    PASSED,
    /** The application does not work. */
    FAILED,
    /** It could not be found out: no answer from our side of the wire, not from the application's. */
    INCONCLUSIVE
}
