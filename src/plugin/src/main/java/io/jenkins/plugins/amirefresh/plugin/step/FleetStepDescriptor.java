package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amirefresh.plugin.config.Completion;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The descriptor of each {@link FleetStep}. */
public abstract class FleetStepDescriptor extends PlacedStepDescriptor {

    /** @param functionName a step of the catalogue */
    protected FleetStepDescriptor(String functionName) {
        super(functionName);
    }

    /** Checks {@code environments}. */
    @POST
    public FormValidation doCheckEnvironments(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "environments", value);
    }

    /** Checks {@code onlyEnvironments}. */
    @POST
    public FormValidation doCheckOnlyEnvironments(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "onlyEnvironments", value);
    }

    /** Checks {@code families}. */
    @POST
    public FormValidation doCheckFamilies(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "families", value);
    }

    /** Checks {@code asgs}. */
    @POST
    public FormValidation doCheckAsgs(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "asgs", value);
    }

    /** Checks {@code tags}. */
    @POST
    public FormValidation doCheckTags(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "tags", value);
    }

    /** Checks {@code excludeEnvironments}. */
    @POST
    public FormValidation doCheckExcludeEnvironments(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "excludeEnvironments", value);
    }

    /** Checks {@code excludeFamilies}. */
    @POST
    public FormValidation doCheckExcludeFamilies(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "excludeFamilies", value);
    }

    /** Checks {@code excludeAsgs}. */
    @POST
    public FormValidation doCheckExcludeAsgs(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "excludeAsgs", value);
    }

    /** The choices of {@code allowEmpty}. */
    @POST
    public ListBoxModel doFillAllowEmptyItems() {
        return choices("allowEmpty");
    }

    /** Completes the last of several environments. */
    public AutoCompletionCandidates doAutoCompleteEnvironments(
            @AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return mayRead(item) ? Completion.environments(value) : new AutoCompletionCandidates();
    }

    /** Completes the last of several environments. */
    public AutoCompletionCandidates doAutoCompleteOnlyEnvironments(
            @AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return mayRead(item) ? Completion.environments(value) : new AutoCompletionCandidates();
    }

    private static boolean mayRead(@Nullable Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.READ) : item.hasPermission(Item.EXTENDED_READ);
    }
}
