package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.FleetObservation;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.GroupLocks;
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
import io.jenkins.plugins.amirefresh.step.fakes.FakeHost;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A host whose network answers what a test says, and whose Slack keeps what was posted. */
final class TestingHost implements StepHost, Probes, SlackPosts, Observer {

    final FakeHost rest = new FakeHost();
    final OneGroup account = new OneGroup();
    final List<URI> asked = new ArrayList<>();
    final Map<String, Message> posts = new LinkedHashMap<>();
    final Map<String, String> kept = new LinkedHashMap<>();
    Function<URI, Answer> network = uri -> new Answer.Http(200, "ok");
    int saves;
    boolean hasAgent = true;

    /** Runs a step to its end, each tick from saved state alone. */
    Progress run(StepDefinition step, Map<String, ?> given) {
        StepState state = StepState.EMPTY;
        for (int tick = 0; tick < 500; tick++) {
            Progress progress = tick(step, given, state);
            if (!(progress instanceof Progress.Again again)) {
                return progress;
            }
            rest.pass(again.after());
            state = StepState.of(again.state().documents());
        }
        throw new AssertionError("no end after 500 ticks: " + rest.console);
    }

    Progress tick(StepDefinition step, Map<String, ?> given, StepState state) {
        Parameters parameters = Parameters.parse(step.functionName(), step.parameters(), given);
        return step.operation(parameters).advance(state, this);
    }

    @Override
    public Optional<Answer> http(String key, URI uri, Map<String, String> headers, Duration timeLimit) {
        asked.add(uri);
        return Optional.of(network.apply(uri));
    }

    @Override
    public Optional<Answer> tcp(String key, String host, int port, Duration timeLimit) {
        return Optional.of(network.apply(URI.create("tcp://" + host + ":" + port)));
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public Optional<Receipt> post(String key, Message message) {
        posts.putIfAbsent(key, message);
        return Optional.of(new Receipt.Posted(message.channel(), "1"));
    }

    @Override
    public FleetObservation all(AccountAccess access, AwsRegion region) {
        return new FleetObservation(Map.of(OneGroup.WEB, account.group(clock().instant())));
    }

    @Override
    public FleetObservation outlines(AccountAccess access, AwsRegion region) {
        return all(access, region);
    }

    @Override
    public FleetObservation groups(AccountAccess access, AwsRegion region, Set<GroupKey> groups) {
        return all(access, region);
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void keep(String name, String text) {
        kept.put(name, text);
    }

    @Override
    public Cloud cloud(AccountAccess access, AwsRegion region) {
        return account;
    }

    @Override
    public Observer observer() {
        return this;
    }

    @Override
    public Probes probes() {
        return this;
    }

    @Override
    public SlackPosts slack() {
        return this;
    }

    @Override
    public void save(StepState state) {
        saves++;
    }

    @Override
    public void log(String line) {
        rest.log(line);
    }

    @Override
    public Clock clock() {
        return rest.clock();
    }

    @Override
    public RunIdentity run() {
        return rest.run();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("AMI_REFRESH_REGIONS", "eu-west-1");
    }

    @Override
    public Settings settings() {
        return rest.settings();
    }

    @Override
    public Processes processes() {
        return rest.processes();
    }

    @Override
    public Workspace workspace() {
        return hasAgent ? rest.workspace() : new NoWorkspace();
    }

    @Override
    public Journal journal() {
        return rest.journal();
    }

    @Override
    public GroupLocks locks() {
        return rest.locks();
    }
}
