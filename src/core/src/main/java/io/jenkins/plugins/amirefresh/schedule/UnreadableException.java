package io.jenkins.plugins.amirefresh.schedule;

/** Carries the line about a text that cannot be read out of the helpers that read it. */
final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String line;

    UnreadableException(String line) {
        super(line, null, false, false);
        this.line = line;
    }

    static UnreadableException of(String subject, String value, String allowed) {
        return new UnreadableException(subject + ": '" + value + "' is not allowed; give " + allowed);
    }

    String line() {
        return line;
    }
}
