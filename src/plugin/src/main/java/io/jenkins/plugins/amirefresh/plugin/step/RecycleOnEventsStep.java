package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amirefresh.plugin.config.SecretTextChoice;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code recycleOnEvents}: recycles groups when somebody changed what they launch, as events in a queue tell. */
public final class RecycleOnEventsStep extends PlacedStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public RecycleOnEventsStep(@Nullable String queue) {
        give("queue", queue);
    }

    /**
     * The name of the SQS queue that gets the events, one in each account and region of the step; or the
     * address of one queue: https://sqs.eu-west-1.amazonaws.com/111111111111/asg-changes.
     */
    public @Nullable String getQueue() {
        return text("queue");
    }

    /**
     * The name of the queue beside it that gets messages that nobody can read, with the reason. Without any,
     * they stay where they are and the build is UNSTABLE.
     */
    public @Nullable String getDeadLetterQueue() {
        return text("deadLetterQueue");
    }

    /** Sets {@code deadLetterQueue}. */
    @DataBoundSetter
    public void setDeadLetterQueue(@Nullable String deadLetterQueue) {
        give("deadLetterQueue", deadLetterQueue);
    }

    /**
     * How long the step waits for events. It ends sooner when one comes for a group that it has begun to
     * recycle already: that one is left in the queue for the next call.
     */
    public @Nullable Object getListenFor() {
        return given("listenFor");
    }

    /** Sets {@code listenFor}. */
    @DataBoundSetter
    public void setListenFor(@Nullable Object listenFor) {
        give("listenFor", listenFor);
    }

    /** A group is recycled when this long no further event of it has come, once for all of them. */
    public @Nullable Object getQuietFor() {
        return given("quietFor");
    }

    /** Sets {@code quietFor}. */
    @DataBoundSetter
    public void setQuietFor(@Nullable Object quietFor) {
        give("quietFor", quietFor);
    }

    /** It is recycled this long after the first event, however many follow. */
    public @Nullable Object getQuietAtMost() {
        return given("quietAtMost");
    }

    /** Sets {@code quietAtMost}. */
    @DataBoundSetter
    public void setQuietAtMost(@Nullable Object quietAtMost) {
        give("quietAtMost", quietAtMost);
    }

    /**
     * Jobs by the values of the tag autorecycle_step_function_name, such as [mongo: 'refresh-mongo']. Groups
     * with such a tag are left to that job, the result lists them; the name of this job stands for this step. A
     * value that is not among them is refused.
     */
    public @Nullable Object getJobs() {
        return given("jobs");
    }

    /** Sets {@code jobs}. */
    @DataBoundSetter
    public void setJobs(@Nullable Object jobs) {
        give("jobs", jobs);
    }

    /**
     * How groups are recycled: parameters of recycleAsgs, such as [minHealthyPercentage: 90, checks: [[http:
     * '/health']]]. Windows are ignored unless it says windows: 'wait' or 'due'. The strategy is each group's
     * tag autorecycle_strategy.
     */
    public @Nullable Object getRecycle() {
        return given("recycle");
    }

    /** Sets {@code recycle}. */
    @DataBoundSetter
    public void setRecycle(@Nullable Object recycle) {
        give("recycle", recycle);
    }

    /**
     * The Slack channel that is told when a group's refresh starts or is rolled back; the channel in a group's
     * tag autorecycle_slack_monitoring_channel is told beside it.
     */
    public @Nullable String getSlackChannel() {
        return text("slackChannel");
    }

    /** Sets {@code slackChannel}. */
    @DataBoundSetter
    public void setSlackChannel(@Nullable String slackChannel) {
        give("slackChannel", slackChannel);
    }

    /**
     * Jenkins secret text with the integration key of PagerDuty's Events API v2. A group with the tag
     * autorecycle_notify_pager_duty that ends badly opens an incident, which its next refresh that ends well
     * closes.
     */
    public @Nullable String getPagerDutyCredentialsId() {
        return text("pagerDutyCredentialsId");
    }

    /** Sets {@code pagerDutyCredentialsId}. */
    @DataBoundSetter
    public void setPagerDutyCredentialsId(@Nullable String pagerDutyCredentialsId) {
        give("pagerDutyCredentialsId", pagerDutyCredentialsId);
    }

    /** Prints what would be recycled, changes nothing and leaves every message in the queue. */
    public @Nullable Object getDryRun() {
        return given("dryRun");
    }

    /** Sets {@code dryRun}. */
    @DataBoundSetter
    public void setDryRun(@Nullable Object dryRun) {
        give("dryRun", dryRun);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends PlacedStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("recycleOnEvents");
        }

        /** The choices of {@code pagerDutyCredentialsId}. */
        @POST
        public ListBoxModel doFillPagerDutyCredentialsIdItems(
                @AncestorInPath @Nullable Item item, @QueryParameter String pagerDutyCredentialsId) {
            return SecretTextChoice.items(item, pagerDutyCredentialsId);
        }

        /** Checks {@code queue}. */
        @POST
        public FormValidation doCheckQueue(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "queue", value);
        }

        /** Checks {@code listenFor}. */
        @POST
        public FormValidation doCheckListenFor(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "listenFor", value);
        }

        /** Checks {@code quietFor}. */
        @POST
        public FormValidation doCheckQuietFor(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "quietFor", value);
        }

        /** Checks {@code quietAtMost}. */
        @POST
        public FormValidation doCheckQuietAtMost(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "quietAtMost", value);
        }

        /** Checks {@code jobs}. */
        @POST
        public FormValidation doCheckJobs(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "jobs", value);
        }

        /** Checks {@code recycle}. */
        @POST
        public FormValidation doCheckRecycle(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "recycle", value);
        }
    }
}
