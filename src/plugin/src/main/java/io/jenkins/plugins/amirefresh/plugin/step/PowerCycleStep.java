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

/** {@code powerCycle}: starts and stops EC2 instances and Auto Scaling groups by the crontab schedules on their tags. */
public final class PowerCycleStep extends PlacedStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public PowerCycleStep() {}

    /** Names of the tags that hold a schedule. */
    public @Nullable Object getScheduleTags() {
        return given("scheduleTags");
    }

    /** Sets {@code scheduleTags}. */
    @DataBoundSetter
    public void setScheduleTags(@Nullable Object scheduleTags) {
        give("scheduleTags", scheduleTags);
    }

    /** Only instances and groups whose tag Environment is one of these. */
    public @Nullable Object getEnvironments() {
        return given("environments");
    }

    /** Sets {@code environments}. */
    @DataBoundSetter
    public void setEnvironments(@Nullable Object environments) {
        give("environments", environments);
    }

    /** Never touches instances and groups whose tag Environment is one of these. */
    public @Nullable Object getExcludeEnvironments() {
        return given("excludeEnvironments");
    }

    /** Sets {@code excludeEnvironments}. */
    @DataBoundSetter
    public void setExcludeEnvironments(@Nullable Object excludeEnvironments) {
        give("excludeEnvironments", excludeEnvironments);
    }

    /** Only the instances with these ids or tags Name and the groups with these names. */
    public @Nullable Object getNames() {
        return given("names");
    }

    /** Sets {@code names}. */
    @DataBoundSetter
    public void setNames(@Nullable Object names) {
        give("names", names);
    }

    /** The time zone of schedules that name none, such as Europe/London. */
    public @Nullable String getZone() {
        return text("zone");
    }

    /** Sets {@code zone}. */
    @DataBoundSetter
    public void setZone(@Nullable String zone) {
        give("zone", zone);
    }

    /** Days on which nothing runs, from midnight to midnight: 2026-12-25, or 2026-12-24/2027-01-01. */
    public @Nullable Object getHolidays() {
        return given("holidays");
    }

    /** Sets {@code holidays}. */
    @DataBoundSetter
    public void setHolidays(@Nullable Object holidays) {
        give("holidays", holidays);
    }

    /** Stops again what people started by hand. */
    public @Nullable Object getEnforce() {
        return given("enforce");
    }

    /** Sets {@code enforce}. */
    @DataBoundSetter
    public void setEnforce(@Nullable Object enforce) {
        give("enforce", enforce);
    }

    /** Starts what its schedule has off, whatever the hour. */
    public @Nullable Object getWake() {
        return given("wake");
    }

    /** Sets {@code wake}. */
    @DataBoundSetter
    public void setWake(@Nullable Object wake) {
        give("wake", wake);
    }

    /** Also reports how many instance-hours schedules save this month. */
    public @Nullable Object getSavings() {
        return given("savings");
    }

    /** Sets {@code savings}. */
    @DataBoundSetter
    public void setSavings(@Nullable Object savings) {
        give("savings", savings);
    }

    /** What an hour of an instance costs, by id, name or instance type. */
    public @Nullable Object getPrices() {
        return given("prices");
    }

    /** Sets {@code prices}. */
    @DataBoundSetter
    public void setPrices(@Nullable Object prices) {
        give("prices", prices);
    }

    /** How long something may take to start or stop, and what depends on it waits. */
    public @Nullable Object getSettleWithin() {
        return given("settleWithin");
    }

    /** Sets {@code settleWithin}. */
    @DataBoundSetter
    public void setSettleWithin(@Nullable Object settleWithin) {
        give("settleWithin", settleWithin);
    }

    /** Where shared documents may come from: beginnings of https addresses, such as https://config.example.com/schedules/. */
    public @Nullable Object getAllowUrls() {
        return given("allowUrls");
    }

    /** Sets {@code allowUrls}. */
    @DataBoundSetter
    public void setAllowUrls(@Nullable Object allowUrls) {
        give("allowUrls", allowUrls);
    }

    /** How long a shared document may take to come. */
    public @Nullable Object getDocumentTimeLimit() {
        return given("documentTimeLimit");
    }

    /** Sets {@code documentTimeLimit}. */
    @DataBoundSetter
    public void setDocumentTimeLimit(@Nullable Object documentTimeLimit) {
        give("documentTimeLimit", documentTimeLimit);
    }

    /** How long a shared document may be, in KiB, 1 to 60. */
    public @Nullable Object getDocumentSizeLimit() {
        return given("documentSizeLimit");
    }

    /** Sets {@code documentSizeLimit}. */
    @DataBoundSetter
    public void setDocumentSizeLimit(@Nullable Object documentSizeLimit) {
        give("documentSizeLimit", documentSizeLimit);
    }

    /** The step fails when AWS refused something or something did not become what it should ('broken'), also for a wrong document or a dependency that is not met ('any'), or never ('none', it returns the rows). */
    public @Nullable String getFailOn() {
        return text("failOn");
    }

    /** Sets {@code failOn}. */
    @DataBoundSetter
    public void setFailOn(@Nullable String failOn) {
        give("failOn", failOn);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends PlacedStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("powerCycle");
        }

        /** Checks {@code scheduleTags}. */
        @POST
        public FormValidation doCheckScheduleTags(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "scheduleTags", value);
        }

        /** Checks {@code environments}. */
        @POST
        public FormValidation doCheckEnvironments(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "environments", value);
        }

        /** Checks {@code excludeEnvironments}. */
        @POST
        public FormValidation doCheckExcludeEnvironments(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "excludeEnvironments", value);
        }

        /** Checks {@code names}. */
        @POST
        public FormValidation doCheckNames(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "names", value);
        }

        /** Checks {@code holidays}. */
        @POST
        public FormValidation doCheckHolidays(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "holidays", value);
        }

        /** The choices of {@code enforce}. */
        @POST
        public ListBoxModel doFillEnforceItems() {
            return choices("enforce");
        }

        /** Checks {@code wake}. */
        @POST
        public FormValidation doCheckWake(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "wake", value);
        }

        /** The choices of {@code savings}. */
        @POST
        public ListBoxModel doFillSavingsItems() {
            return choices("savings");
        }

        /** Checks {@code prices}. */
        @POST
        public FormValidation doCheckPrices(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "prices", value);
        }

        /** Checks {@code settleWithin}. */
        @POST
        public FormValidation doCheckSettleWithin(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "settleWithin", value);
        }

        /** Checks {@code allowUrls}. */
        @POST
        public FormValidation doCheckAllowUrls(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "allowUrls", value);
        }

        /** Checks {@code documentTimeLimit}. */
        @POST
        public FormValidation doCheckDocumentTimeLimit(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "documentTimeLimit", value);
        }

        /** Checks {@code documentSizeLimit}. */
        @POST
        public FormValidation doCheckDocumentSizeLimit(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "documentSizeLimit", value);
        }

        /** The choices of {@code failOn}. */
        @POST
        public ListBoxModel doFillFailOnItems() {
            return choices("failOn");
        }
    }
}
