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
public final class RollbackAsgsStep extends FleetStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public RollbackAsgsStep() {}

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

    /** What a group goes back in spite of, instead of being refused. */
    public @Nullable Object getAllow() {
        return given("allow");
    }

    /** Sets {@code allow}. */
    @DataBoundSetter
    public void setAllow(@Nullable Object allow) {
        give("allow", allow);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends FleetStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("rollbackAsgs");
        }

        /** Checks {@code timeLimit}. */
        @POST
        public FormValidation doCheckTimeLimit(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "timeLimit", value);
        }

        /** Checks {@code allow}. */
        @POST
        public FormValidation doCheckAllow(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "allow", value);
        }

        /** The choices of {@code failOn}. */
        @POST
        public ListBoxModel doFillFailOnItems() {
            return choices("failOn");
        }
    }
}
