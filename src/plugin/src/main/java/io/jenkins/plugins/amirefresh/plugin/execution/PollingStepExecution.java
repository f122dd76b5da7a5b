package io.jenkins.plugins.amirefresh.plugin.execution;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.drive.StepDrive;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;

/**
 * The execution of every step of this plugin. {@code program.dat} gets the step's name, its parameters and the id of its
 * state file; nothing relies on being saved after {@link #start}.
 *
 * <p>Thread: {@link #start}, {@link #stop} and {@link #onResume} run on the CPS thread and do no I/O.
 */
public final class PollingStepExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private final String functionName;
    private final String parametersJson;
    private String stateId = "";
    private transient volatile @Nullable StepDrive drive;

    /** @param parameters already checked */
    public PollingStepExecution(StepContext context, String functionName, Parameters parameters) {
        super(context);
        this.functionName = functionName;
        this.parametersJson = Json.write(parameters.asMap());
    }

    @Override
    public boolean start() throws Exception {
        stateId = "step-" + getContext().get(FlowNode.class).getId();
        resume().begin();
        return false;
    }

    @Override
    public void onResume() {
        resume().begin();
    }

    @Override
    public void stop(Throwable cause) {
        resume().stop(reason(cause), cause);
    }

    @Override
    public @Nullable String getStatus() {
        StepDrive current = drive;
        return current == null ? null : current.status();
    }

    private synchronized StepDrive resume() {
        StepDrive current = drive;
        if (current == null) {
            current = new StepDrive(
                    functionName + " " + stateId,
                    new JenkinsStepBuild(getContext(), functionName, parametersJson, stateId),
                    ControllerServices.get().ticks());
            drive = current;
        }
        return current;
    }

    private static StopReason reason(Throwable cause) {
        boolean isByPerson = cause instanceof FlowInterruptedException interruption
                && interruption.getCauses().stream().anyMatch(CauseOfInterruption.UserInterruption.class::isInstance);
        return isByPerson ? StopReason.ABORTED : StopReason.INTERRUPTED;
    }
}
