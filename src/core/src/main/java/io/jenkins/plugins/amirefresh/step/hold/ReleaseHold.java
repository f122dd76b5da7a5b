package io.jenkins.plugins.amirefresh.step.hold;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;

/** The step {@code releaseHold}. */
public final class ReleaseHold implements StepDefinition {

    /** The name in a Jenkinsfile. */
    public static final String NAME = "releaseHold";

    static final String REASON = "reason";
    static final String DRY_RUN = "dryRun";

    @Override
    public String functionName() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Lets later waves go on in spite of groups that were rolled back, failed or could not be told to work, in this"
                + " build or an earlier one.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(CommonParameters.whichGroups());
        specs.add(ParameterSpec.required(
                REASON, ParameterType.TEXT, "Why they may go on, for the run's record, the report and the console."));
        specs.add(ParameterSpec.optional(
                DRY_RUN, ParameterType.BOOLEAN, "false", "Prints what holds and releases nothing."));
        specs.addAll(CommonParameters.where());
        return List.copyOf(specs);
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        String reason = parameters.text(REASON).orElse("");
        if (reason.isBlank()) {
            throw ParameterException.of(REASON, reason, "a reason, for whoever asks later");
        }
        if (!GroupSelection.of(parameters).isNarrowed()) {
            throw new ParameterException(
                    NAME + ": it names no groups; give asgs, environments, families or tags of those that hold");
        }
        return new ReleaseHoldOperation(parameters, reason);
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
