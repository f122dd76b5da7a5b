package io.jenkins.plugins.amirefresh.weeks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.scenario.Death;
import io.jenkins.plugins.amirefresh.scenario.DressedHost;
import io.jenkins.plugins.amirefresh.scenario.Scenario;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.wire.ServiceModels;
import io.jenkins.plugins.amirefresh.step.EarlierRun;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One week, from its start until its last build has ended. */
final class WeekRun {

    /** What is known to go wrong, so that it can be seen to be found. */
    enum Plant {
        NONE("nothing"),
        /** The time zone on a group is taken for UTC. */
        ZONE_MISREAD("outside its windows"),
        /** The last group is left out. */
        FORGOTTEN("no row in build"),
        /** Groups are refreshed again to what they run. */
        TWICE("replaced twice");

        private final String found;

        Plant(String found) {
            this.found = found;
        }

        /** As the judge has to call it. */
        boolean isIn(Outcome outcome) {
            return outcome.violations().stream().anyMatch(text -> text.contains(found));
        }
    }

    private static final ServiceModels MODELS = new ServiceModels();
    private static final int MOST_TICKS = 60_000;
    /** Each tick forces files to the disk, which is most of the time that a week takes, unless there is none. */
    private static final Path FILES = Stream.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))
            .filter(Files::isWritable)
            .findFirst()
            .orElseThrow();

    private final Week week;
    private final Plant plant;
    private final Simulator simulator;
    private final TreeMap<Instant, Runnable> happenings = new TreeMap<>();
    private final TreeMap<Instant, Duration> outages;
    private final List<Scenario> builds = new ArrayList<>();
    private final List<Progress> ends = new ArrayList<>();
    private final Map<String, Instant> asked = new HashMap<>();
    private boolean isDown;

    private WeekRun(Week week, Plant plant) {
        this.week = week;
        this.plant = plant;
        this.simulator = Simulator.of(new AccountReader().read("week.yaml", week.yaml()), MODELS);
        this.outages = new TreeMap<>(week.outages());
        week.groups().forEach(group -> group.said().stream()
                .skip(1)
                .forEach(said -> happenings.put(said.since(), () -> tag(group.name(), said.tags()))));
    }

    /** What a week came to: each violation as a sentence. */
    record Outcome(Week week, List<String> violations, Map<String, Integer> counts, long millis) {}

    static Outcome of(long seed, Plant plant) {
        Week week = WeekMaker.of(seed);
        Path directory = null;
        long began = System.nanoTime();
        try {
            directory = Files.createTempDirectory(FILES, "week");
            WeekRun run = new WeekRun(week, plant);
            run.run(directory);
            WeekJudge judge = new WeekJudge(week, run.simulator, run.builds, run.ends);
            List<String> violations = judge.violations();
            judge.counts()
                    .put("ticks", run.builds.stream().mapToInt(Scenario::ticks).sum());
            return new Outcome(week, violations, judge.counts(), (System.nanoTime() - began) / 1_000_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | AssertionError e) {
            return new Outcome(week, List.of("seed " + seed + ": ended by " + e), Map.of(), 0);
        } finally {
            delete(directory);
        }
    }

    private static void delete(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(Path directory) {
        Scenario scenario = Scenario.on(simulator, directory);
        for (int number = 1; number <= week.builds().size(); number++) {
            pass(week.builds().get(number - 1));
            if (number > 1) {
                scenario = scenario.nextBuild("weekly-" + number);
            }
            build(scenario, parameters(number), number == 1);
        }
        if (plant == Plant.TWICE) {
            Map<String, Object> again = new HashMap<>(week.parameters());
            again.put("sameAmi", "replace");
            again.put("windows", "ignore");
            again.put("launchTemplateVersion", 1);
            build(scenario.nextBuild("weekly-0"), again, false);
            again.remove("launchTemplateVersion");
            build(scenario.nextBuild("weekly-00"), again, false);
        }
    }

    private Map<String, Object> parameters(int number) {
        Map<String, Object> parameters = new HashMap<>(week.parameters());
        if (plant == Plant.FORGOTTEN && number == 1) {
            parameters.put(
                    "excludeAsgs", week.groups().get(week.groups().size() - 1).name());
        }
        return parameters;
    }

    private void build(Scenario scenario, Map<String, Object> parameters, boolean isFirst) {
        List<EarlierRun> earlier = new ArrayList<>();
        builds.forEach(one ->
                earlier.add(0, new EarlierRun(one.runId(), 1, simulator.now(), () -> RunHistory.of(one.journal()))));
        if (isFirst) {
            Map<Integer, Death.Moment> fatal = new HashMap<>();
            week.deaths()
                    .forEach((call, isBefore) ->
                            fatal.put(call, isBefore ? Death.Moment.BEFORE_THE_CALL : Death.Moment.BEFORE_THE_ANSWER));
            scenario.dyingAt(fatal);
        }
        scenario.restartingAfter(this::restarts)
                .hostedBy(host -> new Host(host, earlier))
                .passingTimeBy(this::pass);
        if (plant == Plant.ZONE_MISREAD) {
            scenario.misreadBy((call, body) ->
                    body.replaceAll("(?:Europe|America|Asia|Australia|Pacific|Africa)/[A-Z][A-Za-z_]+", "UTC"));
        }
        builds.add(scenario);
        ends.add(scenario.runAndVanish("recycleAsgs", parameters, MOST_TICKS));
    }

    private boolean restarts(int tick) {
        boolean wasDown = isDown;
        isDown = false;
        return wasDown || (week.restarts() > 0 && tick % week.restarts() == 0);
    }

    /** Lets time pass until then, with what others do meanwhile; when the controller goes down, until it is back. */
    private void pass(Instant until) {
        Instant end = until;
        while (!outages.isEmpty() && !outages.firstKey().isAfter(end)) {
            Map.Entry<Instant, Duration> outage = outages.pollFirstEntry();
            isDown = true;
            Instant back = outage.getKey().plus(outage.getValue());
            end = back.isAfter(end) ? back : end;
        }
        while (!happenings.isEmpty() && !happenings.firstKey().isAfter(end)) {
            Map.Entry<Instant, Runnable> happening = happenings.pollFirstEntry();
            advance(happening.getKey());
            happening.getValue().run();
        }
        advance(end);
    }

    private void advance(Instant until) {
        if (until.isAfter(simulator.now())) {
            simulator.advanceTo(until);
        }
    }

    private void tag(String group, Map<String, String> tags) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        tags.forEach((key, value) -> input.withArray("Tags")
                .addObject()
                .put("ResourceId", group)
                .put("ResourceType", "auto-scaling-group")
                .put("Key", key)
                .put("Value", value)
                .put("PropagateAtLaunch", false));
        Caller colleague = new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/colleague", "test");
        simulator.call("autoscaling", "CreateOrUpdateTags", input, colleague);
    }

    /** People answer what is asked, and earlier builds are there. */
    private final class Host extends DressedHost {

        private final List<EarlierRun> earlier;

        Host(StepHost host, List<EarlierRun> earlier) {
            super(host);
            this.earlier = earlier;
        }

        @Override
        public List<EarlierRun> earlierRuns() {
            return earlier;
        }

        @Override
        public Journal journal() {
            answer();
            return super.journal();
        }

        private void answer() {
            RunHistory history = super.journal().history();
            Instant now = simulator.now();
            history.openApprovals(now).forEach(question -> {
                Instant since = asked.computeIfAbsent(question.key(), key -> now);
                if (!now.isBefore(since.plus(Duration.ofMinutes(Math.abs(week.answers()))))) {
                    super.journal()
                            .append(new JournalEvent(
                                    question.key() + ":answered",
                                    now,
                                    "a test",
                                    new JournalFact.ApprovalAnswered(
                                            question.key(), week.answers() >= 0, "somebody", "")));
                }
            });
        }
    }
}
