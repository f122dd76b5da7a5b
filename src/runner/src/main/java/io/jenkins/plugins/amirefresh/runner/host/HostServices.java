package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.aws.AwsClouds;
import io.jenkins.plugins.amirefresh.aws.AwsConnection;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.Suggestion;
import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.build.Credential;
import io.jenkins.plugins.amirefresh.runner.interpreter.Background;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineRuntime;
import io.jenkins.plugins.amirefresh.runner.world.World;
import io.jenkins.plugins.amirefresh.schedule.DefaultWindows;
import io.jenkins.plugins.amirefresh.slack.SlackTexts;
import io.jenkins.plugins.amirefresh.step.CallsInJournal;
import io.jenkins.plugins.amirefresh.step.EarlierRun;
import io.jenkins.plugins.amirefresh.step.GroupLocks;
import io.jenkins.plugins.amirefresh.step.Observer;
import io.jenkins.plugins.amirefresh.step.Probes;
import io.jenkins.plugins.amirefresh.step.Settings;
import io.jenkins.plugins.amirefresh.step.SlackPosts;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.observe.SharedObserver;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.storage.JournalFile;
import io.jenkins.plugins.amirefresh.step.storage.LockFile;
import io.jenkins.plugins.amirefresh.step.storage.RoutedSender;
import io.jenkins.plugins.amirefresh.step.storage.SlackOutbox;
import io.jenkins.plugins.amirefresh.step.storage.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What all product steps of one build share: AWS, the observer, the run's record, locks, Slack, state files. */
public final class HostServices implements AutoCloseable {
    private static final String VERSION = "rehearsal";
    private static final Duration WINDOW = Duration.ofHours(4);

    private final Build build;
    private final World world;
    private final Map<String, StepDefinition> definitions = new LinkedHashMap<>();
    private final boolean restartsEveryTick;
    private final AwsClouds clouds;
    private final Observer observer;
    private final Path journalFile;
    private final Path lockFile;
    private Journal journal;
    private GroupLocks locks;
    private final SlackFile slackFile;
    private final PagerDutyFile pagerDutyFile;
    private SlackOutbox slack;
    private final Settings settings = defaults();
    private final Path out;
    private final SimulatedBuilders builders;
    private final Map<String, Probes> probes = new HashMap<>();
    private final Map<String, LiveStep> live = new HashMap<>();
    private final List<Finisher> finishers = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private List<Background> background = List.of();
    private List<EarlierRun> earlier = List.of();
    private DeclaredAnswers answers = new DeclaredAnswers(Map.of());

    /**
     * For one build.
     *
     * @param out where the run's record and Slack posts go
     * @param restartsEveryTick whether each unit of work starts from what is on the disk, as after a restart
     * @param slackRefusals what Slack answers first
     */
    public HostServices(
            Build build,
            World world,
            List<StepDefinition> definitions,
            Path out,
            boolean restartsEveryTick,
            List<Receipt> slackRefusals) {
        this.build = build;
        this.world = world;
        definitions.forEach(definition -> this.definitions.put(definition.functionName(), definition));
        this.restartsEveryTick = restartsEveryTick;
        this.clouds = new AwsClouds(
                connection(), build.settings().jobName(), build.settings().number());
        this.observer = new SharedObserver(clouds::cloud, world.time().clock());
        this.journalFile = out.resolve("journal.jsonl");
        this.lockFile = build.directory().resolve("locks.jsonl");
        this.journal = JournalFile.open(journalFile);
        this.journal.append(opened());
        this.locks = LockFile.open(lockFile);
        this.out = out;
        this.builders = new SimulatedBuilders(world, credentials(""));
        this.slackFile = new SlackFile(out.resolve("slack.jsonl"), world.time().clock(), slackRefusals);
        this.pagerDutyFile = new PagerDutyFile(
                out.resolve("pagerduty.jsonl"),
                world.time().clock(),
                build.settings().credentials());
        this.slack = openSlack();
    }

    private JournalEvent opened() {
        String job = build.settings().jobName();
        int number = build.settings().number();
        String id = job.replace('/', '-') + "-" + number;
        return new JournalEvent(
                "opened/" + id,
                build.startedAt(),
                "rehearse",
                new JournalFact.RunOpened(id, job, number, "", "rehearsal"));
    }

    private SlackOutbox openSlack() {
        return SlackOutbox.open(
                new RoutedSender(slackFile, pagerDutyFile),
                build.directory(),
                world.time().clock(),
                notices::add);
    }

    private AwsConnection connection() {
        return AwsConnection.of(world.http(), this::credentials, world.time().clock(), VERSION)
                .at(world.endpoint())
                .withoutWaiting()
                .toldTo(new CallsInJournal(() -> journal));
    }

    /** Refuses an id that is none of the build's AWS credentials: in Jenkins the step would fail, so it does here. */
    void requireAwsKeys(String id) {
        Map<String, Credential> declared = build.settings().credentials();
        Credential found = declared.get(id);
        if (found instanceof Credential.AwsKeys) {
            return;
        }
        List<String> keys = declared.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Credential.AwsKeys)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        String near = Suggestion.of(id, keys);
        String known = keys.isEmpty() ? "none is declared" : "declared are " + String.join(", ", keys);
        throw ParameterException.about(
                CommonParameters.CREDENTIALS_ID,
                (found == null ? "there are no AWS credentials '" + id + "'" : "'" + id + "' is " + found.kind())
                        + (near.isEmpty() ? "; " + known : near) + "; declare a stand-in with --credential " + id
                        + "=AKIA...:SECRET");
    }

    private AwsCredentialsProvider credentials(String id) {
        Credential declared = build.settings().credentials().get(id);
        if (declared instanceof Credential.AwsKeys keys) {
            return StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey()));
        }
        Map<String, String> variables = world.agentEnvironment();
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                variables.getOrDefault("AWS_ACCESS_KEY_ID", "rehearsal"),
                variables.getOrDefault("AWS_SECRET_ACCESS_KEY", "rehearsal")));
    }

    /** Builds of the job whose results are in these directories came before, in order. */
    public void after(List<Path> results) {
        earlier = EarlierResults.of(results);
    }

    /** People answer so what steps ask them. */
    public void answering(Map<String, String> inputs) {
        answers = new DeclaredAnswers(inputs);
    }

    /** Before a step goes on. */
    void answer() {
        answers.give(journal, world.time().now());
    }

    List<EarlierRun> earlierRuns() {
        return earlier;
    }

    Build build() {
        return build;
    }

    /** What a step's probes wait for outlives its restarts: packets know nothing of them. */
    Probes probes(String stepId) {
        return probes.computeIfAbsent(stepId, id -> new SimulatedProbes(world));
    }

    World world() {
        return world;
    }

    Cloud cloud(AccountAccess access, AwsRegion region) {
        return clouds.cloud(access, region);
    }

    Observer observer() {
        return observer;
    }

    Journal journal() {
        return journal;
    }

    /** The run's record so far. */
    public List<JournalEvent> events() {
        return journal.events();
    }

    GroupLocks locks() {
        return locks;
    }

    SimulatedBuilders builders() {
        return builders;
    }

    /** Keeps a file where the rehearsal's results are. */
    void keep(String name, String text) {
        if (name.contains("/") || name.contains("..")) {
            throw new IllegalArgumentException("'" + name + "' is no file name");
        }
        try {
            Files.writeString(out.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + out.resolve(name), e);
        }
    }

    SlackPosts slack() {
        return slack;
    }

    /** Lets the steps of a program find this, and its waits send what Slack did not take. */
    public void serve(PipelineRuntime runtime) {
        runtime.provide(HostServices.class, this);
        if (!background.isEmpty()) {
            // A build that another one started runs inside that one's time.
            return;
        }
        runtime.inBackground(new Background() {
            @Override
            public Optional<Instant> next() {
                return Stream.concat(slack.next().stream(), finishing()).min(Comparator.naturalOrder());
            }

            @Override
            public void run() {
                List.copyOf(finishers).forEach(Finisher::run);
                slack.deliver();
                notices.forEach(runtime.console()::print);
                notices.clear();
            }
        });
        background = runtime.background();
    }

    /** What goes on after the pipeline's own code has ended: groups on their way to a safe place, posts on their way to Slack. */
    public void finish() {
        Optional<Instant> next = open();
        while (next.isPresent()) {
            if (next.get().isAfter(world.time().now())) {
                world.time().advanceTo(next.get());
            }
            background.forEach(Background::run);
            next = open();
        }
    }

    private Optional<Instant> open() {
        Stream<Instant> posts = slack.isDone() ? Stream.empty() : slack.next().stream();
        return Stream.concat(posts, finishing()).min(Comparator.naturalOrder());
    }

    private Stream<Instant> finishing() {
        return finishers.stream().flatMap(finisher -> finisher.next().stream());
    }

    /** What users would set once: the product's own defaults. */
    Settings settings() {
        return settings;
    }

    private static Settings defaults() {
        return new Settings(
                List.of(),
                List.of(AccountAccess.SELF),
                DefaultWindows.bundled(),
                ZoneOffset.UTC,
                WINDOW,
                Map.of(),
                SlackTexts.DEFAULT_CHANNEL);
    }

    List<StepDefinition> definitions() {
        return List.copyOf(definitions.values());
    }

    StepDefinition definition(String functionName) {
        StepDefinition definition = definitions.get(functionName);
        if (definition == null) {
            throw new IllegalStateException("there is no step " + functionName);
        }
        return definition;
    }

    /** The operation and state of a step: kept between ticks, or made anew from the disk for each. */
    LiveStep live(OperationCall call) {
        if (restartsEveryTick) {
            journal = JournalFile.open(journalFile);
            locks = LockFile.open(lockFile);
            slack = openSlack();
            return open(call);
        }
        return live.computeIfAbsent(call.stepId(), id -> open(call));
    }

    private LiveStep open(OperationCall call) {
        Path file = build.directory().resolve("steps").resolve(call.stepId() + ".jsonl");
        return new LiveStep(definition(call.functionName()).operation(call.parsed(this)), StateFile.open(file));
    }

    /** The step has ended. */
    void ended(OperationCall call) {
        live.remove(call.stepId());
    }

    /** Takes over a step whose build no longer waits for it. */
    void finish(Finisher finisher) {
        finishers.add(finisher);
    }

    @Override
    public void close() {
        builders.close();
        clouds.close();
    }
}
