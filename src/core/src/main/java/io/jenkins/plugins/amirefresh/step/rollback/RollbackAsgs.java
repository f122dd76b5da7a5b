package io.jenkins.plugins.amirefresh.step.rollback;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import io.jenkins.plugins.amirefresh.step.preflight.Risk;
import java.util.ArrayList;
import java.util.List;

/** The step {@code rollbackAsgs}. */
public final class RollbackAsgs implements StepDefinition {

    /** The name in a Jenkinsfile. */
    public static final String NAME = "rollbackAsgs";

    static final String REASON = "reason";
    static final String TIME_LIMIT = "timeLimit";
    static final String FAIL_ON = "failOn";
    static final String DRY_RUN = "dryRun";
    static final String ALLOW = "allow";

    @Override
    public String functionName() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Brings Auto Scaling groups back to the launch template version they were on before their last refresh, by"
                + " this build's record or the group's own tag.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(CommonParameters.whichGroups());
        specs.add(ParameterSpec.optional(
                REASON, ParameterType.TEXT, "rolled back by rollbackAsgs", "Why, for the report and the console."));
        specs.add(ParameterSpec.optional(
                TIME_LIMIT,
                ParameterType.DURATION,
                "as the refresh was given in this build, else 4h",
                "How long the rollback of one group may take."));
        specs.add(ParameterSpec.choice(
                FAIL_ON,
                List.of("any", "broken", "none"),
                "any",
                "The step fails when a rollback failed or was refused ('any'), when a group is left broken ('broken'), or"
                        + " never ('none', it returns the rows)."));
        specs.add(ParameterSpec.dryRun("Prints the whole plan and changes nothing."));
        specs.add(ParameterSpec.optional(
                ALLOW,
                ParameterType.LIST,
                "nothing",
                "What a group goes back in spite of, instead of being refused: " + String.join(", ", Risk.ofRollbacks())
                        + ". The other words of recycleAsgs' allow mean nothing here."));
        specs.addAll(CommonParameters.where());
        return List.copyOf(specs);
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        parameters.limit(TIME_LIMIT);
        return new RollbackOperation(parameters);
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
