package io.jenkins.plugins.amirefresh.runner.rehearsal;

import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.Credential;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a Jenkinsfile is rehearsed.
 *
 * @param jenkinsfile the pipeline
 * @param directory where the build keeps its files
 * @param jobName the job's name
 * @param parameters build parameters, as text
 * @param inputs how the input step is answered, by id or message
 * @param libraries shared libraries by name; other names mean the Jenkinsfile's own repository
 * @param jobs Jenkinsfiles of other jobs, by the name {@code build} calls them
 * @param environment variables of the controller and its agents
 * @param credentials declared credentials by id
 * @param speed simulated seconds for each real one while a real process runs
 * @param abortAt when a person aborts the build, or null
 * @param previousResult the result of the build before, or null if there was none
 * @param branch the branch of a multibranch build, else empty
 * @param triggeredBy the class name of the cause
 */
public record RehearsalOptions(
        Path jenkinsfile,
        Path directory,
        String jobName,
        Map<String, String> parameters,
        Map<String, String> inputs,
        Map<String, Path> libraries,
        Map<String, Path> jobs,
        Map<String, String> environment,
        Map<String, Credential> credentials,
        double speed,
        @Nullable Instant abortAt,
        @Nullable BuildResult previousResult,
        String branch,
        String triggeredBy) {
    private static final double DEFAULT_SPEED = 240;

    /** Checks and copies. */
    public RehearsalOptions {
        if (speed <= 0) {
            throw new IllegalArgumentException("speed must be positive, not " + speed);
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        inputs = Map.copyOf(inputs);
        libraries = Map.copyOf(libraries);
        jobs = Map.copyOf(jobs);
        environment = Map.copyOf(environment);
        credentials = Map.copyOf(credentials);
    }

    /** A plain rehearsal of {@code jenkinsfile} in {@code directory}. */
    public static RehearsalOptions of(Path jenkinsfile, Path directory) {
        return new RehearsalOptions(
                jenkinsfile,
                directory,
                "rehearsal",
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                DEFAULT_SPEED,
                null,
                null,
                "",
                "hudson.model.Cause$UserIdCause");
    }

    /** The same with build parameters. */
    public RehearsalOptions withParameters(Map<String, String> newParameters) {
        return new RehearsalOptions(
                jenkinsfile,
                directory,
                jobName,
                newParameters,
                inputs,
                libraries,
                jobs,
                environment,
                credentials,
                speed,
                abortAt,
                previousResult,
                branch,
                triggeredBy);
    }

    /** The same with answers to input. */
    public RehearsalOptions withInputs(Map<String, String> newInputs) {
        return new RehearsalOptions(
                jenkinsfile,
                directory,
                jobName,
                parameters,
                newInputs,
                libraries,
                jobs,
                environment,
                credentials,
                speed,
                abortAt,
                previousResult,
                branch,
                triggeredBy);
    }

    /** The same with declared libraries. */
    public RehearsalOptions withLibraries(Map<String, Path> newLibraries) {
        return new RehearsalOptions(
                jenkinsfile,
                directory,
                jobName,
                parameters,
                inputs,
                newLibraries,
                jobs,
                environment,
                credentials,
                speed,
                abortAt,
                previousResult,
                branch,
                triggeredBy);
    }

    /** The same with variables of controller and agents. */
    public RehearsalOptions withEnvironment(Map<String, String> newEnvironment) {
        return new RehearsalOptions(
                jenkinsfile,
                directory,
                jobName,
                parameters,
                inputs,
                libraries,
                jobs,
                newEnvironment,
                credentials,
                speed,
                abortAt,
                previousResult,
                branch,
                triggeredBy);
    }

    /** The same with declared credentials. */
    public RehearsalOptions withCredentials(Map<String, Credential> newCredentials) {
        return new RehearsalOptions(
                jenkinsfile,
                directory,
                jobName,
                parameters,
                inputs,
                libraries,
                jobs,
                environment,
                newCredentials,
                speed,
                abortAt,
                previousResult,
                branch,
                triggeredBy);
    }

    /** The same with an abort, or none. */
    public RehearsalOptions withAbortAt(@Nullable Instant newAbortAt) {
        return new RehearsalOptions(
                jenkinsfile,
                directory,
                jobName,
                parameters,
                inputs,
                libraries,
                jobs,
                environment,
                credentials,
                speed,
                newAbortAt,
                previousResult,
                branch,
                triggeredBy);
    }

    /** The same with a build before, or none. */
    public RehearsalOptions withPreviousResult(@Nullable BuildResult newPreviousResult) {
        return new RehearsalOptions(
                jenkinsfile,
                directory,
                jobName,
                parameters,
                inputs,
                libraries,
                jobs,
                environment,
                credentials,
                speed,
                abortAt,
                newPreviousResult,
                branch,
                triggeredBy);
    }

    /** The same with a branch. */
    public RehearsalOptions withBranch(String newBranch) {
        return new RehearsalOptions(
                jenkinsfile,
                directory,
                jobName,
                parameters,
                inputs,
                libraries,
                jobs,
                environment,
                credentials,
                speed,
                abortAt,
                previousResult,
                newBranch,
                triggeredBy);
    }

    /** The same with a cause. */
    public RehearsalOptions withTriggeredBy(String newTriggeredBy) {
        return new RehearsalOptions(
                jenkinsfile,
                directory,
                jobName,
                parameters,
                inputs,
                libraries,
                jobs,
                environment,
                credentials,
                speed,
                abortAt,
                previousResult,
                branch,
                newTriggeredBy);
    }

    /** The same with Jenkinsfiles of other jobs. */
    public RehearsalOptions withJobs(Map<String, Path> newJobs) {
        return new RehearsalOptions(
                jenkinsfile,
                directory,
                jobName,
                parameters,
                inputs,
                libraries,
                newJobs,
                environment,
                credentials,
                speed,
                abortAt,
                previousResult,
                branch,
                triggeredBy);
    }

    /** A build of another job that this one starts. */
    RehearsalOptions forJob(String job, Path file, Path childDirectory, Map<String, String> childParameters) {
        return new RehearsalOptions(
                file,
                childDirectory,
                job,
                childParameters,
                inputs,
                libraries,
                jobs,
                environment,
                credentials,
                speed,
                null,
                null,
                branch,
                "org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause");
    }
}
