package io.jenkins.plugins.amirefresh.plugin.step;

import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps that change something in regions share. */
public abstract class RegionalStep extends AmiRefreshStep {

    /** Says what would happen and changes nothing. */
    public @Nullable Object getDryRun() {
        return given("dryRun");
    }

    /** Sets {@code dryRun}. */
    @DataBoundSetter
    public void setDryRun(@Nullable Object dryRun) {
        give("dryRun", dryRun);
    }

    /** AWS regions to work in, in order. */
    public @Nullable Object getRegions() {
        return given("regions");
    }

    /** Sets {@code regions}. */
    @DataBoundSetter
    public void setRegions(@Nullable Object regions) {
        give("regions", regions);
    }
}
