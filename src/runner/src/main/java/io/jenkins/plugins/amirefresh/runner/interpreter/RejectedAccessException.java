package io.jenkins.plugins.amirefresh.runner.interpreter;

/** A script used something that Jenkins' sandbox closes. */
@SuppressWarnings("OverrideThrowableToString") // pipelines print it under the name Jenkins gives it
public final class RejectedAccessException extends SecurityException {
    private static final long serialVersionUID = 1L;

    RejectedAccessException(String what) {
        super("Scripts not permitted to use " + what);
    }

    @Override
    public String toString() {
        return "org.jenkinsci.plugins.scriptsecurity.sandbox.RejectedAccessException: " + getMessage();
    }
}
