package io.jenkins.plugins.amirefresh.runner.build;

import io.jenkins.plugins.amirefresh.runner.time.RehearsalTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What Jenkins keeps of one build outside its program: number, result, texts, parameters and environment. */
public final class Build {
    private final BuildSettings settings;
    private final RehearsalTime time;
    private final Instant startedAt;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final TreeMap<String, String> environment = new TreeMap<>();
    private @Nullable BuildResult result;
    private String displayName;
    private String description = "";
    private @Nullable String unsupported;
    private boolean lastStepFailed;
    private String lastFailure = "";
    private final Set<String> interruptions = new HashSet<>();

    /** A build that starts now. */
    public Build(BuildSettings settings, RehearsalTime time) {
        this.settings = settings;
        this.time = time;
        this.startedAt = time.now();
        this.displayName = "#" + settings.number();
        parameters.putAll(settings.parameters());
    }

    /** What was given when the build was started. */
    public BuildSettings settings() {
        return settings;
    }

    /** The simulated clock of this build. */
    public RehearsalTime time() {
        return time;
    }

    /** The build's own directory: program, state files, workspaces, archived files. */
    public Path directory() {
        return settings.directory();
    }

    /** When it started. */
    public Instant startedAt() {
        return startedAt;
    }

    /** How long it has been running. */
    public Duration duration() {
        return Duration.between(startedAt, time.now());
    }

    /** The result so far; empty while nothing has set one. */
    public Optional<BuildResult> result() {
        return Optional.ofNullable(result);
    }

    /** The result so far, SUCCESS while nothing has set one. */
    public BuildResult currentResult() {
        return result == null ? BuildResult.SUCCESS : result;
    }

    /** Makes the result worse; a better one is ignored, as in Jenkins. */
    public void worsen(BuildResult other) {
        if (result == null || other.isWorseThan(result)) {
            result = other;
        }
    }

    /** Sets the result whatever it was: what Declarative does around post conditions. */
    public void replaceResult(@Nullable BuildResult other) {
        result = other;
    }

    /** The build's name in lists. */
    public String displayName() {
        return displayName;
    }

    /** Renames the build. */
    public void displayName(String name) {
        displayName = name;
    }

    /** The build's description, empty when none is set. */
    public String description() {
        return description;
    }

    /** Describes the build. */
    public void description(String text) {
        description = text;
    }

    /** Parameters by name, in declaration order, unmodifiable. */
    public Map<String, Object> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** Gives a declared parameter its default unless the build was started with a value. */
    public void parameterDefault(String name, Object value) {
        parameters.putIfAbsent(name, value);
    }

    /** Replaces a parameter's value, for one that was given as text and is declared with another type. */
    public void parameter(String name, Object value) {
        parameters.put(name, value);
    }

    /** Variables a pipeline set through {@code env}. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Remembers how a step ended: well without a failure. */
    public void stepEnded(@Nullable Throwable failure) {
        lastStepFailed = failure != null;
        if (failure != null) {
            lastFailure = String.valueOf(failure.getMessage() == null ? failure : failure.getMessage());
        }
    }

    /** The step that ended last has failed. */
    public boolean lastStepFailed() {
        return lastStepFailed;
    }

    /** What the last step that failed said; empty when none did. */
    public String lastFailure() {
        return lastFailure;
    }

    /** Remembers why something was interrupted; false if that was said before. */
    public boolean addInterruption(FlowInterruptedException interruption, String cause) {
        return interruptions.add(interruption.origin() + " " + cause);
    }

    /** Remembers something this runner does not know; such a build fails even when the pipeline caught the error. */
    public void meetUnsupported(String what) {
        if (unsupported == null) {
            unsupported = what;
        }
    }

    /** The first thing this runner did not know. */
    public Optional<String> unsupported() {
        return Optional.ofNullable(unsupported);
    }
}
