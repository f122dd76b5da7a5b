package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of each {@link ScheduledStep} offer and check. */
public abstract class ScheduledStepDescriptor extends FleetStepDescriptor {

    /** @param functionName a step of the catalogue */
    protected ScheduledStepDescriptor(String functionName) {
        super(functionName);
    }

    /** Checks {@code waves}. */
    @POST
    public FormValidation doCheckWaves(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "waves", value);
    }

    /** The choices of {@code others}. */
    @POST
    public ListBoxModel doFillOthersItems() {
        return choices("others");
    }

    /** Checks {@code smokeTest}. */
    @POST
    public FormValidation doCheckSmokeTest(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "smokeTest", value);
    }

    /** The choices of {@code windows}. */
    @POST
    public ListBoxModel doFillWindowsItems() {
        return choices("windows");
    }

    /** Checks {@code window}. */
    @POST
    public FormValidation doCheckWindow(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "window", value);
    }

    /** Checks {@code blackout}. */
    @POST
    public FormValidation doCheckBlackout(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "blackout", value);
    }

    /** Checks {@code waitAtMost}. */
    @POST
    public FormValidation doCheckWaitAtMost(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "waitAtMost", value);
    }

    /** The choices of {@code missed}. */
    @POST
    public ListBoxModel doFillMissedItems() {
        return choices("missed");
    }

    /** The choices of {@code overrun}. */
    @POST
    public ListBoxModel doFillOverrunItems() {
        return choices("overrun");
    }

    /** Checks {@code maxConcurrent}. */
    @POST
    public FormValidation doCheckMaxConcurrent(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "maxConcurrent", value);
    }
}
