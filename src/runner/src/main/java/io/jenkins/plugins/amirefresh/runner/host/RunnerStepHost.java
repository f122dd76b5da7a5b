package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.report.Measurements;
import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineRuntime;
import io.jenkins.plugins.amirefresh.runner.world.WorldMeasurements;
import io.jenkins.plugins.amirefresh.step.EarlierRun;
import io.jenkins.plugins.amirefresh.step.GroupLocks;
import io.jenkins.plugins.amirefresh.step.Observer;
import io.jenkins.plugins.amirefresh.step.Probes;
import io.jenkins.plugins.amirefresh.step.Processes;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.Settings;
import io.jenkins.plugins.amirefresh.step.SlackPosts;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.Workspace;
import io.jenkins.plugins.amirefresh.step.storage.StateFile;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The machine of a rehearsal, as one step sees it. */
final class RunnerStepHost implements StepHost {
    private final HostServices services;
    private final OperationCall call;
    private final StateFile file;
    private final PipelineRuntime runtime;

    RunnerStepHost(HostServices services, OperationCall call, StateFile file, PipelineRuntime runtime) {
        this.services = services;
        this.call = call;
        this.file = file;
        this.runtime = runtime;
    }

    @Override
    public void log(String line) {
        runtime.console().print(call.block().branches(), call.block().secrets(), line);
    }

    @Override
    public Clock clock() {
        return services.world().time().clock();
    }

    @Override
    public RunIdentity run() {
        Build build = services.build();
        String job = build.settings().jobName();
        int number = build.settings().number();
        return new RunIdentity(
                job.replace('/', '-') + "-" + number,
                job,
                number,
                "",
                call.stepId(),
                "rehearsal",
                build.startedAt(),
                "rehearsal");
    }

    @Override
    public List<EarlierRun> earlierRuns() {
        return services.earlierRuns();
    }

    @Override
    public Map<String, String> environment() {
        return call.environment();
    }

    @Override
    public Settings settings() {
        return services.settings();
    }

    @Override
    public Cloud cloud(AccountAccess access, AwsRegion region) {
        return services.cloud(access, region);
    }

    @Override
    public Observer observer() {
        return services.observer();
    }

    @Override
    public Processes processes() {
        return new RunnerProcesses(services, call, runtime.processes());
    }

    @Override
    public Workspace workspace() {
        return new RunnerWorkspace(call.block().workplace());
    }

    @Override
    public Probes probes() {
        return services.probes(call.stepId());
    }

    @Override
    public SlackPosts slack() {
        return services.slack();
    }

    @Override
    public Journal journal() {
        return services.journal();
    }

    @Override
    public GroupLocks locks() {
        return services.locks();
    }

    @Override
    public void keep(String name, String text) {
        services.keep(name, text);
    }

    @Override
    public BuildStatus buildStatus() {
        Build build = runtime.build();
        // A scripted build has no result yet in its own finally: what its last step failed with is on its way there.
        String result =
                build.result().map(BuildResult::name).orElse(build.lastStepFailed() ? BuildResult.FAILURE.name() : "");
        return new BuildStatus(result, result.isEmpty() ? "" : build.lastFailure());
    }

    @Override
    public Measurements measurements() {
        return new WorldMeasurements(services.world());
    }

    @Override
    public void save(StepState state) {
        file.save(state);
    }
}
