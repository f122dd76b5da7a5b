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
 * {@code rollbackAsgs}: brings Auto Scaling groups back to the launch template version they were on before their last
 * refresh, by this build's record or the group's own tag.
 */
public final class RollbackAsgsStep extends AmiRefreshStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public RollbackAsgsStep() {}

    /** Only groups whose tag Environment is one of these; upper and lower case are equal. */
    public @Nullable Object getEnvironments() {
        return given("environments");
    }

    /** Sets {@code environments}. */
    @DataBoundSetter
    public void setEnvironments(@Nullable Object environments) {
        give("environments", environments);
    }

    /** Limits 'environments' further; set AMI_REFRESH_ONLY_ENVIRONMENTS to narrow a whole pipeline. */
    public @Nullable Object getOnlyEnvironments() {
        return given("onlyEnvironments");
    }

    /** Sets {@code onlyEnvironments}. */
    @DataBoundSetter
    public void setOnlyEnvironments(@Nullable Object onlyEnvironments) {
        give("onlyEnvironments", onlyEnvironments);
    }

    /** Only groups whose launch template belongs to one of these image families. */
    public @Nullable Object getFamilies() {
        return given("families");
    }

    /** Sets {@code families}. */
    @DataBoundSetter
    public void setFamilies(@Nullable Object families) {
        give("families", families);
    }

    /** Only the Auto Scaling groups with these names. */
    public @Nullable Object getAsgs() {
        return given("asgs");
    }

    /** Sets {@code asgs}. */
    @DataBoundSetter
    public void setAsgs(@Nullable Object asgs) {
        give("asgs", asgs);
    }

    /** Only groups that have all these tags. */
    public @Nullable Object getTags() {
        return given("tags");
    }

    /** Sets {@code tags}. */
    @DataBoundSetter
    public void setTags(@Nullable Object tags) {
        give("tags", tags);
    }

    /** Why, for the report and the console. */
    public @Nullable String getReason() {
        return text("reason");
    }

    /** Sets {@code reason}. */
    @DataBoundSetter
    public void setReason(@Nullable String reason) {
        give("reason", reason);
    }

    /** How long the rollback of one group may take. */
    public @Nullable Object getTimeLimit() {
        return given("timeLimit");
    }

    /** Sets {@code timeLimit}. */
    @DataBoundSetter
    public void setTimeLimit(@Nullable Object timeLimit) {
        give("timeLimit", timeLimit);
    }

    /** The step fails when a rollback failed or was refused, or never; it returns the rows. */
    public @Nullable String getFailOn() {
        return text("failOn");
    }

    /** Sets {@code failOn}. */
    @DataBoundSetter
    public void setFailOn(@Nullable String failOn) {
        give("failOn", failOn);
    }

    /** Prints the whole plan and changes nothing. */
    public @Nullable Object getDryRun() {
        return given("dryRun");
    }

    /** Sets {@code dryRun}. */
    @DataBoundSetter
    public void setDryRun(@Nullable Object dryRun) {
        give("dryRun", dryRun);
    }

    /** AWS regions to work in, in order. */
    public @Nullable Object getRegions() {
        return given("regions");
    }

    /** Sets {@code regions}. */
    @DataBoundSetter
    public void setRegions(@Nullable Object regions) {
        give("regions", regions);
    }

    /** Accounts to work in: 'self' for the identity the step runs with, or ARNs of IAM roles to assume. */
    public @Nullable Object getAccounts() {
        return given("accounts");
    }

    /** Sets {@code accounts}. */
    @DataBoundSetter
    public void setAccounts(@Nullable Object accounts) {
        give("accounts", accounts);
    }

    /** External id passed when a role of 'accounts' is assumed. */
    public @Nullable String getExternalId() {
        return text("externalId");
    }

    /** Sets {@code externalId}. */
    @DataBoundSetter
    public void setExternalId(@Nullable String externalId) {
        give("externalId", externalId);
    }

    /** Jenkins AWS credentials to work with and to assume the roles of 'accounts' with. */
    public @Nullable String getCredentialsId() {
        return text("credentialsId");
    }

    /** Sets {@code credentialsId}. */
    @DataBoundSetter
    public void setCredentialsId(@Nullable String credentialsId) {
        give("credentialsId", credentialsId);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends AmiRefreshStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("rollbackAsgs");
        }

        /** Checks {@code environments}. */
        @POST
        public FormValidation doCheckEnvironments(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "environments", value);
        }

        /** Checks {@code onlyEnvironments}. */
        @POST
        public FormValidation doCheckOnlyEnvironments(
                @AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "onlyEnvironments", value);
        }

        /** Checks {@code families}. */
        @POST
        public FormValidation doCheckFamilies(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "families", value);
        }

        /** Checks {@code asgs}. */
        @POST
        public FormValidation doCheckAsgs(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "asgs", value);
        }

        /** Checks {@code tags}. */
        @POST
        public FormValidation doCheckTags(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "tags", value);
        }

        /** Checks {@code timeLimit}. */
        @POST
        public FormValidation doCheckTimeLimit(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "timeLimit", value);
        }

        /** The choices of {@code failOn}. */
        @POST
        public ListBoxModel doFillFailOnItems() {
            return choices("failOn");
        }

        /** The choices of {@code dryRun}. */
        @POST
        public ListBoxModel doFillDryRunItems() {
            return choices("dryRun");
        }

        /** Checks {@code regions}. */
        @POST
        public FormValidation doCheckRegions(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "regions", value);
        }

        /** Checks {@code accounts}. */
        @POST
        public FormValidation doCheckAccounts(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "accounts", value);
        }
    }
}
