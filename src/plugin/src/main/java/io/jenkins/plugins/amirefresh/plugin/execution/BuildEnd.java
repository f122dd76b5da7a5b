package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.amirefresh.plugin.report.RefreshAction;
import io.jenkins.plugins.amirefresh.plugin.report.RunRecords;
import io.jenkins.plugins.amirefresh.step.storage.LockFile;

/** Closes what a build kept open when it ends. */
@Extension
public final class BuildEnd extends RunListener<Run<?, ?>> {

    @Override
    public void onFinalized(Run<?, ?> run) {
        ControllerServices services = ControllerServices.get();
        releaseKept(services.locks(), RunRecords.identity(run, "").id());
        RefreshAction.finish(run);
        services.forget(run);
    }

    /** Groups that stand after their canary, with nobody left to go on. */
    private static void releaseKept(LockFile locks, String runId) {
        locks.holders().forEach((group, holder) -> {
            if (holder.runId().equals(runId) && holder.stepId().isEmpty()) {
                locks.release(group, holder);
            }
        });
    }
}
