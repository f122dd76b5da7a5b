package io.jenkins.plugins.amirefresh.runner.steps.flow;

import io.jenkins.plugins.amirefresh.runner.interpreter.BodyCallback;
import io.jenkins.plugins.amirefresh.runner.interpreter.StageRecord;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;

/** Names the part of the build its block is. */
final class StageExecution extends StepExecution implements BodyCallback {
    private static final long serialVersionUID = 1L;

    private final String name;

    StageExecution(StepContext context, String name) {
        super(context);
        this.name = name;
    }

    @Override
    public void start() {
        context().print("[Pipeline] { (" + name + ")");
        context().runBody(context().block().inStage(new StageRecord(name)), this);
    }
}
