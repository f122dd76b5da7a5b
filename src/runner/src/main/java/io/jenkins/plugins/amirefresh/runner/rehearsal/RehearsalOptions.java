package io.jenkins.plugins.amirefresh.runner.rehearsal;

import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.Credential;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a Jenkinsfile is rehearsed. Immutable: each {@code with...} gives a copy. */
public final class RehearsalOptions {
    /** The name of the job that is rehearsed. */
    public static final String JOB = "rehearsal";

    private static final double DEFAULT_SPEED = 240;

    // Written only here and in the copy that a with... method has not handed out yet.
    private Path jenkinsfile;
    private Path directory;
    private String jobName = JOB;
    private Map<String, String> parameters = Map.of();
    private Map<String, String> inputs = Map.of();
    private Map<String, Path> libraries = Map.of();
    private Map<String, Path> jobs = Map.of();
    private Map<String, String> environment = Map.of();
    private Map<String, Credential> credentials = Map.of();
    private List<Path> earlier = List.of();
    private @Nullable Instant abortAt;
    private @Nullable BuildResult previousResult;
    private String branch = "";
    private String triggeredBy = "hudson.model.Cause$UserIdCause";

    private List<Receipt> slackRefusals = List.of();

    private RehearsalOptions(Path jenkinsfile, Path directory) {
        this.jenkinsfile = jenkinsfile;
        this.directory = directory;
    }

    /** A plain rehearsal of {@code jenkinsfile} in {@code directory}. */
    public static RehearsalOptions of(Path jenkinsfile, Path directory) {
        return new RehearsalOptions(jenkinsfile, directory);
    }

    private RehearsalOptions with(Consumer<RehearsalOptions> change) {
        RehearsalOptions copy = new RehearsalOptions(jenkinsfile, directory);
        copy.jobName = jobName;
        copy.parameters = parameters;
        copy.inputs = inputs;
        copy.libraries = libraries;
        copy.jobs = jobs;
        copy.environment = environment;
        copy.credentials = credentials;
        copy.earlier = earlier;
        copy.abortAt = abortAt;
        copy.previousResult = previousResult;
        copy.branch = branch;
        copy.triggeredBy = triggeredBy;
        copy.slackRefusals = slackRefusals;
        change.accept(copy);
        return copy;
    }

    /** The same with a Slack that answers this first. */
    public RehearsalOptions withSlackRefusals(List<Receipt> answers) {
        return with(copy -> copy.slackRefusals = List.copyOf(answers));
    }

    /** What Slack answers first. */
    public List<Receipt> slackRefusals() {
        return slackRefusals;
    }

    /** The same with build parameters, as text. */
    public RehearsalOptions withParameters(Map<String, String> values) {
        Map<String, String> inOrder = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        return with(copy -> copy.parameters = inOrder);
    }

    /** The same with answers to input, by id or message. */
    public RehearsalOptions withInputs(Map<String, String> answers) {
        return with(copy -> copy.inputs = Map.copyOf(answers));
    }

    /** The same with shared libraries by name; other names mean the Jenkinsfile's own repository. */
    public RehearsalOptions withLibraries(Map<String, Path> directories) {
        return with(copy -> copy.libraries = Map.copyOf(directories));
    }

    /** The same with Jenkinsfiles of other jobs, by the name {@code build} calls them. */
    public RehearsalOptions withJobs(Map<String, Path> jenkinsfiles) {
        return with(copy -> copy.jobs = Map.copyOf(jenkinsfiles));
    }

    /** The same with variables of controller and agents. */
    public RehearsalOptions withEnvironment(Map<String, String> variables) {
        return with(copy -> copy.environment = Map.copyOf(variables));
    }

    /** The same with declared credentials by id. */
    public RehearsalOptions withCredentials(Map<String, Credential> declared) {
        return with(copy -> copy.credentials = Map.copyOf(declared));
    }

    /** The same after earlier builds of its job, whose results are in these directories, in order. */
    public RehearsalOptions withEarlier(List<Path> results) {
        return with(copy -> copy.earlier = List.copyOf(results));
    }

    /** The same with the moment a person aborts the build, or none. */
    public RehearsalOptions withAbortAt(@Nullable Instant moment) {
        return with(copy -> copy.abortAt = moment);
    }

    /** The same with the result of the build before, or none. */
    public RehearsalOptions withPreviousResult(@Nullable BuildResult result) {
        return with(copy -> copy.previousResult = result);
    }

    /** The same as a build of a branch of a multibranch job. */
    public RehearsalOptions withBranch(String name) {
        return with(copy -> copy.branch = name);
    }

    /** The same with the class name of another cause. */
    public RehearsalOptions withTriggeredBy(String cause) {
        return with(copy -> copy.triggeredBy = cause);
    }

    /** A build of another job that this one starts. */
    RehearsalOptions forJob(String job, Path file, Path childDirectory, Map<String, String> childParameters) {
        return withParameters(childParameters)
                .withAbortAt(null)
                .withEarlier(List.of())
                .withPreviousResult(null)
                .withTriggeredBy("org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause")
                .with(copy -> {
                    copy.jobName = job;
                    copy.jenkinsfile = file;
                    copy.directory = childDirectory;
                });
    }

    Path jenkinsfile() {
        return jenkinsfile;
    }

    /** Where the build keeps its files. */
    Path directory() {
        return directory;
    }

    String jobName() {
        return jobName;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    Map<String, String> inputs() {
        return inputs;
    }

    Map<String, Path> libraries() {
        return libraries;
    }

    Map<String, Path> jobs() {
        return jobs;
    }

    Map<String, String> environment() {
        return environment;
    }

    Map<String, Credential> credentials() {
        return credentials;
    }

    /** Simulated seconds for each real one while a real process runs. */
    double speed() {
        return DEFAULT_SPEED;
    }

    List<Path> earlier() {
        return earlier;
    }

    @Nullable
    Instant abortAt() {
        return abortAt;
    }

    @Nullable
    BuildResult previousResult() {
        return previousResult;
    }

    String branch() {
        return branch;
    }

    String triggeredBy() {
        return triggeredBy;
    }
}
