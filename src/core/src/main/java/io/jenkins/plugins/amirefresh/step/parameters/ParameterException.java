package io.jenkins.plugins.amirefresh.step.parameters;

/** A user's mistake: one line that names the parameter, the value and what is allowed. Shown without a stack trace. */
public final class ParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 600;
    private static final int BEFORE = 200;

    private final String parameter;

    /** @param message one line, complete */
    public ParameterException(String message) {
        this("", message);
    }

    private ParameterException(String parameter, String message) {
        super(oneLine(message));
        this.parameter = parameter;
    }

    /** The line for a bad value of {@code parameter}, or of a part of it such as {@code checks.port}. */
    public static ParameterException of(String parameter, Object value, String allowed) {
        return new ParameterException(parameter, parameter + ": '" + value + "' is not allowed; give " + allowed);
    }

    /** The line {@code parameter: problem}. */
    public static ParameterException about(String parameter, String problem) {
        return new ParameterException(parameter, parameter + ": " + problem);
    }

    /** The same mistake in a map that is itself the value at {@code path}, such as {@code waves[1]}. */
    public ParameterException within(String path) {
        return new ParameterException(
                path + (parameter.isEmpty() ? "" : "." + parameter),
                path + (parameter.isEmpty() ? ": " : ".") + getMessage());
    }

    /** The mistake is in the value of this parameter, whatever the others are. */
    public boolean isAbout(String name) {
        return parameter.equals(name) || parameter.startsWith(name + ".") || parameter.startsWith(name + "[");
    }

    /** What was given may be a whole file: the line stays one that people can read, with what to do at its end. */
    private static String oneLine(String message) {
        String line = message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST
                ? line
                : line.substring(0, BEFORE) + "..." + line.substring(line.length() - (LONGEST - BEFORE));
    }
}
