package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                (parameter, value) -> problem(definition, parameter, value));
    }

    private static Optional<String> problem(StepDefinition definition, String parameter, Object value) {
        List<ParameterSpec> specs = definition.parameters().stream()
                .filter(spec -> spec.name().equals(parameter))
                .toList();
        try {
            Parameters.parse(definition.functionName(), specs, Map.of(parameter, value));
            return Optional.empty();
        } catch (ParameterException refused) {
            return Optional.of(definition.functionName() + ": " + refused.getMessage());
        }
    }
}
