package io.jenkins.plugins.amirefresh.step.catalog;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.parameters.EnvironmentDefaults;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a pipeline wrote for a step, read the same way by every host. */
public final class StepCall {

    private StepCall() {}

    /**
     * The checked parameters of a call, with the environment's values for those that were not given.
     *
     * @param steps every step the pipeline can call: a variable is for all of them
     * @throws ParameterException when the step refuses a value, or a variable is wrong for any step
     */
    public static Parameters parse(
            StepDefinition step, List<StepDefinition> steps, Map<String, ?> given, Map<String, String> environment) {
        if (!step.tellsTheEnd(given)) {
            new PipelineVariables(steps).require(environment);
        }
        List<ParameterSpec> specs = step.parameters();
        Parameters parameters =
                Parameters.parse(step.functionName(), specs, EnvironmentDefaults.fill(specs, given, environment));
        step.operation(parameters);
        return parameters;
    }

    /**
     * What the step refuses of these values, whatever the others will be: the line by the parameter's name. What it would
     * say of parameters that are not among them is not meant.
     */
    public static Map<String, String> problems(StepDefinition step, Map<String, ?> some) {
        Map<String, Object> good = new LinkedHashMap<>();
        Map<String, Object> doubtful = new LinkedHashMap<>();
        some.forEach((name, value) -> {
            boolean isGood = problem(step, Map.of(name, value)).isEmpty();
            (isGood ? good : doubtful).put(name, value);
        });
        Map<String, String> problems = new LinkedHashMap<>();
        doubtful.forEach((name, value) -> {
            // What lacks its other half alone is no mistake beside it.
            Map<String, Object> together = new LinkedHashMap<>(good);
            together.put(name, value);
            if (!problem(step, together).isEmpty()) {
                problems.putAll(problem(step, Map.of(name, value)));
            }
        });
        return problems.isEmpty() ? problem(step, some) : problems;
    }

    private static Map<String, String> problem(StepDefinition step, Map<String, ?> some) {
        List<ParameterSpec> specs = step.parameters().stream()
                .filter(spec -> some.containsKey(spec.name()))
                .toList();
        try {
            step.operation(Parameters.parse(step.functionName(), specs, some));
            return Map.of();
        } catch (ParameterException e) {
            return some.keySet().stream()
                    .filter(e::isAbout)
                    .findFirst()
                    .map(name -> Map.of(name, String.valueOf(e.getMessage())))
                    .orElse(Map.of());
        }
    }
}
