package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.Extension;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.catalog.PipelineVariables;
import io.jenkins.plugins.amirefresh.step.catalog.StepCall;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.pipeline.modeldefinition.ast.ModelASTArgumentList;
import org.jenkinsci.plugins.pipeline.modeldefinition.ast.ModelASTEnvironment;
import org.jenkinsci.plugins.pipeline.modeldefinition.ast.ModelASTNamedArgumentList;
import org.jenkinsci.plugins.pipeline.modeldefinition.ast.ModelASTSingleArgument;
import org.jenkinsci.plugins.pipeline.modeldefinition.ast.ModelASTStep;
import org.jenkinsci.plugins.pipeline.modeldefinition.ast.ModelASTValue;
import org.jenkinsci.plugins.pipeline.modeldefinition.validator.DeclarativeValidatorContributor;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a Declarative pipeline before it runs when a literal that stands in it is one that a step would refuse days later:
 * out of range, or a wrong variable. Declarative itself looks at names and types only. What is computed, lists and maps
 * included, is checked when the step starts.
 */
@Extension
public final class LiteralsValidator extends DeclarativeValidatorContributor {

    @Override
    public List<String> validateElementAll(ModelASTStep step, @Nullable FlowExecution execution) {
        return StepCatalog.all().stream()
                .filter(definition -> definition.functionName().equals(step.getName()))
                .flatMap(definition -> problems(definition, step.getArgs()).stream())
                .toList();
    }

    @Override
    public List<String> validateElementAll(ModelASTEnvironment environment, @Nullable FlowExecution execution) {
        Map<String, String> literals = new LinkedHashMap<>();
        environment.getVariables().forEach((key, value) -> {
            if (value instanceof ModelASTValue literal && literal.isLiteral()) {
                literals.put(key.getKey(), String.valueOf(literal.getValue()));
            }
        });
        return List.copyOf(
                new PipelineVariables(StepCatalog.all()).problems(literals).values());
    }

    private static List<String> problems(StepDefinition definition, @Nullable ModelASTArgumentList arguments) {
        Map<String, Object> literals = new LinkedHashMap<>();
        if (arguments instanceof ModelASTNamedArgumentList named) {
            named.getArguments().forEach((key, value) -> keep(literals, key.getKey(), value));
        } else if (arguments instanceof ModelASTSingleArgument single) {
            // The one required parameter may be given without its name.
            definition.parameters().stream()
                    .filter(spec -> spec.required())
                    .forEach(spec -> keep(literals, spec.name(), single.getValue()));
        }
        return StepCall.problems(definition, literals).values().stream()
                .map(line -> definition.functionName() + ": " + line)
                .toList();
    }

    private static void keep(Map<String, Object> literals, String name, @Nullable ModelASTValue value) {
        if (value != null && value.isLiteral() && value.getValue() != null) {
            literals.put(name, value.getValue());
        }
    }
}
