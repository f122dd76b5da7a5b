package io.jenkins.plugins.amirefresh.runner.parameters;

import io.jenkins.plugins.amirefresh.model.Suggestion;
import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.build.BuildParameterException;
import io.jenkins.plugins.amirefresh.runner.interpreter.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gives the parameters a pipeline declares their values: what the build was started with, else the default. */
public final class ParameterValues {
    private ParameterValues() {}

    /** Applies declarations; refuses a value of the wrong type and a given parameter that is not declared. */
    public static void apply(Build build, List<Symbol> declarations) {
        List<String> names = new ArrayList<>();
        for (Symbol declaration : declarations) {
            String name = declaration.text("name", "");
            names.add(name);
            build.parameterDefault(name, defaultValue(declaration));
            build.parameter(
                    name,
                    typed(declaration, name, String.valueOf(build.parameters().get(name))));
        }
        for (String given : build.settings().parameters().keySet()) {
            if (!names.contains(given)) {
                throw new BuildParameterException("the pipeline has no parameter '" + given + "'"
                        + Suggestion.of(given, names) + "; it has "
                        + (names.isEmpty() ? "none" : String.join(", ", names)));
            }
        }
    }

    /** The value a parameter has when nobody gives one. */
    public static Object defaultValue(Symbol declaration) {
        return switch (declaration.name()) {
            case "booleanParam" -> Boolean.valueOf(declaration.text("defaultValue", "false"));
            case "choice" -> choices(declaration).stream().findFirst().orElse("");
            default -> declaration.text("defaultValue", "");
        };
    }

    private static List<String> choices(Symbol declaration) {
        Object choices = declaration.arguments().get("choices");
        return choices instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : String.valueOf(choices).lines().toList();
    }

    private static Object typed(Symbol declaration, String name, String value) {
        switch (declaration.name()) {
            case "booleanParam" -> {
                if (!value.equals("true") && !value.equals("false")) {
                    throw new BuildParameterException(
                            "parameter " + name + ": '" + value + "' is not allowed; it is true or false");
                }
                return Boolean.valueOf(value);
            }
            case "choice" -> {
                if (!choices(declaration).contains(value)) {
                    throw new BuildParameterException("parameter " + name + ": '" + value
                            + "' is not allowed; it is one of " + String.join(", ", choices(declaration)));
                }
                return value;
            }
            default -> {
                return Boolean.parseBoolean(declaration.text("trim", "false")) ? value.trim() : value;
            }
        }
    }

    /** The parameters of a call that starts another build, as text by name. */
    public static Map<String, String> asText(List<Symbol> values) {
        Map<String, String> text = new java.util.LinkedHashMap<>();
        values.forEach(value -> text.put(value.text("name", ""), value.text("value", "")));
        return text;
    }
}
