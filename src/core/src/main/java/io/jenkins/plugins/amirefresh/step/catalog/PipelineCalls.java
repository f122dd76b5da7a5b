package io.jenkins.plugins.amirefresh.step.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.Suggestion;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.parameters.EnvironmentDefaults;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The calls that {@code amiRefreshPipeline} is going to make with the maps it was given, said ahead in a variable: a wave that
 * runs days later is refused by the first step.
 */
final class PipelineCalls {

    /** A JSON array of {@code {"where": "waves[1]", "step": "recycleAsgs", "given": {...}}}. */
    static final String VARIABLE = EnvironmentDefaults.PREFIX + "CALLS";

    private final List<StepDefinition> steps;

    PipelineCalls(List<StepDefinition> steps) {
        this.steps = steps;
    }

    /** The line of the first call that its step would refuse. */
    Optional<String> problem(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "");
        if (text.isBlank()) {
            return Optional.empty();
        }
        JsonNode calls;
        try {
            calls = Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.of(VARIABLE + " is set by amiRefreshPipeline alone; leave it out");
        }
        for (JsonNode call : calls) {
            Optional<String> problem = problem(call, environment);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> problem(JsonNode call, Map<String, String> environment) {
        String where = "amiRefreshPipeline: " + call.path("where").asText();
        Map<String, Object> given = new LinkedHashMap<>();
        call.path("given")
                .properties()
                .forEach(
                        entry -> given.put(entry.getKey(), Json.mapper().convertValue(entry.getValue(), Object.class)));
        return steps.stream()
                .filter(step -> step.functionName().equals(call.path("step").asText()))
                .findFirst()
                .flatMap(step -> problem(step, given, environment))
                .map(problem -> problem.startsWith(":") ? where + problem : join(where, problem));
    }

    /** The path of a value in a list of the same name is not said twice: {@code checks}, not {@code checks.checks}. */
    private static String join(String where, String problem) {
        String last = where.substring(where.lastIndexOf(' ') + 1);
        return problem.matches(Pattern.quote(last) + "[.:\\[].*")
                ? where.substring(0, where.lastIndexOf(' ') + 1) + problem
                : where + "." + problem;
    }

    private static Optional<String> problem(
            StepDefinition step, Map<String, Object> given, Map<String, String> environment) {
        List<ParameterSpec> specs = step.parameters();
        List<String> names = specs.stream().map(ParameterSpec::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                return Optional.of(name + ": there is no such parameter" + Suggestion.of(name, names));
            }
        }
        try {
            step.operation(
                    Parameters.parse(step.functionName(), specs, EnvironmentDefaults.fill(specs, given, environment)));
            return Optional.empty();
        } catch (ParameterException e) {
            boolean isAboutOne = given.keySet().stream().anyMatch(e::isAbout);
            return Optional.of((isAboutOne ? "" : ": ") + e.getMessage());
        }
    }
}
