package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.Extension;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code recycleAsgs}: replaces the outdated instances of Auto Scaling groups, each group in its own window, and
 * rolls back what fails.
 */
public final class RecycleAsgsStep extends ScheduledStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public RecycleAsgsStep() {}

    /**
     * How instances are replaced where the group's tag autorecycle_strategy does not say it; 'auto' picks by the
     * group's facts and says why.
     */
    public @Nullable String getStrategy() {
        return text("strategy");
    }

    /** Sets {@code strategy}. */
    @DataBoundSetter
    public void setStrategy(@Nullable String strategy) {
        give("strategy", strategy);
    }

    /** The launch template version to bring groups to, a number. */
    public @Nullable Object getLaunchTemplateVersion() {
        return given("launchTemplateVersion");
    }

    /** Sets {@code launchTemplateVersion}. */
    @DataBoundSetter
    public void setLaunchTemplateVersion(@Nullable Object launchTemplateVersion) {
        give("launchTemplateVersion", launchTemplateVersion);
    }

    /** What becomes of instances that run the wanted image already, from another version that is otherwise equal. */
    public @Nullable String getSameAmi() {
        return text("sameAmi");
    }

    /** Sets {@code sameAmi}. */
    @DataBoundSetter
    public void setSameAmi(@Nullable String sameAmi) {
        give("sameAmi", sameAmi);
    }

    /** Healthy capacity that stays in service, 0-100 percent of desired capacity. */
    public @Nullable Object getMinHealthyPercentage() {
        return given("minHealthyPercentage");
    }

    /** Sets {@code minHealthyPercentage}. */
    @DataBoundSetter
    public void setMinHealthyPercentage(@Nullable Object minHealthyPercentage) {
        give("minHealthyPercentage", minHealthyPercentage);
    }

    /** Healthy capacity an instance refresh may reach, 100-200 percent of desired capacity. */
    public @Nullable Object getMaxHealthyPercentage() {
        return given("maxHealthyPercentage");
    }

    /** Sets {@code maxHealthyPercentage}. */
    @DataBoundSetter
    public void setMaxHealthyPercentage(@Nullable Object maxHealthyPercentage) {
        give("maxHealthyPercentage", maxHealthyPercentage);
    }

    /** How long a new instance is in service before it counts as healthy. */
    public @Nullable Object getInstanceWarmup() {
        return given("instanceWarmup");
    }

    /** Sets {@code instanceWarmup}. */
    @DataBoundSetter
    public void setInstanceWarmup(@Nullable Object instanceWarmup) {
        give("instanceWarmup", instanceWarmup);
    }

    /** What a new instance has to pass before it counts and before the next old one goes. */
    public @Nullable Object getChecks() {
        return given("checks");
    }

    /** Sets {@code checks}. */
    @DataBoundSetter
    public void setChecks(@Nullable Object checks) {
        give("checks", checks);
    }

    /** Instances replaced together, a number or percent. */
    public @Nullable Object getBatchSize() {
        return given("batchSize");
    }

    /** Sets {@code batchSize}. */
    @DataBoundSetter
    public void setBatchSize(@Nullable Object batchSize) {
        give("batchSize", batchSize);
    }

    /** How long a canary, or a checkpoint of an instance refresh, is waited for. */
    public @Nullable Object getCheckpointDelay() {
        return given("checkpointDelay");
    }

    /** Sets {@code checkpointDelay}. */
    @DataBoundSetter
    public void setCheckpointDelay(@Nullable Object checkpointDelay) {
        give("checkpointDelay", checkpointDelay);
    }

    /**
     * Returns with each group whole and one proven instance on the new version, so that an input or your own test can
     * follow; the next recycleAsgs of the same build looks at it again and goes on, or back when it broke meanwhile;
     * rollbackAsgs goes back.
     */
    public @Nullable String getStopAfter() {
        return text("stopAfter");
    }

    /** Sets {@code stopAfter}. */
    @DataBoundSetter
    public void setStopAfter(@Nullable String stopAfter) {
        give("stopAfter", stopAfter);
    }

    /** Percentages of replaced instances at which an instance refresh waits. */
    public @Nullable Object getCheckpointPercentages() {
        return given("checkpointPercentages");
    }

    /** Sets {@code checkpointPercentages}. */
    @DataBoundSetter
    public void setCheckpointPercentages(@Nullable Object checkpointPercentages) {
        give("checkpointPercentages", checkpointPercentages);
    }

    /** How long AWS watches the alarms after the last instance. */
    public @Nullable Object getBakeTime() {
        return given("bakeTime");
    }

    /** Sets {@code bakeTime}. */
    @DataBoundSetter
    public void setBakeTime(@Nullable Object bakeTime) {
        give("bakeTime", bakeTime);
    }

    /** CloudWatch alarms that end an instance refresh. */
    public @Nullable Object getAlarms() {
        return given("alarms");
    }

    /** Sets {@code alarms}. */
    @DataBoundSetter
    public void setAlarms(@Nullable Object alarms) {
        give("alarms", alarms);
    }

    /** AWS itself rolls back an instance refresh that fails. */
    public @Nullable Object getAutoRollback() {
        return given("autoRollback");
    }

    /** Sets {@code autoRollback}. */
    @DataBoundSetter
    public void setAutoRollback(@Nullable Object autoRollback) {
        give("autoRollback", autoRollback);
    }

    /** What a group is refreshed in spite of. */
    public @Nullable Object getAllow() {
        return given("allow");
    }

    /** Sets {@code allow}. */
    @DataBoundSetter
    public void setAllow(@Nullable Object allow) {
        give("allow", allow);
    }

    /** What happens to outdated instances that are protected from scale in. */
    public @Nullable String getScaleInProtectedInstances() {
        return text("scaleInProtectedInstances");
    }

    /** Sets {@code scaleInProtectedInstances}. */
    @DataBoundSetter
    public void setScaleInProtectedInstances(@Nullable String scaleInProtectedInstances) {
        give("scaleInProtectedInstances", scaleInProtectedInstances);
    }

    /** What happens to outdated instances in standby. */
    public @Nullable String getStandbyInstances() {
        return text("standbyInstances");
    }

    /** Sets {@code standbyInstances}. */
    @DataBoundSetter
    public void setStandbyInstances(@Nullable String standbyInstances) {
        give("standbyInstances", standbyInstances);
    }

    /**
     * Failed launches and new instances that break or do not get healthy, which a group bears before its refresh has
     * failed; what did not get healthy in time is replaced.
     */
    public @Nullable Object getMaxFailures() {
        return given("maxFailures");
    }

    /** Sets {@code maxFailures}. */
    @DataBoundSetter
    public void setMaxFailures(@Nullable Object maxFailures) {
        give("maxFailures", maxFailures);
    }

    /** How long a new instance may take until it is in service and healthy, its warmup not counted. */
    public @Nullable Object getInstanceTimeLimit() {
        return given("instanceTimeLimit");
    }

    /** Sets {@code instanceTimeLimit}. */
    @DataBoundSetter
    public void setInstanceTimeLimit(@Nullable Object instanceTimeLimit) {
        give("instanceTimeLimit", instanceTimeLimit);
    }

    /**
     * How long a batch of replacements may take; with instance-refresh, how long AWS may take for the next one, waits that
     * you asked for not counted.
     */
    public @Nullable Object getBatchTimeLimit() {
        return given("batchTimeLimit");
    }

    /** Sets {@code batchTimeLimit}. */
    @DataBoundSetter
    public void setBatchTimeLimit(@Nullable Object batchTimeLimit) {
        give("batchTimeLimit", batchTimeLimit);
    }

    /** How long the refresh of one group may take. */
    public @Nullable Object getTimeLimit() {
        return given("timeLimit");
    }

    /** Sets {@code timeLimit}. */
    @DataBoundSetter
    public void setTimeLimit(@Nullable Object timeLimit) {
        give("timeLimit", timeLimit);
    }

    /**
     * What follows when a replacement fails: the group goes back to its old version, or stays as it is with temporary
     * changes undone.
     */
    public @Nullable String getOnFailure() {
        return text("onFailure");
    }

    /** Sets {@code onFailure}. */
    @DataBoundSetter
    public void setOnFailure(@Nullable String onFailure) {
        give("onFailure", onFailure);
    }

    /** What happens to groups in flight when the build is aborted; temporary changes are undone in any case. */
    public @Nullable String getOnAbort() {
        return text("onAbort");
    }

    /** Sets {@code onAbort}. */
    @DataBoundSetter
    public void setOnAbort(@Nullable String onAbort) {
        give("onAbort", onAbort);
    }

    /**
     * The step fails when a group was rolled back, failed, or was refused other than by a hold ('any'), when one is
     * left broken ('broken'), or never ('none', it returns the rows).
     */
    public @Nullable String getFailOn() {
        return text("failOn");
    }

    /** Sets {@code failOn}. */
    @DataBoundSetter
    public void setFailOn(@Nullable String failOn) {
        give("failOn", failOn);
    }

    /**
     * Groups that have not started are refused when a group of this build was rolled back or failed: any group, one
     * of the same image family, or not at all.
     */
    public @Nullable String getHoldOn() {
        return text("holdOn");
    }

    /** Sets {@code holdOn}. */
    @DataBoundSetter
    public void setHoldOn(@Nullable String holdOn) {
        give("holdOn", holdOn);
    }

    /** Does what a dry run of this build planned and nothing else: its hash, or 'run' for the last one. */
    public @Nullable String getPlan() {
        return text("plan");
    }

    /** Sets {@code plan}. */
    @DataBoundSetter
    public void setPlan(@Nullable String plan) {
        give("plan", plan);
    }

    /** The Slack channel that is told when a group's refresh starts or is rolled back. */
    public @Nullable String getSlackChannel() {
        return text("slackChannel");
    }

    /** Sets {@code slackChannel}. */
    @DataBoundSetter
    public void setSlackChannel(@Nullable String slackChannel) {
        give("slackChannel", slackChannel);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends RecycleAsgsStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("recycleAsgs");
        }
    }
}
