package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code buildAmi}: builds an AMI with Packer on the agent, in every region, or reuses an identical one built before.
 */
public final class BuildAmiStep extends RegionalStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public BuildAmiStep(@Nullable String family) {
        give("family", family);
    }

    /** The image family, such as 'web': a tag on the AMI and on its templates. */
    public @Nullable String getFamily() {
        return text("family");
    }

    /** A Packer template in the workspace: a file, or a folder of .pkr.hcl files. */
    public @Nullable String getTemplate() {
        return text("template");
    }

    /** Sets {@code template}. */
    @DataBoundSetter
    public void setTemplate(@Nullable String template) {
        give("template", template);
    }

    /** Packer variables by name. Secrets belong into PKR_VAR_name in the environment instead. */
    public @Nullable Object getVariables() {
        return given("variables");
    }

    /** Sets {@code variables}. */
    @DataBoundSetter
    public void setVariables(@Nullable Object variables) {
        give("variables", variables);
    }

    /** Packer variable files in the workspace, in order. */
    public @Nullable Object getVariablesFiles() {
        return given("variablesFiles");
    }

    /** Sets {@code variablesFiles}. */
    @DataBoundSetter
    public void setVariablesFiles(@Nullable Object variablesFiles) {
        give("variablesFiles", variablesFiles);
    }

    /** Builds of the template to run, as Packer's -only takes them. */
    public @Nullable Object getOnly() {
        return given("only");
    }

    /** Sets {@code only}. */
    @DataBoundSetter
    public void setOnly(@Nullable Object only) {
        give("only", only);
    }

    /** Ids of accounts that may launch the AMI, 12 digits each. */
    public @Nullable Object getShareWith() {
        return given("shareWith");
    }

    /** Sets {@code shareWith}. */
    @DataBoundSetter
    public void setShareWith(@Nullable Object shareWith) {
        give("shareWith", shareWith);
    }

    /** The architecture the AMI must have; another one fails the step. */
    public @Nullable String getArchitecture() {
        return text("architecture");
    }

    /** Sets {@code architecture}. */
    @DataBoundSetter
    public void setArchitecture(@Nullable String architecture) {
        give("architecture", architecture);
    }

    /** Takes an AMI built from the same files, variables, source AMI and Packer version, if there is one. */
    public @Nullable Object getReuse() {
        return given("reuse");
    }

    /** Sets {@code reuse}. */
    @DataBoundSetter
    public void setReuse(@Nullable Object reuse) {
        give("reuse", reuse);
    }

    /** How old a reused AMI may be: provisioners install what is new on the day they run. */
    public @Nullable Object getReuseWithin() {
        return given("reuseWithin");
    }

    /** Sets {@code reuseWithin}. */
    @DataBoundSetter
    public void setReuseWithin(@Nullable Object reuseWithin) {
        give("reuseWithin", reuseWithin);
    }

    /** How long Packer may take before it is interrupted. */
    public @Nullable Object getTimeLimit() {
        return given("timeLimit");
    }

    /** Sets {@code timeLimit}. */
    @DataBoundSetter
    public void setTimeLimit(@Nullable Object timeLimit) {
        give("timeLimit", timeLimit);
    }

    /** Launches one instance from the AMI and terminates it, before anybody may use the AMI. */
    public @Nullable Object getBootTest() {
        return given("bootTest");
    }

    /** Sets {@code bootTest}. */
    @DataBoundSetter
    public void setBootTest(@Nullable Object bootTest) {
        give("bootTest", bootTest);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends RegionalStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("buildAmi");
        }

        /** Checks {@code variables}. */
        @POST
        public FormValidation doCheckVariables(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "variables", value);
        }

        /** Checks {@code variablesFiles}. */
        @POST
        public FormValidation doCheckVariablesFiles(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "variablesFiles", value);
        }

        /** Checks {@code only}. */
        @POST
        public FormValidation doCheckOnly(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "only", value);
        }

        /** Checks {@code shareWith}. */
        @POST
        public FormValidation doCheckShareWith(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "shareWith", value);
        }

        /** The choices of {@code architecture}. */
        @POST
        public ListBoxModel doFillArchitectureItems() {
            return choices("architecture");
        }

        /** The choices of {@code reuse}. */
        @POST
        public ListBoxModel doFillReuseItems() {
            return choices("reuse");
        }

        /** Checks {@code reuseWithin}. */
        @POST
        public FormValidation doCheckReuseWithin(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "reuseWithin", value);
        }

        /** Checks {@code timeLimit}. */
        @POST
        public FormValidation doCheckTimeLimit(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "timeLimit", value);
        }

        /** Checks {@code bootTest}. */
        @POST
        public FormValidation doCheckBootTest(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "bootTest", value);
        }
    }
}
