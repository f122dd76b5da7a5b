package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.amirefresh.step.Progress.BuildVerdict;

/** What a step that succeeded means for its build. */
final class Verdicts {

    private Verdicts() {}

    /** Results only get worse; the build goes on. */
    static void apply(Run<?, ?> run, BuildVerdict verdict) {
        switch (verdict) {
            case NONE -> {}
            case UNSTABLE -> run.setResult(Result.UNSTABLE);
            case FAILURE -> run.setResult(Result.FAILURE);
        }
    }
}
