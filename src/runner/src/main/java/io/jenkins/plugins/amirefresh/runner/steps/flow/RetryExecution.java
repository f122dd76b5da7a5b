package io.jenkins.plugins.amirefresh.runner.steps.flow;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import io.jenkins.plugins.amirefresh.runner.interpreter.BodyCallback;
import io.jenkins.plugins.amirefresh.runner.interpreter.FailureText;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import io.jenkins.plugins.amirefresh.runner.interpreter.Symbol;
import java.util.List;

/**
 * Runs its block again when it fails. An interruption from outside ends it; one that a {@code timeout} inside caused is
 * a failure like any other.
 *
 * <p>Source: workflow-basic-steps plugin, {@code RetryStepExecution}.
 */
final class RetryExecution extends StepExecution implements BodyCallback {
    private static final long serialVersionUID = 1L;

    private final List<String> conditions;
    private long left;

    RetryExecution(StepContext context, long count, List<Object> conditions) throws AbortException {
        super(context);
        this.left = count;
        this.conditions = conditions.stream()
                .map(condition -> condition instanceof Symbol symbol ? symbol.name() : condition.toString())
                .toList();
        if (count < 1) {
            throw new AbortException("retry: count must be at least 1, not " + count);
        }
    }

    @Override
    public void start() {
        context().runBody(context().block(), this);
    }

    @Override
    public void onFailure(StepContext step, Throwable failure) {
        left--;
        if (left <= 0 || !isWorthAnotherTry(failure)) {
            step.fail(failure);
            return;
        }
        List<String> lines = FailureText.lines(step.build(), failure);
        if (!(failure instanceof AbortException) && !(failure instanceof FlowInterruptedException)) {
            step.print("ERROR: Execution failed");
        }
        lines.forEach(step::print);
        step.print("Retrying");
        step.runBody(step.block(), this);
    }

    /** Conditions are {@code agent()} and {@code nonresumable()}: neither ever happens in a rehearsal. */
    private boolean isWorthAnotherTry(Throwable failure) {
        boolean isInterruption =
                failure instanceof FlowInterruptedException interruption && interruption.isActualInterruption();
        return conditions.isEmpty() && !isInterruption;
    }
}
