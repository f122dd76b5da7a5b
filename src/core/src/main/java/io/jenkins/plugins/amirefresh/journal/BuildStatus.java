package io.jenkins.plugins.amirefresh.journal;

/**
 * How the build stands, whatever became of its groups.
 *
 * @param result Jenkins' word, {@code FAILURE} for one; empty while nothing has worsened it
 * @param error the line that it failed with, empty when none is known
 */
public record BuildStatus(String result, String error) {

    /** Nothing is known, or nothing went wrong. */
    public static final BuildStatus GOOD = new BuildStatus("", "");

    private static final int LONGEST_ERROR = 500;

    /** Stages that were to come may not have run. */
    boolean isCutShort() {
        return isAborted() || result.equals("FAILURE");
    }

    boolean isAborted() {
        return result.equals("ABORTED");
    }

    /** The error as one line of bearable length. */
    public String errorLine() {
        String line = error.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR - 3) + "...";
    }
}
