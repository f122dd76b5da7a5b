package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.launchtemplate.LatestUsers;
import io.jenkins.plugins.amirefresh.launchtemplate.SourceVersion;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;

/** {@code updateLaunchTemplates}. */
public final class UpdateLaunchTemplatesStep implements StepDefinition {

    static final String NAME = "updateLaunchTemplates";
    static final String AMI = "ami";
    static final String TEMPLATES = "templates";
    static final String SOURCE_VERSION = "sourceVersion";
    static final String LATEST_USERS = "latestUsers";
    static final String ALLOW_DIFFERENCES = "allowDifferences";
    static final String DRY_RUN = "dryRun";

    @Override
    public String functionName() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Gives launch templates a new version with the AMI of this run; launches nothing and moves no default.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(List.of(
                ParameterSpec.optional(
                                AMI,
                                ParameterType.TEXT,
                                "run",
                                "'run' for the AMIs this run built, 'newest' for the newest good one of each family, 'earlier' for"
                                        + " those that the last build of this job gave to launch templates (as 'newest' when none is"
                                        + " on record), 'build:41' for those of that build, an AMI id, or ids by region:"
                                        + " 'eu-west-1:ami-..,eu-west-2:ami-..'.")
                        .guarding(),
                ParameterSpec.optional(
                                TEMPLATES,
                                ParameterType.LIST,
                                "those with the tag ami-refresh:family",
                                "Names or ids of launch templates; each must exist in one of the accounts and regions at least.")
                        .guarding(),
                ParameterSpec.choice(
                        SOURCE_VERSION,
                        SourceVersion.words(),
                        "groups",
                        "Which version the new one copies everything but the AMI from: 'groups' for the one that each group"
                                + " names, so that a template whose groups name different ones gets a version for each; or"
                                + " 'latest' or 'default' for all of them."),
                ParameterSpec.choice(
                        LATEST_USERS,
                        LatestUsers.words(),
                        "pin",
                        "What happens to groups that name $Latest: 'pin' makes them name the number until their own window,"
                                + " 'refuse' leaves the template alone, 'allow' lets them launch the new version at once."),
                ParameterSpec.optional(
                        ALLOW_DIFFERENCES,
                        ParameterType.LIST,
                        "none",
                        "In what the new AMI may differ from the one that the template launches; else its template is refused:"
                                + " architecture, virtualization, platform, rootDeviceType, rootDeviceName, bootMode,"
                                + " enaSupport, tpmSupport."),
                ParameterSpec.dryRun("Prints what would be done and changes nothing.")));
        specs.addAll(CommonParameters.whichGroups());
        specs.addAll(CommonParameters.where());
        return List.copyOf(specs);
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        return new UpdateLaunchTemplatesOperation(UpdateRequest.of(parameters));
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
