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

/**
 * {@code fleetReport}: says how old the image of each Auto Scaling group is, how far it is behind and when its window opens
 * next; fails the build when one is too old.
 */
public final class FleetReportStep extends FleetStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public FleetReportStep() {}

    /** How old the oldest image that an instance runs may be. */
    public @Nullable Object getOldest() {
        return given("oldest");
    }

    /** Sets {@code oldest}. */
    @DataBoundSetter
    public void setOldest(@Nullable Object oldest) {
        give("oldest", oldest);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends FleetStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("fleetReport");
        }

        /** Checks {@code oldest}. */
        @POST
        public FormValidation doCheckOldest(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "oldest", value);
        }
    }
}
