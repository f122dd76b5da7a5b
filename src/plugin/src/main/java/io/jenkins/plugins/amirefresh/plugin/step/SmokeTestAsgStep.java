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
 * {@code smokeTestAsg}: proves that the refreshed Auto Scaling groups work, and brings back to the old version those
 * that do not.
 */
public final class SmokeTestAsgStep extends FleetStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public SmokeTestAsgStep() {}

    /**
     * What is asked, one map a check: [http: '/health'] with port, scheme, status (200 or '200-399'), body (a regular
     * expression); [tcp: 5432]; [targetHealth: true]. 'on' is instances, loadBalancer or both; 'timeLimit' is for one
     * answer, 10 s unless given. Without checks: target health.
     */
    public @Nullable Object getChecks() {
        return given("checks");
    }

    /** Sets {@code checks}. */
    @DataBoundSetter
    public void setChecks(@Nullable Object checks) {
        give("checks", checks);
    }

    /** Percent of the instances, or of the load balancers, that must pass each check, 1-100. */
    public @Nullable Object getQuorum() {
        return given("quorum");
    }

    /** Sets {@code quorum}. */
    @DataBoundSetter
    public void setQuorum(@Nullable Object quorum) {
        give("quorum", quorum);
    }

    /** How often one that did not pass is asked again before that counts, 0-100. */
    public @Nullable Object getRetries() {
        return given("retries");
    }

    /** Sets {@code retries}. */
    @DataBoundSetter
    public void setRetries(@Nullable Object retries) {
        give("retries", retries);
    }

    /** Time between two questions to the same one, 1 s to 1 h. */
    public @Nullable Object getInterval() {
        return given("interval");
    }

    /** Sets {@code interval}. */
    @DataBoundSetter
    public void setInterval(@Nullable Object interval) {
        give("interval", interval);
    }

    /** Time for the whole test of a group, up to 1 day; what has not passed by then has failed. */
    public @Nullable Object getTimeLimit() {
        return given("timeLimit");
    }

    /** Sets {@code timeLimit}. */
    @DataBoundSetter
    public void setTimeLimit(@Nullable Object timeLimit) {
        give("timeLimit", timeLimit);
    }

    /**
     * What happens to a group that fails: 'rollback' marks the AMI bad and replaces the instances of the new version
     * by the recorded one; 'fail' leaves it and calls it failed; 'continue' leaves it and only says so. An
     * inconclusive test never rolls back.
     */
    public @Nullable String getOnFailure() {
        return text("onFailure");
    }

    /** Sets {@code onFailure}. */
    @DataBoundSetter
    public void setOnFailure(@Nullable String onFailure) {
        give("onFailure", onFailure);
    }

    /**
     * When the step fails: 'any' group that failed; 'broken' only when one is left on a version that does not work;
     * 'none' never, the rows say it. A group that cannot be judged makes the build UNSTABLE.
     */
    public @Nullable String getFailOn() {
        return text("failOn");
    }

    /** Sets {@code failOn}. */
    @DataBoundSetter
    public void setFailOn(@Nullable String failOn) {
        give("failOn", failOn);
    }

    /** Channel for a message when a group passed or failed; none is sent without a channel. */
    public @Nullable String getSlackChannel() {
        return text("slackChannel");
    }

    /** Sets {@code slackChannel}. */
    @DataBoundSetter
    public void setSlackChannel(@Nullable String slackChannel) {
        give("slackChannel", slackChannel);
    }

    /**
     * Path in the workspace for all verdicts of the run as JUnit XML; without an agent it is kept with the build.
     */
    public @Nullable String getJunitFile() {
        return text("junitFile");
    }

    /** Sets {@code junitFile}. */
    @DataBoundSetter
    public void setJunitFile(@Nullable String junitFile) {
        give("junitFile", junitFile);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends FleetStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("smokeTestAsg");
        }

        /** Checks {@code checks}. */
        @POST
        public FormValidation doCheckChecks(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "checks", value);
        }

        /** Checks {@code quorum}. */
        @POST
        public FormValidation doCheckQuorum(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "quorum", value);
        }

        /** Checks {@code retries}. */
        @POST
        public FormValidation doCheckRetries(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "retries", value);
        }

        /** Checks {@code interval}. */
        @POST
        public FormValidation doCheckInterval(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "interval", value);
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

        /** The choices of {@code failOn}. */
        @POST
        public ListBoxModel doFillFailOnItems() {
            return choices("failOn");
        }
    }
}
