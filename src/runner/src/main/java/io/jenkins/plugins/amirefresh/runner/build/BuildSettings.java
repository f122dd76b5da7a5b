package io.jenkins.plugins.amirefresh.runner.build;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a build is started with.
 *
 * @param jobName the job's full name
 * @param number the build's number, from 1
 * @param directory where the build keeps its files
 * @param sources the directory of the Jenkinsfile: what {@code checkout scm} copies
 * @param parameters values given at start, by name
 * @param environment variables of the controller and its agents
 * @param credentials declared credentials by id
 * @param branch the branch of a multibranch build, else empty
 * @param previousResult the result of the build before, if there was one, for {@code changed}, {@code fixed} and {@code regression}
 * @param triggeredBy the cause: {@code UserIdCause}, {@code TimerTriggerCause} or another class name
 */
public record BuildSettings(
        String jobName,
        int number,
        Path directory,
        Path sources,
        Map<String, Object> parameters,
        Map<String, String> environment,
        Map<String, Credential> credentials,
        String branch,
        @Nullable BuildResult previousResult,
        String triggeredBy) {
    /** Who starts builds and answers questions. */
    public static final String PERSON = "rehearsal";

    /** Checks and copies. */
    public BuildSettings {
        if (number < 1) {
            throw new IllegalArgumentException("a build's number starts at 1, not " + number);
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        environment = Map.copyOf(environment);
        credentials = Map.copyOf(credentials);
    }
}
