package io.jenkins.plugins.amirefresh.runner.build;

import java.util.Locale;
import java.util.Optional;

/**
 * A build's result, ordered from best to worst as Jenkins orders it.
 *
 * <p>Source: Jenkins core, {@code hudson.model.Result}.
 */
public enum BuildResult {
    SUCCESS,
    UNSTABLE,
    FAILURE,
    NOT_BUILT,
    ABORTED;

    /** Whether this result is worse than {@code other}. */
    public boolean isWorseThan(BuildResult other) {
        return compareTo(other) > 0;
    }

    /** The worse of both. */
    public BuildResult combine(BuildResult other) {
        return isWorseThan(other) ? this : other;
    }

    /** The result of that name, in any case; empty if there is none. */
    public static Optional<BuildResult> parse(String name) {
        for (BuildResult result : values()) {
            if (result.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(result);
            }
        }
        return Optional.empty();
    }
}
