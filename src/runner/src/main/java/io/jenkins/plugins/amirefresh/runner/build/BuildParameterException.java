package io.jenkins.plugins.amirefresh.runner.build;

/** A build parameter that the pipeline does not declare, or with a value it does not allow: the build cannot start. */
public final class BuildParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Refuses with one line. */
    public BuildParameterException(String message) {
        super(message);
    }
}
