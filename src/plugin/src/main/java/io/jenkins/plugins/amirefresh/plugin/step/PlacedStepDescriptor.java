package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.model.Item;
import hudson.util.FormValidation;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The descriptor of each {@link PlacedStep}. */
public abstract class PlacedStepDescriptor extends RegionalStepDescriptor {

    /** @param functionName a step of the catalogue */
    protected PlacedStepDescriptor(String functionName) {
        super(functionName);
    }

    /** Checks {@code accounts}. */
    @POST
    public FormValidation doCheckAccounts(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return check(item, "accounts", value);
    }
}
