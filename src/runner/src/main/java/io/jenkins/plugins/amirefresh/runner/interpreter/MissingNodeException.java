package io.jenkins.plugins.amirefresh.runner.interpreter;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;

/** A step that needs a node was called outside of one. */
@SuppressWarnings("OverrideThrowableToString") // pipelines print it under the name Jenkins gives it
public final class MissingNodeException extends AbortException {
    private static final long serialVersionUID = 1L;

    MissingNodeException(String step) {
        super("the step '" + step + "' needs a node: call it inside node { } or in a stage with an agent");
    }

    @Override
    public String toString() {
        return "org.jenkinsci.plugins.workflow.steps.MissingContextVariableException: " + getMessage();
    }
}
