package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.Extension;
import hudson.util.ListBoxModel;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code notifySlack}: tells a Slack channel that the run starts, failed or ended, or what you write; once, also over
 * a restart.
 */
public final class NotifySlackStep extends AmiRefreshStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public NotifySlackStep() {}

    /**
     * What to tell: 'start' of the run, its 'failure', its 'end' with what became of the groups, or only your
     * 'message'.
     */
    public @Nullable String getEvent() {
        return text("event");
    }

    /** Sets {@code event}. */
    @DataBoundSetter
    public void setEvent(@Nullable String event) {
        give("event", event);
    }

    /** Your own words, at most 2,000 characters; with 'start', 'failure' and 'end' they are added. */
    public @Nullable String getMessage() {
        return text("message");
    }

    /** Sets {@code message}. */
    @DataBoundSetter
    public void setMessage(@Nullable String message) {
        give("message", message);
    }

    /** The channel, with or without the number sign. */
    public @Nullable String getChannel() {
        return text("channel");
    }

    /** Sets {@code channel}. */
    @DataBoundSetter
    public void setChannel(@Nullable String channel) {
        give("channel", channel);
    }

    /** The colour of the bar beside the message. */
    public @Nullable String getColor() {
        return text("color");
    }

    /** Sets {@code color}. */
    @DataBoundSetter
    public void setColor(@Nullable String color) {
        give("color", color);
    }

    /** Fails the step when Slack does not take the message; else that is a line in the console. */
    public @Nullable Object getFailOnError() {
        return given("failOnError");
    }

    /** Sets {@code failOnError}. */
    @DataBoundSetter
    public void setFailOnError(@Nullable Object failOnError) {
        give("failOnError", failOnError);
    }

    /** Prints the message and posts nothing. */
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
    public static final class DescriptorImpl extends AmiRefreshStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("notifySlack");
        }

        /** The choices of {@code event}. */
        @POST
        public ListBoxModel doFillEventItems() {
            return choices("event");
        }

        /** The choices of {@code color}. */
        @POST
        public ListBoxModel doFillColorItems() {
            return choices("color");
        }

        /** The choices of {@code failOnError}. */
        @POST
        public ListBoxModel doFillFailOnErrorItems() {
            return choices("failOnError");
        }

        /** The choices of {@code dryRun}. */
        @POST
        public ListBoxModel doFillDryRunItems() {
            return choices("dryRun");
        }
    }
}
