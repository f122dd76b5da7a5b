package io.jenkins.plugins.amirefresh.test.contract;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.schedule.DefaultWindows;
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
import io.jenkins.plugins.amirefresh.step.storage.JournalFile;
import io.jenkins.plugins.amirefresh.step.storage.StepFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a step execution sees of a {@link Controller}, made anew after each restart. */
final class ControllerStepHost implements StepHost {

    private final Controller controller;
    private final RunIdentity run;
    private final StepFiles files;
    private final Journal journal;
    private final SlackPosts slack;
    private final Path folder;

    ControllerStepHost(Controller controller, int build, String stateId) {
        this.controller = controller;
        this.run = new RunIdentity(
                "weekly-" + build, "weekly", build, "", stateId, "timer", controller.startedAt(), "contract");
        this.folder = controller.directory().resolve("builds").resolve(String.valueOf(build));
        this.files = StepFiles.open(folder, stateId);
        this.journal = JournalFile.open(folder.resolve("journal.jsonl"));
        this.slack = controller.slack(build, folder);
    }

    StepFiles files() {
        return files;
    }

    @Override
    public void log(String line) {
        // Nobody reads the console of these builds.
    }

    @Override
    public Clock clock() {
        return controller.clock();
    }

    @Override
    public RunIdentity run() {
        return run;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("AWS_REGION", "eu-west-1");
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(AccountAccess.SELF),
                DefaultWindows.bundled(),
                ZoneOffset.UTC,
                Duration.ofHours(4),
                Map.of(),
                "");
    }

    @Override
    public Cloud cloud(AccountAccess access, AwsRegion region) {
        return controller.clouds().cloud(access, region);
    }

    @Override
    public Observer observer() {
        return controller.observer();
    }

    @Override
    public Processes processes() {
        return new LocalShell(folder.resolve("workspace"), folder.resolve("processes"));
    }

    @Override
    public Workspace workspace() {
        return new LocalWorkspace(folder.resolve("workspace"));
    }

    @Override
    public Probes probes() {
        return new Unreachable();
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
        return controller.locks();
    }

    @Override
    public void keep(String name, String text) {
        files.keep(name, text);
    }

    @Override
    public void save(StepState state) {
        files.save(state);
    }

    private record Unreachable() implements Probes {
        @Override
        public Optional<Answer> http(String key, URI uri, Map<String, String> headers, Duration timeLimit) {
            return Optional.of(new Answer.NotSent(uri + " is not reachable from here"));
        }

        @Override
        public Optional<Answer> tcp(String key, String host, int port, Duration timeLimit) {
            return Optional.of(new Answer.NotSent(host + " is not reachable from here"));
        }
    }
}
