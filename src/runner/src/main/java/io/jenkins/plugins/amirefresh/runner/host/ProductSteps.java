package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.catalog.StepCall;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The product's steps as Pipeline steps. */
public final class ProductSteps {
    private ProductSteps() {}

    /** One Pipeline step for each definition. */
    public static List<StepType> of(List<StepDefinition> definitions) {
        return definitions.stream().map(ProductSteps::type).toList();
    }

    private static StepType type(StepDefinition definition) {
        StepSignature signature = StepSignature.of(definition.functionName());
        List<ParameterSpec> required =
                definition.parameters().stream().filter(ParameterSpec::required).toList();
        signature = signature
                .requires(required.stream().map(ParameterSpec::name).toArray(String[]::new))
                .accepts(definition.parameters().stream()
                        .filter(parameter -> !parameter.required())
                        .map(ParameterSpec::name)
                        .toArray(String[]::new));
        boolean needsAgent = definition.needsAgent();
        return new StepType(
                signature,
                (context, arguments) -> {
                    if (needsAgent) {
                        context.workplace();
                    }
                    return new OperationExecution(context, arguments);
                },
                values -> problems(definition, values));
    }

    private static Map<String, String> problems(StepDefinition definition, Map<String, Object> values) {
        Map<String, String> problems = new LinkedHashMap<>();
        StepCall.problems(definition, values)
                .forEach((name, line) -> problems.put(name, definition.functionName() + ": " + line));
        return problems;
    }
}
