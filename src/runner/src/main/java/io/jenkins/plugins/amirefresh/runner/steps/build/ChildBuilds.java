package io.jenkins.plugins.amirefresh.runner.steps.build;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import java.io.IOException;
import java.util.Map;

/** Starts builds of other jobs. */
public interface ChildBuilds {
    /**
     * Starts a build.
     *
     * @param key names it from now on
     * @throws AbortException if no Jenkinsfile is declared for the job, or it cannot be compiled
     */
    ChildBuild start(String key, String job, Map<String, String> parameters) throws IOException;

    /** The build that was started under that key. */
    ChildBuild get(String key);
}
