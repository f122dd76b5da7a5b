package io.jenkins.plugins.amirefresh.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.aws.AwsClouds;
import io.jenkins.plugins.amirefresh.aws.AwsConnection;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.schedule.DefaultWindows;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.step.CallsInJournal;
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
import io.jenkins.plugins.amirefresh.step.observe.SharedObserver;
import io.jenkins.plugins.amirefresh.step.storage.JournalFile;
import io.jenkins.plugins.amirefresh.step.storage.LockFile;
import io.jenkins.plugins.amirefresh.step.storage.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/** One life of a host: everything in it comes from the files of the build, and nothing of it outlives a kill. */
final class ScenarioHost implements StepHost, AutoCloseable {

    private final Settings settings = new Settings(
            List.of(),
            List.of(AccountAccess.SELF),
            DefaultWindows.bundled(),
            ZoneOffset.UTC,
            Duration.ofHours(4),
            Map.of(),
            "");
    /** Whose calls are the build's. */
    private static final String ACCESS_KEY = "scenario";

    private static final List<JsonNode> POLICIES =
            List.of("refresh.json", "checks.json", "power.json", "ecs.json", "events.json", "retire.json").stream()
                    .map(ScenarioHost::policy)
                    .toList();

    private final RunIdentity run;
    private final Clock clock;
    private final Probes probes;
    private final Consumer<String> console;
    private final AwsClouds clouds;
    private final Observer observer;
    private final Journal journal;
    private final GroupLocks locks;
    private final StateFile state;

    /** @param endpoint where AWS answers, null for its own addresses */
    ScenarioHost(
            RunIdentity run,
            Clock clock,
            SdkHttpClient http,
            @Nullable URI endpoint,
            Probes probes,
            Path directory,
            Consumer<String> console) {
        this.run = run;
        this.clock = clock;
        this.probes = probes;
        this.console = console;
        var keys = StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, "scenario"));
        AwsConnection connection = AwsConnection.of(http, id -> keys, clock, "scenario")
                .at(endpoint)
                .withoutWaiting()
                .toldTo(new CallsInJournal(this::journal));
        this.clouds = new AwsClouds(connection, run.jobName(), run.buildNumber());
        this.observer = new SharedObserver(clouds::cloud, clock);
        this.journal = JournalFile.open(directory.resolve(run.id()).resolve("journal.jsonl"));
        this.locks = LockFile.open(directory.resolve("locks.jsonl"));
        this.state = StateFile.open(directory.resolve(run.id()).resolve(run.stepId() + ".jsonl"));
    }

    private static JsonNode policy(String file) {
        try {
            Path project = Path.of("").toAbsolutePath().resolveSibling("");
            return Json.mapper()
                    .readTree(project.resolve("resources/iam/" + file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No build has a right more than we ask our users for. */
    static void hold(Simulator simulator) {
        simulator.holdTo(ACCESS_KEY, POLICIES);
    }

    /** What the disk says of the step. */
    StepState saved() {
        return state.saved();
    }

    @Override
    public void log(String line) {
        console.accept(line);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public RunIdentity run() {
        return run;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("AMI_REFRESH_REGIONS", "eu-west-1");
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Cloud cloud(AccountAccess access, AwsRegion region) {
        return clouds.cloud(access, region);
    }

    @Override
    public Observer observer() {
        return observer;
    }

    @Override
    public Processes processes() {
        throw new IllegalStateException("these steps start no process");
    }

    @Override
    public Workspace workspace() {
        throw new IllegalStateException("these steps need no agent");
    }

    @Override
    public void keep(String name, String text) {
        // Reports are other tests' business.
    }

    @Override
    public Probes probes() {
        return probes;
    }

    @Override
    public SlackPosts slack() {
        return new NoSlack();
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public GroupLocks locks() {
        return locks;
    }

    /** A host that restarts after this save has to read it again. */
    private void requireReadable(String key, String json) {
        if (!json.equals(state.saved().document(key).orElse(""))) {
            Json.read(json, Object.class);
        }
    }

    @Override
    public void save(StepState newState) {
        newState.documents().forEach(this::requireReadable);
        state.save(newState);
    }

    @Override
    public void close() {
        clouds.close();
    }
}
