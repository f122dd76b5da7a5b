package io.jenkins.plugins.amirefresh.scenario;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.Map;

/** The steps by name. */
final class Steps {

    private Steps() {}

    /** A step's operation with these parameters. */
    static StepOperation operation(String function, Map<String, ?> parameters) {
        StepDefinition definition = StepCatalog.all().stream()
                .filter(step -> step.functionName().equals(function))
                .findFirst()
                .orElseThrow();
        return definition.operation(Parameters.parse(function, definition.parameters(), parameters));
    }
}
