package io.jenkins.plugins.amirefresh.runner.build;

import java.io.IOException;

/** A failure whose message says everything: the console shows {@code ERROR: message} and no stack trace. */
@SuppressWarnings("OverrideThrowableToString") // pipelines print it under the name Jenkins gives it
public class AbortException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Fails with one line. */
    public AbortException(String message) {
        super(message);
    }

    /** Fails with one line and what was behind it. */
    public AbortException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The text a pipeline sees in Jenkins when it prints the exception. */
    @Override
    public String toString() {
        return "hudson.AbortException: " + getMessage();
    }
}
