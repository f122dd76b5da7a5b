package io.jenkins.plugins.amirefresh.step;

import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.List;
import java.util.Map;

/** A step as Pipeline knows it: its name, its parameters and how it starts. */
public interface StepDefinition {

    /** The name in a Jenkinsfile, for example {@code recycleAsgs}. */
    String functionName();

    /** One sentence for forms and help. */
    String summary();

    /** Every parameter, in the order forms show them. */
    List<ParameterSpec> parameters();

    /**
     * The operation for these parameters; called again with the same ones when a host resumes, so it does no work and keeps
     * no state of its own.
     *
     * @throws io.jenkins.plugins.amirefresh.step.parameters.ParameterException for a value that only this step can refuse
     */
    StepOperation operation(Parameters parameters);

    /** Whether it can run outside a {@code node} block. */
    boolean needsAgent();

    /**
     * This call only says how the run ended, which has to be said also when a variable of the pipeline is wrong.
     *
     * @param given what the pipeline gave, unchecked
     */
    default boolean tellsTheEnd(Map<String, ?> given) {
        return false;
    }
}
