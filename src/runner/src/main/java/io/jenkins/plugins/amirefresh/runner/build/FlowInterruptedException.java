package io.jenkins.plugins.amirefresh.runner.build;

import java.util.List;

/** Interrupts a running pipeline: an abort, an exceeded timeout, a failing sibling branch, a rejected input. */
@SuppressWarnings("OverrideThrowableToString") // pipelines print it under the name Jenkins gives it
public final class FlowInterruptedException extends InterruptedException {
    private static final long serialVersionUID = 1L;

    private final BuildResult result;
    private final List<String> causes;
    private final int origin;
    private boolean actualInterruption = true;

    /**
     * Interrupts with a result.
     *
     * @param origin the id of the step call that interrupts its own body, 0 when none does
     */
    public FlowInterruptedException(BuildResult result, int origin, List<String> causes) {
        super(String.join(", ", causes));
        this.result = result;
        this.origin = origin;
        this.causes = List.copyOf(causes);
    }

    /** The result the build gets when nothing catches this. */
    public BuildResult getResult() {
        return result;
    }

    /** One line for each reason. */
    public List<String> getCauses() {
        return causes;
    }

    /** The step call that interrupted its own body; 0 for an interruption from outside. */
    public int origin() {
        return origin;
    }

    /** Whether the pipeline itself is being interrupted, rather than one block having ended itself. */
    public boolean isActualInterruption() {
        return actualInterruption;
    }

    /** Marks that this has left the block that caused it, so that {@code retry} and the like treat it as a failure. */
    public void becomeFailure() {
        actualInterruption = false;
    }

    @Override
    public String toString() {
        return "org.jenkinsci.plugins.workflow.steps.FlowInterruptedException";
    }
}
