package io.jenkins.plugins.amirefresh.runner.globals;

import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.TimeSpan;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineRuntime;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variable {@code currentBuild}.
 *
 * <p>Source: workflow-support plugin, {@code RunWrapper}.
 */
public final class CurrentBuild implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PipelineRuntime runtime;

    CurrentBuild(PipelineRuntime runtime) {
        this.runtime = runtime;
    }

    private Build build() {
        return runtime.build();
    }

    /** The result, null while nothing has set one. */
    public @Nullable String getResult() {
        return build().result().map(BuildResult::name).orElse(null);
    }

    /** Makes the result worse; a better one is ignored. */
    public void setResult(String name) {
        build().worsen(parse(name));
    }

    /** The result, SUCCESS while nothing has set one. */
    public String getCurrentResult() {
        return build().currentResult().name();
    }

    /** Whether the result is at least as good. */
    public boolean resultIsBetterOrEqualTo(String name) {
        return !build().currentResult().isWorseThan(parse(name));
    }

    /** Whether the result is at most as good. */
    public boolean resultIsWorseOrEqualTo(String name) {
        return !parse(name).isWorseThan(build().currentResult());
    }

    private static BuildResult parse(String name) {
        return BuildResult.parse(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is no result; a result is SUCCESS, UNSTABLE, FAILURE, NOT_BUILT or ABORTED"));
    }

    /** The build's number. */
    public int getNumber() {
        return build().settings().number();
    }

    /** The build's number as text. */
    public String getId() {
        return String.valueOf(getNumber());
    }

    /** The build's name. */
    public String getDisplayName() {
        return build().displayName();
    }

    /** Renames the build. */
    public void setDisplayName(String name) {
        build().displayName(name);
    }

    /** The job's and the build's name. */
    public String getFullDisplayName() {
        return build().settings().jobName() + " " + getDisplayName();
    }

    /** The job's name without its folders. */
    public String getProjectName() {
        String name = getFullProjectName();
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The job's name with its folders. */
    public String getFullProjectName() {
        return build().settings().jobName();
    }

    /** The description, null when there is none. */
    public @Nullable String getDescription() {
        return build().description().isEmpty() ? null : build().description();
    }

    /** Describes the build. */
    public void setDescription(@Nullable String text) {
        build().description(text == null ? "" : text);
    }

    /** When the build was scheduled, in milliseconds since 1970. */
    public long getTimeInMillis() {
        return build().startedAt().toEpochMilli();
    }

    /** When the build started, in milliseconds since 1970. */
    public long getStartTimeInMillis() {
        return build().startedAt().toEpochMilli();
    }

    /** How long the build has been running, in milliseconds. */
    public long getDuration() {
        return build().duration().toMillis();
    }

    /** How long the build has been running. */
    public String getDurationString() {
        return TimeSpan.text(build().duration()) + " and counting";
    }

    /** The build before, null when there was none. */
    public @Nullable Map<String, Object> getPreviousBuild() {
        BuildResult previous = build().settings().previousResult();
        if (previous == null) {
            return null;
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("number", getNumber() - 1);
        facts.put("result", previous.name());
        facts.put("currentResult", previous.name());
        facts.put("displayName", "#" + (getNumber() - 1));
        return facts;
    }

    /** Always null: no later build exists. */
    public @Nullable Object getNextBuild() {
        return null;
    }

    /** Where the build's page would be. */
    public String getAbsoluteUrl() {
        return String.valueOf(runtime.environmentHere().get("BUILD_URL"));
    }

    /** The variables a pipeline set through {@code env}. */
    public Map<String, String> getBuildVariables() {
        return new LinkedHashMap<>(build().environment());
    }

    /** Empty: a rehearsal has no changes. */
    public List<Object> getChangeSets() {
        return new ArrayList<>();
    }

    /** Empty: no build triggered this one. */
    public List<Object> getUpstreamBuilds() {
        return new ArrayList<>();
    }

    /** Why the build runs. */
    public List<Map<String, String>> getBuildCauses() {
        Map<String, String> cause = new LinkedHashMap<>();
        cause.put("_class", build().settings().triggeredBy());
        cause.put("shortDescription", "Started by a rehearsal");
        List<Map<String, String>> causes = new ArrayList<>();
        causes.add(cause);
        return causes;
    }

    /** The causes of that class, by its full or short name. */
    public List<Map<String, String>> getBuildCauses(String type) {
        List<Map<String, String>> causes = new ArrayList<>(getBuildCauses());
        causes.removeIf(cause -> !String.valueOf(cause.get("_class")).endsWith(type));
        return causes;
    }

    /** Refused, as the sandbox refuses it. */
    @SuppressWarnings("DoNotCallSuggester") // pipelines call it
    public Object getRawBuild() {
        throw new UnsupportedOperationException(
                "currentBuild.rawBuild is not there: Jenkins' sandbox refuses it, and a rehearsal has no such object");
    }
}
