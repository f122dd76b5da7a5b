package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.EventLog;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.storage.JournalFile;
import io.jenkins.plugins.amirefresh.step.storage.LockFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One build on one simulated account: its steps run one after the other, and its host dies when a test says so. */
public final class Scenario {

    /** How long nobody looks after the build when its host was killed. */
    private static final Duration OUTAGE = Duration.ofMinutes(1);

    private static final int MOST_TICKS = 2000;

    private final Simulator simulator;
    private final Clock clock;
    private final MortalHttpClient http;
    private final SimulatedProbes probes;
    private final Path directory;
    private final String runId;
    private final Instant startedAt;
    private final List<String> console;
    private IntPredicate restartsAfter = tick -> false;
    private IntPredicate abortsAfter = tick -> false;
    private Consumer<Instant> passing;
    private UnaryOperator<StepHost> hosting = host -> host;
    private UnaryOperator<StepOperation> operating = operation -> operation;
    private String controller = "controller-1";
    private boolean isJudged;
    private int ticks;
    private int steps;
    private int deaths;

    private Scenario(Simulator simulator, MortalHttpClient http, Path directory, String runId, List<String> console) {
        this.simulator = simulator;
        this.clock = new SimulatorClock(simulator);
        this.http = http;
        this.probes = new SimulatedProbes(simulator);
        this.passing = simulator::advanceTo;
        this.directory = directory;
        this.runId = runId;
        this.startedAt = simulator.now();
        this.console = console;
    }

    /** A build on a fresh account from a file beside this class. */
    static Scenario of(String accountFile) {
        return of(accountFile, text -> text);
    }

    /** A build on a fresh account from a file beside this class, with its text changed. */
    static Scenario of(String accountFile, UnaryOperator<String> change) {
        try (InputStream in = Scenario.class.getResourceAsStream(accountFile)) {
            String text = new String(Objects.requireNonNull(in, accountFile).readAllBytes(), StandardCharsets.UTF_8);
            Path directory = Files.createTempDirectory("scenario");
            directory.toFile().deleteOnExit();
            return on(Simulator.of(new AccountReader().read(accountFile, change.apply(text))), directory)
                    .judged();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A build on an account, with its files in an empty directory. */
    public static Scenario on(Simulator simulator, Path directory) {
        ScenarioHost.hold(simulator);
        var http = new MortalHttpClient(simulator.sdkHttpClient());
        return new Scenario(simulator, http, directory, "weekly-1", new ArrayList<>());
    }

    /** Each row has to be true at the moment it is given. */
    private Scenario judged() {
        isJudged = true;
        return this;
    }

    /** The next build on the same account; the host has given back the locks of the one that is gone. */
    public Scenario nextBuild(String id) {
        LockFile locks = LockFile.open(directory.resolve("locks.jsonl"));
        locks.holders().forEach(locks::release);
        var next = new Scenario(simulator, new MortalHttpClient(simulator.sdkHttpClient()), directory, id, console);
        next.isJudged = isJudged;
        return next;
    }

    /** A build of another controller on the same account. */
    public Scenario onAnotherController(String id, String otherController) {
        try {
            Path elsewhere = Files.createTempDirectory("scenario");
            elsewhere.toFile().deleteOnExit();
            var other = new Scenario(
                    simulator, new MortalHttpClient(simulator.sdkHttpClient()), elsewhere, id, new ArrayList<>());
            other.controller = otherController;
            other.isJudged = isJudged;
            return other;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody else works on a group. */
    Scenario locked(String group, LockHolder holder) {
        String account = simulator.account().defaultAccount().id();
        LockFile.open(directory.resolve("locks.jsonl"))
                .acquire(GroupKey.parse(account + "/eu-west-1/" + group), holder);
        return this;
    }

    /** Who has the lock of a group when {@code holder} asks for it. */
    Optional<LockHolder> lockedBy(String group, LockHolder holder) {
        String account = simulator.account().defaultAccount().id();
        return LockFile.open(directory.resolve("locks.jsonl"))
                .acquire(GroupKey.parse(account + "/eu-west-1/" + group), holder);
    }

    /** Everything in memory is dropped after these ticks of the build, counted from 1. */
    public Scenario restartingAfter(IntPredicate tick) {
        restartsAfter = tick;
        return this;
    }

    /** The build is aborted after the first of these ticks. */
    public Scenario abortingAfter(IntPredicate tick) {
        abortsAfter = tick;
        return this;
    }

    /** Somebody else decides how time passes: told of each moment that the build waits for. */
    public Scenario passingTimeBy(Consumer<Instant> newPassing) {
        passing = newPassing;
        return this;
    }

    /** Each life of the host is dressed up. */
    public Scenario hostedBy(UnaryOperator<StepHost> newHosting) {
        hosting = newHosting;
        return this;
    }

    /** Each life of a step's operation is dressed up. */
    public Scenario operatedBy(UnaryOperator<StepOperation> newOperating) {
        operating = newOperating;
        return this;
    }

    /** Somebody is told of each call of the build. */
    public Scenario watchedBy(MortalHttpClient.Watcher watcher) {
        http.watchedBy(watcher);
        return this;
    }

    /** What AWS answers to calls of the build is taken for something else. */
    public Scenario misreadBy(BiFunction<MortalHttpClient.Call, String, String> misreading) {
        http.misreadBy(misreading);
        return this;
    }

    /** Its controller's name, as it stands in leases. */
    public String controller() {
        return controller;
    }

    /** The host dies at these mutating calls of the build, counted from 1. */
    public Scenario dyingAt(Map<Integer, Death.Moment> calls) {
        calls.forEach(http::dieAt);
        return this;
    }

    /** The host dies at this mutating call of the build, counted from 1. */
    Scenario dyingAt(int call, Death.Moment moment) {
        http.dieAt(call, moment);
        return this;
    }

    /** Runs a step to its end. */
    public Progress run(String function, Map<String, ?> parameters) {
        return ended(function, drive(nextStep(), function, parameters, MOST_TICKS, false));
    }

    private static Progress ended(String function, Progress progress) {
        assertThat(progress).as("end of " + function).isNotInstanceOf(Progress.Again.class);
        return progress;
    }

    /** Runs a step for some ticks and leaves it, as a build does that is gone for good. */
    public Progress runAndVanish(String function, Map<String, ?> parameters, int after) {
        return drive(nextStep(), function, parameters, after, false);
    }

    /** Brings a step that vanished to a safe place, as a host's finisher does: the first step of the build is 1. */
    Progress finish(int step, String function, Map<String, ?> parameters) {
        return ended(function, drive(stepId(step), function, parameters, MOST_TICKS, true));
    }

    /** Goes on with a step that vanished, to its end. */
    Progress resume(int step, String function, Map<String, ?> parameters) {
        return ended(function, drive(stepId(step), function, parameters, MOST_TICKS, false));
    }

    /** The next step, of which somebody else asks for each tick. */
    public Supplier<Progress> ticking(String function, Map<String, ?> parameters) {
        return new Life(nextStep(), function, parameters)::tick;
    }

    /** One more tick of a step that vanished. */
    Progress again(int step, String function, Map<String, ?> parameters) {
        return drive(stepId(step), function, parameters, 1, false);
    }

    private String nextStep() {
        return stepId(++steps);
    }

    private static String stepId(int step) {
        return "step-" + step;
    }

    private Progress drive(
            String stepId, String function, Map<String, ?> parameters, int most, boolean stopsFromTheStart) {
        Life life = new Life(stepId, function, parameters);
        boolean isStopping = stopsFromTheStart;
        for (int tick = 1; ; tick++) {
            Progress progress;
            try {
                progress = isStopping ? life.stop() : life.tick();
            } catch (Death death) {
                deaths++;
                http.revive();
                passing.accept(simulator.now().plus(OUTAGE));
                life = new Life(stepId, function, parameters);
                continue;
            }
            ticks++;
            if (!(progress instanceof Progress.Again again) || tick == most) {
                life.host.close();
                return progress;
            }
            passing.accept(simulator.now().plus(again.after()));
            isStopping = isStopping || abortsAfter.test(ticks);
            if (restartsAfter.test(ticks)) {
                life.host.close();
                life = new Life(stepId, function, parameters);
            }
        }
    }

    /** As it stands in tags. */
    public String runId() {
        return runId;
    }

    Simulator simulator() {
        return simulator;
    }

    /** Ticks of the build so far. */
    public int ticks() {
        return ticks;
    }

    /** How often the host died so far. */
    public int deaths() {
        return deaths;
    }

    /** Mutating calls of the build so far, by operation. */
    public List<String> mutating() {
        return http.mutating();
    }

    /** What the console shows so far. */
    public List<String> console() {
        return console;
    }

    /** The build's record, as the disk has it. */
    public List<JournalEvent> journal() {
        return JournalFile.open(directory.resolve(runId).resolve("journal.jsonl"))
                .events();
    }

    /** The row of a group in the build's record; the last one counts. */
    GroupResult row(String group) {
        return journal().stream()
                .map(JournalEvent::fact)
                .filter(JournalFact.GroupEnded.class::isInstance)
                .map(fact -> ((JournalFact.GroupEnded) fact).result())
                .filter(row -> row.group().name().value().equals(group))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** The lowest healthy capacity of a group since the build started. */
    int lowestHealthy(String group) {
        AccountRegion place =
                new AccountRegion(simulator.account().defaultAccount().id(), "eu-west-1");
        return simulator
                .recorded(recorder -> recorder.lowestServing(place, group, startedAt, simulator.now()))
                .orElseThrow();
    }

    /** When a group launched for the first time. */
    Instant firstLaunch(String group) {
        return simulator.effects().stream()
                .filter(effect -> effect.change().startsWith("launched into " + group + " "))
                .map(EventLog.Effect::at)
                .findFirst()
                .orElseThrow();
    }

    /** Lets AWS finish what is under way. */
    void settle() {
        simulator.advanceTo(simulator.now().plus(Duration.ofMinutes(10)));
    }

    /** The groups as they are now. */
    Fleet fleet() {
        return Fleet.of(simulator);
    }

    /** What really changed so far. */
    Effects effects() {
        return Effects.of(simulator);
    }

    /** A step's operation on its host, all of it from the disk. */
    private final class Life {
        private final ScenarioHost host;
        private final StepHost dressed;
        private final StepOperation operation;
        private StepState state;

        Life(String stepId, String function, Map<String, ?> parameters) {
            RunIdentity run = new RunIdentity(runId, "weekly", 1, "", stepId, "a test", startedAt, controller);
            host = new ScenarioHost(run, clock, http, null, probes, directory, console::add);
            operation = operating.apply(Steps.operation(function, parameters));
            dressed = hosting.apply(isJudged ? new TruthfulHost(host, simulator) : host);
            state = host.saved();
        }

        Progress tick() {
            try {
                return saved(operation.advance(state, dressed));
            } catch (CloudException | ParameterException e) {
                return new Progress.Failed(state, String.valueOf(e.getMessage()));
            }
        }

        Progress stop() {
            try {
                return saved(operation.stop(state, StopReason.ABORTED, dressed));
            } catch (CloudException e) {
                return new Progress.Failed(state, String.valueOf(e.getMessage()));
            }
        }

        private Progress saved(Progress progress) {
            state = progress.state();
            dressed.save(state);
            return progress;
        }
    }
}
