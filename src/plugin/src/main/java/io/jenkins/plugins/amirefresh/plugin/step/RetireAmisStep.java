package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code retireAmis}: deprecates, then disables, then deregisters AMIs that nothing needs any more, with their snapshots. */
public final class RetireAmisStep extends PlacedStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public RetireAmisStep() {}

    /** Only AMIs whose tag ami-refresh:family is one of these. */
    public @Nullable Object getFamilies() {
        return given("families");
    }

    /** Sets {@code families}. */
    @DataBoundSetter
    public void setFamilies(@Nullable Object families) {
        give("families", families);
    }

    /**
     * How many of the newest AMIs of a family stay whatever happens, 1 at least, in each account and region and of
     * each architecture.
     */
    public @Nullable Object getKeep() {
        return given("keep");
    }

    /** Sets {@code keep}. */
    @DataBoundSetter
    public void setKeep(@Nullable Object keep) {
        give("keep", keep);
    }

    /** How many of the newest versions of each launch template count as use of their AMIs, 1 at least. */
    public @Nullable Object getKeepVersions() {
        return given("keepVersions");
    }

    /** Sets {@code keepVersions}. */
    @DataBoundSetter
    public void setKeepVersions(@Nullable Object keepVersions) {
        give("keepVersions", keepVersions);
    }

    /** Versions of launch templates that are not older count as well. */
    public @Nullable Object getKeepVersionsFor() {
        return given("keepVersionsFor");
    }

    /** Sets {@code keepVersionsFor}. */
    @DataBoundSetter
    public void setKeepVersionsFor(@Nullable Object keepVersionsFor) {
        give("keepVersionsFor", keepVersionsFor);
    }

    /** Systems Manager parameters to look for AMI ids in, beside those that launch templates follow. */
    public @Nullable Object getParameterNames() {
        return given("parameterNames");
    }

    /** Sets {@code parameterNames}. */
    @DataBoundSetter
    public void setParameterNames(@Nullable Object parameterNames) {
        give("parameterNames", parameterNames);
    }

    /** How old an AMI is at least when it is deprecated, which hides it from others and lets it launch. */
    public @Nullable Object getDeprecateAfter() {
        return given("deprecateAfter");
    }

    /** Sets {@code deprecateAfter}. */
    @DataBoundSetter
    public void setDeprecateAfter(@Nullable Object deprecateAfter) {
        give("deprecateAfter", deprecateAfter);
    }

    /** How long it is deprecated before it is disabled, so that nothing can launch it. */
    public @Nullable Object getDisableAfter() {
        return given("disableAfter");
    }

    /** Sets {@code disableAfter}. */
    @DataBoundSetter
    public void setDisableAfter(@Nullable Object disableAfter) {
        give("disableAfter", disableAfter);
    }

    /** How long it is disabled before it is deregistered and its snapshots are deleted, for ever. */
    public @Nullable Object getDeregisterAfter() {
        return given("deregisterAfter");
    }

    /** Sets {@code deregisterAfter}. */
    @DataBoundSetter
    public void setDeregisterAfter(@Nullable Object deregisterAfter) {
        give("deregisterAfter", deregisterAfter);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends PlacedStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("retireAmis");
        }

        /** Checks {@code families}. */
        @POST
        public FormValidation doCheckFamilies(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "families", value);
        }

        /** Checks {@code keep}. */
        @POST
        public FormValidation doCheckKeep(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "keep", value);
        }

        /** Checks {@code keepVersions}. */
        @POST
        public FormValidation doCheckKeepVersions(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "keepVersions", value);
        }

        /** Checks {@code keepVersionsFor}. */
        @POST
        public FormValidation doCheckKeepVersionsFor(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "keepVersionsFor", value);
        }

        /** Checks {@code parameterNames}. */
        @POST
        public FormValidation doCheckParameterNames(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "parameterNames", value);
        }

        /** Checks {@code deprecateAfter}. */
        @POST
        public FormValidation doCheckDeprecateAfter(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "deprecateAfter", value);
        }

        /** Checks {@code disableAfter}. */
        @POST
        public FormValidation doCheckDisableAfter(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "disableAfter", value);
        }

        /** Checks {@code deregisterAfter}. */
        @POST
        public FormValidation doCheckDeregisterAfter(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "deregisterAfter", value);
        }
    }
}
