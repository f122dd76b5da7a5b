package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.model.Run;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.plugin.config.AmiRefreshConfiguration;
import io.jenkins.plugins.amirefresh.plugin.host.AgentProbes;
import io.jenkins.plugins.amirefresh.plugin.host.AgentProcesses;
import io.jenkins.plugins.amirefresh.plugin.host.AgentWorkspace;
import io.jenkins.plugins.amirefresh.plugin.host.BuildSurroundings;
import io.jenkins.plugins.amirefresh.plugin.host.NetworkProbes;
import io.jenkins.plugins.amirefresh.plugin.report.RunRecords;
import io.jenkins.plugins.amirefresh.journal.BuildStatus;
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
import io.jenkins.plugins.amirefresh.step.storage.StepFiles;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A controller as the machine one step execution runs on. */
final class JenkinsStepHost implements StepHost {

    private final Run<?, ?> run;
    private final RunIdentity identity;
    private final BuildSurroundings surroundings;
    private final StepFiles files;
    private final ControllerServices services;
    private final Journal journal;
    private final Processes processes;
    private final Probes probes;
    private final Probes agentProbes;
    private final SlackPosts slack;

    private JenkinsStepHost(
            Run<?, ?> run, StepKey key, BuildSurroundings surroundings, StepFiles files, ControllerServices services) {
        this.run = run;
        this.identity = RunRecords.identity(run, key.stateId());
        this.surroundings = surroundings;
        this.files = files;
        this.services = services;
        this.journal = RunRecords.get().of(run);
        this.processes = new AgentProcesses(surroundings, RunRecords.folder(run), identity, services.clock());
        this.probes = new NetworkProbes(services.probeHttp(), services.pool());
        this.agentProbes = new AgentProbes(surroundings);
        this.slack = SlackOutboxes.get().of(run, services);
    }

    static JenkinsStepHost in(
            Run<?, ?> run, StepKey key, BuildSurroundings surroundings, StepFiles files, ControllerServices services) {
        return new JenkinsStepHost(run, key, surroundings, files, services);
    }

    @Override
    public void log(String line) {
        surroundings.log(line);
    }

    @Override
    public Clock clock() {
        return services.clock();
    }

    @Override
    public RunIdentity run() {
        return identity;
    }

    @Override
    public List<EarlierRun> earlierRuns() {
        return RunRecords.get().before(run);
    }

    @Override
    public Map<String, String> environment() {
        String endpoint = AmiRefreshConfiguration.get().getEndpoint();
        if (endpoint.isEmpty()) {
            return surroundings.environment();
        }
        // Packer must go where the controller's own calls go.
        Map<String, String> all = new TreeMap<>(surroundings.environment());
        all.put("AWS_ENDPOINT_URL", endpoint);
        return Map.copyOf(all);
    }

    @Override
    public Settings settings() {
        return AmiRefreshConfiguration.get().toSettings();
    }

    @Override
    public Cloud cloud(AccountAccess access, AwsRegion region) {
        return services.aws().cloud(run, environment(), access, region);
    }

    @Override
    public Observer observer() {
        return services.aws().observer(run, environment());
    }

    @Override
    public Processes processes() {
        return processes;
    }

    @Override
    public Workspace workspace() {
        return new AgentWorkspace(surroundings);
    }

    @Override
    public Probes probes() {
        return probes;
    }

    @Override
    public Probes agentProbes() {
        return agentProbes;
    }

    @Override
    public SlackPosts slack() {
        return slack;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public GroupLocks locks() {
        return services.locks();
    }

    @Override
    public void keep(String name, String text) {
        files.keep(name, text);
    }

    @Override
    public BuildStatus buildStatus() {
        return BuildStatuses.of(run, surroundings.node());
    }

    @Override
    public void save(StepState state) {
        files.save(state);
    }
}
