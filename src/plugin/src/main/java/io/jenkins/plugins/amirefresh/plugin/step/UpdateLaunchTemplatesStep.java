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
 * {@code updateLaunchTemplates}: gives launch templates a new version with the AMI of this run; launches nothing and
 * moves no default.
 */
public final class UpdateLaunchTemplatesStep extends FleetStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public UpdateLaunchTemplatesStep() {}

    /**
     * 'run' for the AMIs this run built, 'newest' for the newest good one of each family, 'earlier' for those that the
     * last build of this job gave to launch templates (as 'newest' when none is on record), 'build:41' for those of that
     * build, an AMI id, or ids by region: 'eu-west-1:ami-..,eu-west-2:ami-..'.
     */
    public @Nullable String getAmi() {
        return text("ami");
    }

    /** Sets {@code ami}. */
    @DataBoundSetter
    public void setAmi(@Nullable String ami) {
        give("ami", ami);
    }

    /** Names or ids of launch templates; each must exist in one of the accounts and regions at least. */
    public @Nullable Object getTemplates() {
        return given("templates");
    }

    /** Sets {@code templates}. */
    @DataBoundSetter
    public void setTemplates(@Nullable Object templates) {
        give("templates", templates);
    }

    /** Which version the new one copies everything but the AMI from. */
    public @Nullable String getSourceVersion() {
        return text("sourceVersion");
    }

    /** Sets {@code sourceVersion}. */
    @DataBoundSetter
    public void setSourceVersion(@Nullable String sourceVersion) {
        give("sourceVersion", sourceVersion);
    }

    /**
     * What happens to groups that name $Latest: 'pin' makes them name the number until their own window, 'refuse'
     * leaves the template alone, 'allow' lets them launch the new version at once.
     */
    public @Nullable String getLatestUsers() {
        return text("latestUsers");
    }

    /** Sets {@code latestUsers}. */
    @DataBoundSetter
    public void setLatestUsers(@Nullable String latestUsers) {
        give("latestUsers", latestUsers);
    }

    /** In what the new AMI may differ from the one that the template launches. */
    public @Nullable Object getAllowDifferences() {
        return given("allowDifferences");
    }

    /** Sets {@code allowDifferences}. */
    @DataBoundSetter
    public void setAllowDifferences(@Nullable Object allowDifferences) {
        give("allowDifferences", allowDifferences);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends FleetStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("updateLaunchTemplates");
        }

        /** Checks {@code templates}. */
        @POST
        public FormValidation doCheckTemplates(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "templates", value);
        }

        /** Checks {@code allowDifferences}. */
        @POST
        public FormValidation doCheckAllowDifferences(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "allowDifferences", value);
        }

        /** The choices of {@code sourceVersion}. */
        @POST
        public ListBoxModel doFillSourceVersionItems() {
            return choices("sourceVersion");
        }

        /** The choices of {@code latestUsers}. */
        @POST
        public ListBoxModel doFillLatestUsersItems() {
            return choices("latestUsers");
        }
    }
}
