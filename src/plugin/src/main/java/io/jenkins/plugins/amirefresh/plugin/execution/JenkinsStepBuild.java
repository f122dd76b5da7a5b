package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.amirefresh.plugin.host.BuildSurroundings;
import io.jenkins.plugins.amirefresh.plugin.report.RefreshAction;
import io.jenkins.plugins.amirefresh.plugin.report.RunRecords;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.catalog.PipelineVariables;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import io.jenkins.plugins.amirefresh.step.drive.OpenStep;
import io.jenkins.plugins.amirefresh.step.drive.StepBuild;
import io.jenkins.plugins.amirefresh.step.storage.StepFiles;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/** The build of one step execution, asked through the step's context. */
final class JenkinsStepBuild implements StepBuild {

    private final StepContext context;
    private final String functionName;
    private final String parametersJson;
    private final String stateId;
    private final ControllerServices services;
    private @Nullable Opened opened;

    JenkinsStepBuild(StepContext context, String functionName, String parametersJson, String stateId) {
        this.context = context;
        this.functionName = functionName;
        this.parametersJson = parametersJson;
        this.stateId = stateId;
        this.services = ControllerServices.get();
    }

    @Override
    public OpenStep open() throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        if (run == null) {
            throw new IOException("the build of " + functionName + " is gone");
        }
        StepKey key = StepKey.of(run, stateId, functionName, parametersJson);
        BuildSurroundings surroundings = BuildSurroundings.of(context);
        services.activeSteps().add(key, LeftEnvironment.of(surroundings.environment()));
        services.markTicked(key);
        RefreshAction.addTo(run);
        // Read while the build lives: a context that ended answers nothing, and the finisher needs the keys.
        opened = new Opened(run, key, surroundings, LeftEnvironment.aws(surroundings.environment()));
        StepFiles files = StepFiles.open(RunRecords.folder(run), stateId);
        JenkinsStepHost host = JenkinsStepHost.in(run, key, surroundings, files, services);
        if (files.state().equals(StepState.EMPTY)) {
            new PipelineVariables(StepCatalog.all()).tell(host);
        }
        return new OpenStep(files, Operations.of(functionName, parametersJson), host);
    }

    @Override
    public boolean isLive() throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        FlowNode node = context.get(FlowNode.class);
        return run != null && run.isBuilding() && node != null && node.isActive();
    }

    @Override
    public boolean isAgentAway() {
        Opened step = opened;
        return step != null
                && Operations.definition(functionName).needsAgent()
                && step.surroundings().workspace().isEmpty();
    }

    @Override
    public void ended() {
        Opened step = opened;
        if (step != null) {
            services.activeSteps().remove(step.key());
            services.unmarkTicked(step.key());
        }
    }

    @Override
    public void handedOver() {
        Opened step = opened;
        if (step != null) {
            services.keepEnvironment(step.key(), step.awsEnvironment());
            services.unmarkTicked(step.key());
        }
    }

    @Override
    public void succeed(Progress.Done done) {
        Opened step = opened;
        if (step != null) {
            Verdicts.apply(step.run(), done.verdict());
        }
        context.onSuccess(Results.plain(done.result()));
    }

    @Override
    public void fail(Throwable failure) {
        context.onFailure(failure);
    }

    @Override
    public Throwable refusal(String line) {
        return new AbortException(line);
    }

    @Override
    public Throwable interruption() {
        return new FlowInterruptedException(Result.ABORTED, false);
    }

    private record Opened(
            Run<?, ?> run, StepKey key, BuildSurroundings surroundings, Map<String, String> awsEnvironment) {}
}
