package io.jenkins.plugins.amirefresh.scenario;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
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
import java.time.Clock;
import java.util.Map;

/** A host that does what another one does, until somebody overrides a part. */
public class DressedHost implements StepHost {

    private final StepHost host;

    /** Dresses {@code host}. */
    public DressedHost(StepHost host) {
        this.host = host;
    }

    @Override
    public void log(String line) {
        host.log(line);
    }

    @Override
    public Clock clock() {
        return host.clock();
    }

    @Override
    public RunIdentity run() {
        return host.run();
    }

    @Override
    public Map<String, String> environment() {
        return host.environment();
    }

    @Override
    public Settings settings() {
        return host.settings();
    }

    @Override
    public Cloud cloud(AccountAccess access, AwsRegion region) {
        return host.cloud(access, region);
    }

    @Override
    public Observer observer() {
        return host.observer();
    }

    @Override
    public Processes processes() {
        return host.processes();
    }

    @Override
    public Workspace workspace() {
        return host.workspace();
    }

    @Override
    public Probes probes() {
        return host.probes();
    }

    @Override
    public SlackPosts slack() {
        return host.slack();
    }

    @Override
    public Journal journal() {
        return host.journal();
    }

    @Override
    public GroupLocks locks() {
        return host.locks();
    }

    @Override
    public void keep(String name, String text) {
        host.keep(name, text);
    }

    @Override
    public void save(StepState state) {
        host.save(state);
    }
}
