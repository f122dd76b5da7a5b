package io.jenkins.plugins.amirefresh.step.restore;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;

/** The step {@code restoreAsgs}. */
public final class RestoreAsgs implements StepDefinition {

    /** The name in a Jenkinsfile. */
    public static final String NAME = "restoreAsgs";

    static final String DRY_RUN = "dryRun";

    @Override
    public String functionName() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Undoes what an interrupted refresh left on Auto Scaling groups: sizes and suspended processes, as the"
                + " group's own tag says.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(CommonParameters.whichGroups());
        specs.add(ParameterSpec.dryRun("Prints what is left behind and changes nothing."));
        specs.addAll(CommonParameters.where());
        return List.copyOf(specs);
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        return new RestoreOperation(parameters);
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
