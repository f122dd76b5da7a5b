package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;

/** Closes what a build kept open when it ends. */
@Extension
public final class BuildEnd extends RunListener<Run<?, ?>> {

    @Override
    public void onFinalized(Run<?, ?> run) {
        ControllerServices.get().forget(run);
    }
}
