package io.jenkins.plugins.amirefresh.step;

/** Why a step is asked to stop. */
public enum StopReason {
    /** A user aborted the build. */
    ABORTED("the build was aborted"),
    /** A {@code timeout} ended it, or a failed branch of {@code parallel} with {@code failFast}. */
    INTERRUPTED("the build was interrupted"),
    /** The build is gone and cannot be resumed. */
    ORPHANED("the build was orphaned");

    private final String why;

    StopReason(String why) {
        this.why = why;
    }

    /** The reason in a sentence. */
    public String why() {
        return why;
    }
}
