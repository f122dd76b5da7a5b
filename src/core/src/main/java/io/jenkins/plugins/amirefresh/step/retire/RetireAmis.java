package io.jenkins.plugins.amirefresh.step.retire;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;

/** The step {@code retireAmis}. */
public final class RetireAmis implements StepDefinition {

    /** The name in a Jenkinsfile. */
    public static final String NAME = "retireAmis";

    static final String FAMILIES = "families";
    static final String KEEP = "keep";
    static final String KEEP_VERSIONS = "keepVersions";
    static final String KEEP_VERSIONS_FOR = "keepVersionsFor";
    static final String DEPRECATE_AFTER = "deprecateAfter";
    static final String DISABLE_AFTER = "disableAfter";
    static final String DEREGISTER_AFTER = "deregisterAfter";
    static final String PARAMETER_NAMES = "parameterNames";
    static final String DRY_RUN = "dryRun";

    @Override
    public String functionName() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Deprecates, then disables, then deregisters AMIs of image families that nothing needs any more, with their"
                + " snapshots.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(which());
        specs.addAll(when());
        specs.add(ParameterSpec.optional(
                        DRY_RUN,
                        ParameterType.BOOLEAN,
                        "true",
                        "Says what would become of each image and changes nothing; give false to retire them.")
                .guarding());
        specs.addAll(CommonParameters.where());
        return List.copyOf(specs);
    }

    private static List<ParameterSpec> which() {
        return List.of(
                ParameterSpec.optional(
                                FAMILIES,
                                ParameterType.LIST,
                                "all",
                                "Only AMIs whose tag ami-refresh:family is one of these; * and ? stand for other letters. AMIs"
                                        + " without that tag are never touched.")
                        .guarding(),
                ParameterSpec.optional(
                        KEEP,
                        ParameterType.INTEGER,
                        "3",
                        "How many of the newest AMIs of a family stay whatever happens, 1 at least, in each account and"
                                + " region and of each architecture; those marked bad do not count."),
                ParameterSpec.optional(
                        KEEP_VERSIONS,
                        ParameterType.INTEGER,
                        "3",
                        "How many of the newest versions of each launch template count as use of their AMIs, 1 at least; the"
                                + " default and those that a group, its way back or a fleet names always do."),
                ParameterSpec.optional(
                        KEEP_VERSIONS_FOR,
                        ParameterType.DURATION,
                        "30d",
                        "Versions of launch templates that are not older count as well."),
                ParameterSpec.optional(
                        PARAMETER_NAMES,
                        ParameterType.LIST,
                        "'*'",
                        "Systems Manager parameters to look for AMI ids in, beside those that launch templates follow; * and ?"
                                + " stand for other letters. Encrypted ones are not read."));
    }

    private static List<ParameterSpec> when() {
        return List.of(
                ParameterSpec.optional(
                        DEPRECATE_AFTER,
                        ParameterType.DURATION,
                        "30d",
                        "How old an AMI is at least when it is deprecated, which hides it from others and lets it launch."),
                ParameterSpec.optional(
                        DISABLE_AFTER,
                        ParameterType.DURATION,
                        "14d",
                        "How long it is deprecated before it is disabled, so that nothing can launch it; enabled again when it"
                                + " is needed after all."),
                ParameterSpec.optional(
                        DEREGISTER_AFTER,
                        ParameterType.DURATION,
                        "30d",
                        "How long it is disabled before it is deregistered and its snapshots are deleted, for ever."));
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        return new RetireAmisOperation(RetireSettings.of(parameters));
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
