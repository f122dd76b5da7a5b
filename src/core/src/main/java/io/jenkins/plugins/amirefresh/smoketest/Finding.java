package io.jenkins.plugins.amirefresh.smoketest;

/**
 * What one question came to.
 *
 * @param answer what came back in a word or two; answers that are alike have the same one, whoever gave them
 * @param text the same for people, one line
 */
public record Finding(Kind kind, String answer, String text) {

    /** What an answer says of whoever gave it. */
    public enum Kind {
        /** It is as it should be. */
        PASSED,
        /** It is wrong, or the connection was refused. */
        FAILED,
        /** It is wrong, and asking again changes nothing. */
        FAILED_FOR_GOOD,
        /** Nothing came back in time: it may be the way there that is closed. */
        SILENT,
        /** Nothing was asked, by a fault on our side: says nothing of whoever should have answered. */
        NOT_ASKED,
        /** There is nothing to judge by yet. */
        UNKNOWN,
        /** It is still on its way. */
        EARLY
    }

    /** As it should be. */
    public static Finding passed(String text) {
        return new Finding(Kind.PASSED, "as expected", text);
    }

    /** A wrong answer. */
    public static Finding failed(String answer, String text) {
        return new Finding(Kind.FAILED, answer, text);
    }

    /** A wrong answer that is not asked for again. */
    public static Finding failedForGood(String answer, String text) {
        return new Finding(Kind.FAILED_FOR_GOOD, answer, text);
    }

    /** Nothing in time. */
    public static Finding silent(String text) {
        return new Finding(Kind.SILENT, "silence", text);
    }

    /** It could not be asked. */
    public static Finding notAsked(String text) {
        return new Finding(Kind.NOT_ASKED, "not asked", text);
    }

    /** Nothing to judge by. */
    public static Finding unknown(String text) {
        return new Finding(Kind.UNKNOWN, "unknown", text);
    }

    /** Later. */
    public static Finding early(String text) {
        return new Finding(Kind.EARLY, "early", text);
    }

    /** Something that does not pass came back, or nothing did. */
    boolean isWrong() {
        return kind == Kind.FAILED || kind == Kind.FAILED_FOR_GOOD || kind == Kind.SILENT;
    }
}
