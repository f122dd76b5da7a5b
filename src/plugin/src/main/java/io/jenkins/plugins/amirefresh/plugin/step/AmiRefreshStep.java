package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.AbortException;
import hudson.EnvVars;
import io.jenkins.plugins.amirefresh.plugin.config.AmiRefreshConfiguration;
import io.jenkins.plugins.amirefresh.plugin.execution.Operations;
import io.jenkins.plugins.amirefresh.plugin.execution.PollingStepExecution;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.catalog.StepCall;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import io.jenkins.plugins.amirefresh.step.parameters.EnvironmentDefaults;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;

/** What all steps share: values by parameter name, checked against the definition when the step starts. */
public abstract class AmiRefreshStep extends Step {

    private final Map<String, @Nullable Object> given = new LinkedHashMap<>();

    /**
     * Keeps a value as a pipeline wrote it, a null too, as of a variable that is not set: what that means is the parameter's to
     * say. Maps that a form wrote as JSON become maps.
     */
    // Source: DescribableModel of the Structs plugin calls the setter of each argument that is there, null or not.
    protected final void give(String parameter, @Nullable Object value) {
        given.put(parameter, value == null ? null : FormValues.read(value));
    }

    /** The value of a parameter; null when it was not given, or is the empty field of a form, which a snippet leaves out. */
    protected final @Nullable Object given(String parameter) {
        Object value = given.get(parameter);
        return "".equals(value) ? null : value;
    }

    /** The value of a text parameter, null as {@link #given}. */
    protected final @Nullable String text(String parameter) {
        Object value = given(parameter);
        return value == null ? null : value.toString();
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        String functionName = getDescriptor().getFunctionName();
        StepDefinition definition = Operations.definition(functionName);
        EnvVars environment = context.get(EnvVars.class);
        try {
            Parameters parameters = StepCall.parse(
                    definition, StepCatalog.all(), given, defaults(environment == null ? Map.of() : environment));
            return new PollingStepExecution(context, functionName, parameters);
        } catch (ParameterException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** The environment, and below it the limits that administrators set. */
    private static Map<String, String> defaults(Map<String, String> environment) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put(
                EnvironmentDefaults.variable("maxConcurrent"),
                AmiRefreshConfiguration.get().getMaxConcurrent());
        defaults.putAll(environment);
        return defaults;
    }
}
