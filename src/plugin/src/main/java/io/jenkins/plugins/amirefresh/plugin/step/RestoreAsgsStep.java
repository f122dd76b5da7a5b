package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code restoreAsgs}: undoes what an interrupted refresh left on Auto Scaling groups: sizes and suspended processes,
 * as the group's own tag says.
 */
public final class RestoreAsgsStep extends FleetStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public RestoreAsgsStep() {}

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends FleetStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("restoreAsgs");
        }
    }
}
