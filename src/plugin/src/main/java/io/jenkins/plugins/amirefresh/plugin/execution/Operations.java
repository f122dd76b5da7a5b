package io.jenkins.plugins.amirefresh.plugin.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.Map;

/** Steps by name. */
public final class Operations {

    private Operations() {}

    /** The definition of a step of this plugin. */
    public static StepDefinition definition(String functionName) {
        return StepCatalog.all().stream()
                .filter(step -> step.functionName().equals(functionName))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no step " + functionName
                        + "; the build was started with another release of the plugin"));
    }

    /** The operation of a step with parameters as they were saved. */
    static StepOperation of(String functionName, String parametersJson) {
        StepDefinition definition = definition(functionName);
        try {
            Map<String, Object> given = Json.mapper().readValue(parametersJson, new TypeReference<>() {});
            return definition.operation(Parameters.parse(functionName, definition.parameters(), given));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("reading the saved parameters of " + functionName, e);
        }
    }
}
