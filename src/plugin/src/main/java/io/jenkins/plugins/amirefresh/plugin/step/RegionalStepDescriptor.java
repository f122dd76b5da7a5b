package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amirefresh.plugin.config.Completion;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The descriptor of each {@link RegionalStep}. */
public abstract class RegionalStepDescriptor extends AmiRefreshStepDescriptor {

    /** @param functionName a step of the catalogue */
    protected RegionalStepDescriptor(String functionName) {
        super(functionName);
    }

    /** The choices of {@code dryRun}. */
    @POST
    public ListBoxModel doFillDryRunItems() {
        return choices("dryRun");
    }

    /** Checks {@code regions}. */
    @POST
    public FormValidation doCheckRegions(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "regions", value);
    }

    /** Completes the last of several regions. */
    public AutoCompletionCandidates doAutoCompleteRegions(@QueryParameter String value) {
        return Completion.regions(value);
    }
}
