package io.jenkins.plugins.amirefresh.runner.steps.flow;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.BuildSettings;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import io.jenkins.plugins.amirefresh.runner.interpreter.Symbol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code input}: answered with what the rehearsal declares for its id or message.
 *
 * <p>An answer is {@code ok}, {@code abort}, or {@code NAME:VALUE} pairs separated by commas.
 */
final class InputStep {
    private static final String ANY = "*";

    private final Map<String, String> answers;

    InputStep(Map<String, String> answers) {
        this.answers = Map.copyOf(answers);
    }

    StepType type() {
        return StepType.immediate(
                StepSignature.of("input")
                        .requires("message")
                        .accepts("id", "ok", "submitter", "submitterParameter", "parameters", "cancel"),
                this::answer);
    }

    private @Nullable Object answer(StepContext context, StepArguments arguments)
            throws AbortException, FlowInterruptedException {
        String message = arguments.text("message");
        String id = arguments.text("id");
        context.print(message);
        String answer = answers.getOrDefault(id, answers.getOrDefault(message, answers.getOrDefault(ANY, "")));
        if (answer.isEmpty()) {
            throw new AbortException("input '" + (id.isEmpty() ? message : id)
                    + "' waits for a person; declare the answer, for example --input '"
                    + (id.isEmpty() ? message : id) + "=ok'");
        }
        if (answer.equals("abort")) {
            throw new FlowInterruptedException(BuildResult.ABORTED, 0, List.of("Rejected by the rehearsal"));
        }
        context.print("Approved by the rehearsal");
        return values(arguments, answer);
    }

    /** Nothing without parameters, the value of a single one, else a map. */
    private static @Nullable Object values(StepArguments arguments, String answer) throws AbortException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Object parameter : arguments.list("parameters")) {
            if (parameter instanceof Symbol symbol) {
                values.put(symbol.text("name", ""), defaultOf(symbol));
            }
        }
        if (!answer.equals("ok")) {
            overwrite(values, answer);
        }
        String submitterParameter = arguments.text("submitterParameter");
        if (!submitterParameter.isEmpty()) {
            values.put(submitterParameter, BuildSettings.PERSON);
        }
        if (values.isEmpty()) {
            return null;
        }
        return values.size() == 1 ? values.values().iterator().next() : values;
    }

    private static void overwrite(Map<String, Object> values, String answer) throws AbortException {
        for (String pair : List.of(answer.split(",", -1))) {
            int colon = pair.indexOf(':');
            String name = colon < 0 ? pair : pair.substring(0, colon).trim();
            Object old = values.get(name);
            if (colon < 0 || old == null) {
                throw new AbortException("input has no parameter '" + name + "'; it has " + values.keySet());
            }
            String text = pair.substring(colon + 1).trim();
            values.put(name, old instanceof Boolean ? (Object) Boolean.valueOf(text) : text);
        }
    }

    private static Object defaultOf(Symbol parameter) {
        Object value = parameter.arguments().get("defaultValue");
        if (parameter.name().equals("booleanParam")) {
            return Boolean.valueOf(String.valueOf(value));
        }
        if (parameter.name().equals("choice")) {
            Object choices = parameter.arguments().get("choices");
            List<?> list = choices instanceof List<?> l
                    ? l
                    : String.valueOf(choices).lines().toList();
            return list.isEmpty() ? "" : String.valueOf(list.get(0));
        }
        return value == null ? "" : value;
    }
}
