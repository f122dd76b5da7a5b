package io.jenkins.plugins.amirefresh.runner.declarative;

import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.BuildSettings;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import io.jenkins.plugins.amirefresh.runner.files.Globs;
import io.jenkins.plugins.amirefresh.runner.interpreter.FailureText;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineRuntime;
import io.jenkins.plugins.amirefresh.runner.interpreter.StageRecord;
import io.jenkins.plugins.amirefresh.runner.interpreter.Symbol;
import io.jenkins.plugins.amirefresh.runner.parameters.ParameterValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the script of a Declarative pipeline asks of Java: results, conditions, messages.
 *
 * <p>Source: pipeline-model-definition plugin, {@code BuildCondition}, {@code ModelInterpreter} and the conditions in
 * {@code when.impl}. One oddity is kept: whether a stage's post section runs at all is decided without the warnings of
 * its steps, which condition holds is decided with them.
 */
public final class DeclarativeSupport implements Serializable {
    /** All post conditions in the order they run. */
    static final List<String> CONDITIONS = List.of(
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "success",
            "unsuccessful",
            "unstable",
            "failure",
            "notBuilt",
            "cleanup");

    private static final long serialVersionUID = 1L;

    private final PipelineRuntime runtime;

    /** For one build. */
    public DeclarativeSupport(PipelineRuntime runtime) {
        this.runtime = runtime;
    }

    private Build build() {
        return runtime.build();
    }

    /** Prints a line. */
    public void log(String line) {
        runtime.console().print(runtime.here().branches(), runtime.here().secrets(), line);
    }

    /** Gives declared parameters their values. */
    public void prepare(List<?> parameters) {
        List<Symbol> symbols = new ArrayList<>();
        parameters.forEach(p -> symbols.add((Symbol) p));
        ParameterValues.apply(build(), symbols);
    }

    /** Why a stage is not run at all, or null. */
    public @Nullable String reasonToSkip(String stage, @Nullable Throwable failure, boolean skipsAfterUnstable) {
        if (failure != null) {
            return "Stage \"" + stage + "\" skipped due to earlier failure(s)";
        }
        if (skipsAfterUnstable && build().currentResult() == BuildResult.UNSTABLE) {
            return "Stage \"" + stage + "\" skipped due to earlier stage(s) marking the build as unstable";
        }
        return null;
    }

    /** Says that the conditions of a stage do not hold. */
    public String skippedByCondition(String stage) {
        return "Stage \"" + stage + "\" skipped due to when conditional";
    }

    /** The reason of a stage, for one inside it. */
    public String sameReasonFor(String reason, String stage, String inner) {
        return reason.replace("\"" + stage + "\"", "\"" + inner + "\"");
    }

    /** All post conditions in the order they run. */
    public List<String> conditions() {
        return new ArrayList<>(CONDITIONS);
    }

    /** Whether any of these conditions holds, without looking at the stage's warnings. */
    public boolean anyConditionHolds(Collection<String> conditions, @Nullable Throwable failure) {
        return conditions.stream().anyMatch(condition -> conditionHolds(condition, failure, false));
    }

    /** Whether a post condition holds. */
    public boolean conditionHolds(String condition, @Nullable Throwable failure, boolean isOfStage) {
        BuildResult withoutStage = combined(failure, false);
        BuildResult result = combined(failure, isOfStage);
        BuildResult previous = build().settings().previousResult();
        return switch (condition) {
            case "changed" -> withoutStage != previous;
            case "fixed" ->
                withoutStage == BuildResult.SUCCESS
                        && (previous == BuildResult.FAILURE || previous == BuildResult.UNSTABLE);
            case "regression" -> previous != null && withoutStage.isWorseThan(previous);
            case "aborted" -> result == BuildResult.ABORTED;
            case "success" -> result == BuildResult.SUCCESS;
            case "unsuccessful" -> result != BuildResult.SUCCESS;
            case "unstable" -> result == BuildResult.UNSTABLE;
            case "failure" -> result == BuildResult.FAILURE;
            case "notBuilt" -> result == BuildResult.NOT_BUILT;
            default -> true;
        };
    }

    private BuildResult combined(@Nullable Throwable failure, boolean isOfStage) {
        BuildResult own = BuildResult.SUCCESS;
        if (isOfStage) {
            own = runtime.here().stage().map(StageRecord::warning).orElse(own);
        }
        if (failure instanceof FlowInterruptedException interruption) {
            own = interruption.getResult();
        } else if (failure != null) {
            own = BuildResult.FAILURE;
        }
        return build().currentResult().combine(own);
    }

    /** Shows a post block the result as it would be if the build ended here. */
    public Object beginCondition(@Nullable Throwable failure, boolean isOfStage) {
        PostState state = new PostState(build().result().orElse(null), combined(failure, isOfStage));
        build().replaceResult(state.logical());
        return state;
    }

    /** Puts the result back unless the block changed it. */
    public void endCondition(Object before) {
        PostState state = (PostState) before;
        if (build().currentResult() == state.logical() && state.logical() != state.original()) {
            build().replaceResult(state.original());
        }
    }

    /** Says that a post block failed. */
    public void conditionFailed(String condition, Throwable failure) {
        log("Error when executing " + condition + " post condition:");
        FailureText.lines(build(), failure).forEach(this::log);
    }

    /** Whether a condition of {@code when} holds, those with conditions or code inside excepted. */
    public boolean holds(String type, Map<String, ?> arguments) {
        return switch (type) {
            case "branch" -> matches(arguments, "BRANCH_NAME");
            case "tag" -> matches(arguments, "TAG_NAME");
            case "buildingTag" -> runtime.environmentHere().containsKey("TAG_NAME");
            case "environment" -> {
                String expected = text(arguments, "value");
                String actual = runtime.environmentHere().getOrDefault(text(arguments, "name"), "");
                boolean ignoresCase = Boolean.parseBoolean(text(arguments, "ignoreCase"));
                yield ignoresCase ? expected.equalsIgnoreCase(actual) : expected.equals(actual);
            }
            case "equals" -> java.util.Objects.equals(arguments.get("expected"), arguments.get("actual"));
            case "triggeredBy" -> isCause(text(arguments, "cause"), text(arguments, "detail"));
            default -> false;
        };
    }

    private boolean matches(Map<String, ?> arguments, String variable) {
        String pattern = text(arguments, "pattern");
        String actual = runtime.environmentHere().getOrDefault(variable, "");
        if (actual.isEmpty() || pattern.isEmpty()) {
            return actual.isEmpty() && arguments.containsKey("pattern") && pattern.isEmpty();
        }
        return switch (text(arguments, "comparator")) {
            case "REGEXP" -> actual.matches(pattern);
            case "EQUALS" -> actual.equals(pattern);
            default -> Globs.matches(pattern, actual);
        };
    }

    /** A detail is the person's name; other causes have none. */
    private boolean isCause(String name, String detail) {
        String cause = build().settings().triggeredBy();
        String simple = cause.substring(Math.max(cause.lastIndexOf('.'), cause.lastIndexOf('$')) + 1);
        boolean isThat = cause.equals(name) || simple.equals(name) || simple.equals(name + "Cause");
        return isThat && (detail.isEmpty() || (simple.equals("UserIdCause") && detail.equals(BuildSettings.PERSON)));
    }

    private static String text(Map<String, ?> arguments, String name) {
        Object value = arguments.get(name);
        return value == null ? "" : value.toString();
    }

    /** The variables an answered input gives to its stage. */
    public List<String> inputVariables(Map<String, ?> arguments, @Nullable Object answer) {
        List<String> variables = new ArrayList<>();
        List<?> parameters = arguments.get("parameters") instanceof List<?> list ? list : List.of();
        if (answer instanceof Map<?, ?> values) {
            values.forEach((name, value) -> variables.add(name + "=" + value));
        } else if (answer != null && !text(arguments, "submitterParameter").isEmpty()) {
            variables.add(text(arguments, "submitterParameter") + "=" + answer);
        } else if (answer != null && parameters.size() == 1 && parameters.get(0) instanceof Symbol symbol) {
            variables.add(symbol.text("name", "") + "=" + answer);
        }
        return variables;
    }

    /** The bindings of {@code NAME = credentials('id')}. */
    public List<Symbol> bindings(String name, Object id) {
        return CredentialBindings.of(runtime, name, id.toString());
    }
}
