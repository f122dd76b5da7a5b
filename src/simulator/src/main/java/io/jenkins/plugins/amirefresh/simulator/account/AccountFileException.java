package io.jenkins.plugins.amirefresh.simulator.account;

/** An account file that cannot be used. The message is one line: file, line, what is wrong. */
public final class AccountFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param line 1-based; 0 when no line is to blame */
    public AccountFileException(String source, int line, String problem) {
        super(source + (line > 0 ? ":" + line : "") + ": " + problem.replace('\n', ' '));
    }
}
