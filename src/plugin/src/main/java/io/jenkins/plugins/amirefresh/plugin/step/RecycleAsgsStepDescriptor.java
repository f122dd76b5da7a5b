package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the form of {@code recycleAsgs} offers and checks. */
public abstract class RecycleAsgsStepDescriptor extends ScheduledStepDescriptor {

    /** @param functionName a step of the catalogue */
    protected RecycleAsgsStepDescriptor(String functionName) {
        super(functionName);
    }

    /** The choices of {@code strategy}. */
    @POST
    public ListBoxModel doFillStrategyItems() {
        return choices("strategy");
    }

    /** Checks {@code launchTemplateVersion}. */
    @POST
    public FormValidation doCheckLaunchTemplateVersion(
            @AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "launchTemplateVersion", value);
    }

    /** The choices of {@code sameAmi}. */
    @POST
    public ListBoxModel doFillSameAmiItems() {
        return choices("sameAmi");
    }

    /** Checks {@code minHealthyPercentage}. */
    @POST
    public FormValidation doCheckMinHealthyPercentage(
            @AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "minHealthyPercentage", value);
    }

    /** Checks {@code maxHealthyPercentage}. */
    @POST
    public FormValidation doCheckMaxHealthyPercentage(
            @AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "maxHealthyPercentage", value);
    }

    /** Checks {@code instanceWarmup}. */
    @POST
    public FormValidation doCheckInstanceWarmup(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "instanceWarmup", value);
    }

    /** Checks {@code checks}. */
    @POST
    public FormValidation doCheckChecks(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "checks", value);
    }

    /** Checks {@code batchSize}. */
    @POST
    public FormValidation doCheckBatchSize(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "batchSize", value);
    }

    /** Checks {@code checkpointDelay}. */
    @POST
    public FormValidation doCheckCheckpointDelay(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "checkpointDelay", value);
    }

    /** The choices of {@code stopAfter}. */
    @POST
    public ListBoxModel doFillStopAfterItems() {
        return choices("stopAfter");
    }

    /** Checks {@code checkpointPercentages}. */
    @POST
    public FormValidation doCheckCheckpointPercentages(
            @AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "checkpointPercentages", value);
    }

    /** Checks {@code bakeTime}. */
    @POST
    public FormValidation doCheckBakeTime(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "bakeTime", value);
    }

    /** Checks {@code alarms}. */
    @POST
    public FormValidation doCheckAlarms(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "alarms", value);
    }

    /** Checks {@code autoRollback}. */
    @POST
    public FormValidation doCheckAutoRollback(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "autoRollback", value);
    }

    /** The choices of {@code autoRollback}. */
    @POST
    public ListBoxModel doFillAutoRollbackItems() {
        return choices("autoRollback");
    }

    /** Checks {@code allow}. */
    @POST
    public FormValidation doCheckAllow(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "allow", value);
    }

    /** The choices of {@code scaleInProtectedInstances}. */
    @POST
    public ListBoxModel doFillScaleInProtectedInstancesItems() {
        return choices("scaleInProtectedInstances");
    }

    /** The choices of {@code standbyInstances}. */
    @POST
    public ListBoxModel doFillStandbyInstancesItems() {
        return choices("standbyInstances");
    }

    /** Checks {@code maxFailures}. */
    @POST
    public FormValidation doCheckMaxFailures(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "maxFailures", value);
    }

    /** Checks {@code instanceTimeLimit}. */
    @POST
    public FormValidation doCheckInstanceTimeLimit(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "instanceTimeLimit", value);
    }

    /** Checks {@code batchTimeLimit}. */
    @POST
    public FormValidation doCheckBatchTimeLimit(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "batchTimeLimit", value);
    }

    /** Checks {@code timeLimit}. */
    @POST
    public FormValidation doCheckTimeLimit(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "timeLimit", value);
    }

    /** The choices of {@code onFailure}. */
    @POST
    public ListBoxModel doFillOnFailureItems() {
        return choices("onFailure");
    }

    /** The choices of {@code onAbort}. */
    @POST
    public ListBoxModel doFillOnAbortItems() {
        return choices("onAbort");
    }

    /** The choices of {@code failOn}. */
    @POST
    public ListBoxModel doFillFailOnItems() {
        return choices("failOn");
    }

    /** The choices of {@code holdOn}. */
    @POST
    public ListBoxModel doFillHoldOnItems() {
        return choices("holdOn");
    }
}
