package io.jenkins.plugins.amirefresh.step.fakes;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.FleetObservation;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.step.GroupLocks;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.Observer;
import io.jenkins.plugins.amirefresh.step.Probes;
import io.jenkins.plugins.amirefresh.step.Processes;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.Settings;
import io.jenkins.plugins.amirefresh.step.SlackPosts;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.Workspace;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A host in memory; its clock moves by what an operation asks to wait. */
public final class FakeHost implements StepHost, Journal, Observer, GroupLocks, Workspace {

    /** When a test starts. */
    public static final Instant START = Instant.parse("2026-11-22T17:00:00Z");

    /** Every line of the console. */
    public final List<String> console = new ArrayList<>();

    /** Every mutating call. */
    public final List<String> changes = new ArrayList<>();

    /** Files of the workspace. */
    public final Map<String, String> files = new TreeMap<>();

    /** The step's environment. */
    public final Map<String, String> environment = new HashMap<>();

    /** The agent's processes. */
    public final FakeProcesses fakeProcesses = new FakeProcesses();

    private final Map<String, FakeAccount> accounts = new LinkedHashMap<>();
    private final Map<String, JournalEvent> events = new LinkedHashMap<>();
    private final Map<GroupKey, LockHolder> locks = new HashMap<>();
    private Instant now = START;

    /** The account that {@code access} reaches, in a region. */
    public FakeAccount account(AccountAccess access, String account, String region) {
        return accounts.computeIfAbsent(access + region, key -> new FakeAccount(account, region, changes));
    }

    /** The host's own account, 111111111111. */
    public FakeAccount self(String region) {
        return account(AccountAccess.SELF, "111111111111", region);
    }

    /** Runs a step to its end; each tick starts from saved state alone. */
    public Progress run(StepDefinition step, Map<String, ?> given) {
        return run(step, given, state -> state);
    }

    /** Runs a step; {@code between} sees every state before the next tick and may give back an older one. */
    public Progress run(StepDefinition step, Map<String, ?> given, Function<StepState, StepState> between) {
        StepState state = StepState.EMPTY;
        for (int tick = 0; tick < 500; tick++) {
            Parameters parameters = Parameters.parse(step.functionName(), step.parameters(), given);
            Progress progress = step.operation(parameters).advance(state, this);
            if (!(progress instanceof Progress.Again again)) {
                return progress;
            }
            now = now.plus(again.after());
            state = between.apply(StepState.of(again.state().documents()));
        }
        throw new AssertionError("no end after 500 ticks: " + console);
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** A step of another run holds a group. */
    public void lockedBy(GroupKey group, String runId) {
        locks.put(group, new LockHolder(runId, "step-1"));
    }

    /** Groups that are held now. */
    public Map<GroupKey, LockHolder> heldLocks() {
        return Map.copyOf(locks);
    }

    @Override
    public void log(String line) {
        console.add(line);
    }

    @Override
    public Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    @Override
    public RunIdentity run() {
        return new RunIdentity(
                "weekly-12", "fleet/weekly", 12, "https://ci.example/12/", "step-7", "timer", START, "controller-1");
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(), List.of(AccountAccess.SELF), Map.of(), ZoneId.of("UTC"), Duration.ofHours(4), Map.of(), "");
    }

    @Override
    public Cloud cloud(AccountAccess access, AwsRegion region) {
        return Optional.ofNullable(accounts.get(access + region.value())).orElseThrow();
    }

    @Override
    public Observer observer() {
        return this;
    }

    @Override
    public FleetObservation all(AccountAccess access, AwsRegion region) {
        return new FleetObservation(
                Optional.ofNullable(accounts.get(access + region.value())).orElseThrow().groups.stream()
                        .collect(Collectors.toMap(GroupObservation::key, group -> group)));
    }

    @Override
    public FleetObservation outlines(AccountAccess access, AwsRegion region) {
        return all(access, region);
    }

    @Override
    public FleetObservation groups(AccountAccess access, AwsRegion region, Set<GroupKey> groups) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Processes processes() {
        return fakeProcesses;
    }

    @Override
    public Workspace workspace() {
        return this;
    }

    @Override
    public boolean isPresent() {
        return true;
    }

    @Override
    public Optional<String> read(String path) {
        return Optional.ofNullable(files.get(Path.of(path).normalize().toString()));
    }

    @Override
    public Optional<String> digest(String path) {
        return Optional.ofNullable(files.get(Path.of(path).normalize().toString()))
                .map(text -> Integer.toHexString(text.hashCode()));
    }

    @Override
    public Map<String, String> digests(String folder) {
        String normal = Path.of(folder).normalize().toString();
        String prefix = normal.isEmpty() ? "" : normal + "/";
        Map<String, String> digests = new TreeMap<>();
        files.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .forEach(path -> digests.put(
                        path.substring(prefix.length()), digest(path).orElseThrow()));
        return digests;
    }

    @Override
    public void write(String path, String text) {
        files.put(path, text);
    }

    @Override
    public Probes probes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SlackPosts slack() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Journal journal() {
        return this;
    }

    @Override
    public void append(JournalEvent event) {
        events.putIfAbsent(event.key(), event);
    }

    @Override
    public List<JournalEvent> events() {
        return List.copyOf(events.values());
    }

    @Override
    public GroupLocks locks() {
        return this;
    }

    @Override
    public Optional<LockHolder> acquire(GroupKey group, LockHolder holder) {
        LockHolder current = locks.putIfAbsent(group, holder);
        return Optional.ofNullable(current).filter(other -> !other.equals(holder));
    }

    @Override
    public Optional<LockHolder> keptFrom(GroupKey group, LockHolder holder) {
        return Optional.ofNullable(locks.get(group)).filter(other -> !other.equals(holder));
    }

    @Override
    public void keepForRun(GroupKey group, LockHolder holder) {
        locks.replace(group, holder, holder.asRun());
    }

    @Override
    public void release(GroupKey group, LockHolder holder) {
        locks.remove(group, holder);
    }

    @Override
    public void save(StepState state) {
        // The returned state is what the next tick gets; a test that needs an older one asks for it.
    }
}
