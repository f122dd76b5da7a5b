package io.jenkins.plugins.amirefresh.step;

/**
 * How the build stands, whatever became of its groups.
 *
 * @param result Jenkins' word, {@code FAILURE} for one; empty while nothing has worsened it
 * @param error the line that it failed with, empty when none is known
 */
public record BuildStatus(String result, String error) {

    /** Nothing is known, or nothing went wrong. */
    public static final BuildStatus GOOD = new BuildStatus("", "");
}
