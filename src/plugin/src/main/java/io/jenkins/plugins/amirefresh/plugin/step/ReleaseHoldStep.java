package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code releaseHold}: lets later waves go on in spite of groups that were rolled back, failed or could not be told to
 * work, in this build or an earlier one.
 */
public final class ReleaseHoldStep extends FleetStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public ReleaseHoldStep(@Nullable String reason) {
        give("reason", reason);
    }

    /** Why they may go on, for the run's record, the report and the console. */
    public @Nullable String getReason() {
        return text("reason");
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends FleetStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("releaseHold");
        }

        /** Checks {@code reason}. */
        @POST
        public FormValidation doCheckReason(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "reason", value);
        }
    }
}
