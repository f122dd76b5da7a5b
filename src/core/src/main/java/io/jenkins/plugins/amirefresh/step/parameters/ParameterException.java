package io.jenkins.plugins.amirefresh.step.parameters;

/** A user's mistake: one line that names the parameter, the value and what is allowed. Shown without a stack trace. */
public final class ParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one line, complete */
    public ParameterException(String message) {
        super(message);
    }

    /** The line for a bad value of {@code parameter}. */
    public static ParameterException of(String parameter, Object value, String allowed) {
        return new ParameterException(parameter + ": '" + value + "' is not allowed; give " + allowed);
    }
}
