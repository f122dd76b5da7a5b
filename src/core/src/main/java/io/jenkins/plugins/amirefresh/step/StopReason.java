package io.jenkins.plugins.amirefresh.step;

/** Why a step is asked to stop. */
public enum StopReason {
    /** A user aborted the build. */
    ABORTED,
    /** A {@code timeout} ended it, or a failed branch of {@code parallel} with {@code failFast}. */
    INTERRUPTED,
    /** The build is gone and cannot be resumed. */
    ORPHANED
}
