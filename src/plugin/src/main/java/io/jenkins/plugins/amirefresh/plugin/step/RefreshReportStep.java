package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.Extension;
import hudson.util.ListBoxModel;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code refreshReport}: prints what became of each group, writes report.json and report.html, and sets the build's
 * result by it.
 */
public final class RefreshReportStep extends AmiRefreshStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public RefreshReportStep() {}

    /**
     * Folder in the workspace that gets report.json, report.html, junit.xml and metrics.prom as well; the first two
     * are kept with the build in any case.
     */
    public @Nullable String getDirectory() {
        return text("directory");
    }

    /** Sets {@code directory}. */
    @DataBoundSetter
    public void setDirectory(@Nullable String directory) {
        give("directory", directory);
    }

    /** Makes the build UNSTABLE when a group was rolled back or refused, and FAILURE when one is left broken. */
    public @Nullable Object getSetResult() {
        return given("setResult");
    }

    /** Sets {@code setResult}. */
    @DataBoundSetter
    public void setSetResult(@Nullable Object setResult) {
        give("setResult", setResult);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends AmiRefreshStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("refreshReport");
        }

        /** The choices of {@code setResult}. */
        @POST
        public ListBoxModel doFillSetResultItems() {
            return choices("setResult");
        }
    }
}
