package io.jenkins.plugins.amirefresh.plugin.step;

import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps that work on Auto Scaling groups share: which groups, and where they are. */
public abstract class FleetStep extends PlacedStep {

    /** Only groups whose tag Environment is one of these. */
    public @Nullable Object getEnvironments() {
        return given("environments");
    }

    /** Sets {@code environments}. */
    @DataBoundSetter
    public void setEnvironments(@Nullable Object environments) {
        give("environments", environments);
    }

    /** Limits 'environments' further; set AMI_REFRESH_ONLY_ENVIRONMENTS to narrow a whole pipeline. */
    public @Nullable Object getOnlyEnvironments() {
        return given("onlyEnvironments");
    }

    /** Sets {@code onlyEnvironments}. */
    @DataBoundSetter
    public void setOnlyEnvironments(@Nullable Object onlyEnvironments) {
        give("onlyEnvironments", onlyEnvironments);
    }

    /** Only groups whose launch template belongs to one of these image families. */
    public @Nullable Object getFamilies() {
        return given("families");
    }

    /** Sets {@code families}. */
    @DataBoundSetter
    public void setFamilies(@Nullable Object families) {
        give("families", families);
    }

    /** Only the Auto Scaling groups with these names. */
    public @Nullable Object getAsgs() {
        return given("asgs");
    }

    /** Sets {@code asgs}. */
    @DataBoundSetter
    public void setAsgs(@Nullable Object asgs) {
        give("asgs", asgs);
    }

    /** Only groups that have all these tags. */
    public @Nullable Object getTags() {
        return given("tags");
    }

    /** Sets {@code tags}. */
    @DataBoundSetter
    public void setTags(@Nullable Object tags) {
        give("tags", tags);
    }

    /** Leaves out groups whose tag Environment is one of these; * and ? stand for other letters. */
    public @Nullable Object getExcludeEnvironments() {
        return given("excludeEnvironments");
    }

    /** Sets {@code excludeEnvironments}. */
    @DataBoundSetter
    public void setExcludeEnvironments(@Nullable Object excludeEnvironments) {
        give("excludeEnvironments", excludeEnvironments);
    }

    /** Leaves out groups of these image families; * and ? stand for other letters. */
    public @Nullable Object getExcludeFamilies() {
        return given("excludeFamilies");
    }

    /** Sets {@code excludeFamilies}. */
    @DataBoundSetter
    public void setExcludeFamilies(@Nullable Object excludeFamilies) {
        give("excludeFamilies", excludeFamilies);
    }

    /** Leaves out the Auto Scaling groups with these names; * and ? stand for other letters. */
    public @Nullable Object getExcludeAsgs() {
        return given("excludeAsgs");
    }

    /** Sets {@code excludeAsgs}. */
    @DataBoundSetter
    public void setExcludeAsgs(@Nullable Object excludeAsgs) {
        give("excludeAsgs", excludeAsgs);
    }

    /**
     * Goes on when no group is selected; otherwise the step fails with the nearest names that exist, save when
     * 'onlyEnvironments' alone leaves none.
     */
    public @Nullable Object getAllowEmpty() {
        return given("allowEmpty");
    }

    /** Sets {@code allowEmpty}. */
    @DataBoundSetter
    public void setAllowEmpty(@Nullable Object allowEmpty) {
        give("allowEmpty", allowEmpty);
    }
}
