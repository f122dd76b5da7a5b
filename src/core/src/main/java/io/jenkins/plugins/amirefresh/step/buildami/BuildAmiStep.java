package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;

/** {@code buildAmi}. */
public final class BuildAmiStep implements StepDefinition {

    static final String NAME = "buildAmi";
    static final String FAMILY = "family";
    static final String TEMPLATE = "template";
    static final String VARIABLES = "variables";
    static final String VARIABLES_FILES = "variablesFiles";
    static final String ONLY = "only";
    static final String SHARE_WITH = "shareWith";
    static final String ARCHITECTURE = "architecture";
    static final String REUSE = "reuse";
    static final String REUSE_WITHIN = "reuseWithin";
    static final String TIME_LIMIT = "timeLimit";
    static final String BOOT_TEST = "bootTest";
    static final String DRY_RUN = "dryRun";

    @Override
    public String functionName() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Builds an AMI with Packer on the agent, in every region, or reuses an identical one built before.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(List.of(
                ParameterSpec.required(
                        FAMILY,
                        ParameterType.TEXT,
                        "The image family, such as 'web': a tag on the AMI and on its templates."),
                ParameterSpec.optional(
                        TEMPLATE,
                        ParameterType.TEXT,
                        "the product's own template",
                        "A Packer template: a file, or a folder of .pkr.hcl and .pkr.json files, relative to where "
                                + "the step stands or absolute. Where Packer has init, it runs there, or in the folder "
                                + "plugins in it."),
                ParameterSpec.map(
                        VARIABLES,
                        List.of(),
                        "Packer variables by name; they win over all others. Secrets belong into PKR_VAR_name in the"
                                + " environment instead. buildAmi itself gives region, with several regions"
                                + " copy_to_regions, with shareWith share_with, unless you give more than a default; and"
                                + " family, ami_name, tags, manifest, source_ami and endpoint only where the template"
                                + " declares them with no value or an empty one."),
                ParameterSpec.optional(
                        VARIABLES_FILES,
                        ParameterType.LIST,
                        "none",
                        "Packer variable files in the workspace, in order."),
                ParameterSpec.optional(
                        ONLY,
                        ParameterType.LIST,
                        "amazon-ebs.image, or amazon-ebs.rehearsal against a simulator, when the template has them;"
                                + " else all",
                        "Builds of the template to run, as Packer's -only takes them."),
                ParameterSpec.optional(
                        SHARE_WITH,
                        ParameterType.LIST,
                        "none",
                        "Ids of accounts that may launch the AMI, 12 digits each.")));
        specs.addAll(results());
        specs.add(CommonParameters.where().get(0));
        return List.copyOf(specs);
    }

    private static List<ParameterSpec> results() {
        return List.of(
                ParameterSpec.choice(
                        ARCHITECTURE,
                        List.of("x86_64", "arm64"),
                        "that of the source AMI",
                        "The architecture the AMI must have; another one fails the step."),
                ParameterSpec.optional(
                        REUSE,
                        ParameterType.BOOLEAN,
                        "true",
                        "Takes an AMI built from the same files, variables, source AMI and Packer version, if there is"
                                + " one. Files that the template names outside its folder count, with what lies beside"
                                + " them, and so do PKR_VAR_ variables."),
                ParameterSpec.optional(
                        REUSE_WITHIN,
                        ParameterType.DURATION,
                        "1d",
                        "How old a reused AMI may be: provisioners install what is new on the day they run."),
                ParameterSpec.optional(
                        TIME_LIMIT, ParameterType.DURATION, "2h", "How long Packer may take before it is interrupted."),
                ParameterSpec.map(
                        BOOT_TEST,
                        BootTestRequest.keys(),
                        "Launches one instance from the AMI in the first of the regions before anybody may use it,"
                                + " waits until AWS's status checks pass, asks checks as smokeTestAsg has them (http, tcp,"
                                + " ssm, shell), and terminates it. An AMI that fails is marked bad, and the step fails."
                                + " [:] takes a t3.micro or t4g.micro in a default subnet, no address from outside, 15m,"
                                + " no checks; without the parameter nothing is launched."),
                ParameterSpec.dryRun("Checks parameters and template and starts no process; builds nothing."));
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        parameters.limit(TIME_LIMIT);
        return new BuildAmiOperation(BuildRequest.of(parameters));
    }

    @Override
    public boolean needsAgent() {
        return true;
    }
}
