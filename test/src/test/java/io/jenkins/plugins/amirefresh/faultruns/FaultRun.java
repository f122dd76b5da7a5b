package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.scenario.Scenario;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.truth.Truth;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One world, from its start until nothing of the run is left. */
final class FaultRun {

    /** Ticks are 15 s apart. */
    private static final int TICKS_AN_HOUR = 240;

    private final World world;
    private final Predicate<List<Violation>> isEnough;
    private final Planted planted;
    private final Simulator simulator;
    private final Watch watch;
    private final SortedSet<String> happened = new TreeSet<>();
    private Scenario scenario;
    private @Nullable Progress end;
    private int ticks;

    private FaultRun(World world, Plant plant, Path directory, Earth earth, Predicate<List<Violation>> isEnough) {
        this.world = world;
        this.isEnough = isEnough;
        this.planted = new Planted(plant);
        this.simulator = earth.simulator(world);
        prepare();
        this.watch = new Watch(simulator, world.moves(), world.nature());
        this.scenario = Scenario.on(simulator, directory);
    }

    private void prepare() {
        world.preparations().forEach(move -> move.make(simulator, Truth.of(simulator)));
        simulator.advanceTo(WorldMaker.START);
    }

    /**
     * What a run came to.
     *
     * @param ticks of its first step
     * @param traits what was in it and came to happen
     * @param story everything that happened, for people
     */
    record Outcome(World world, int ticks, List<Violation> violations, SortedSet<String> traits, String story) {}

    /** Runs the world; never throws for what the product does. */
    static Outcome of(World world, Plant plant, Earth earth) {
        return of(world, plant, earth, violations -> false);
    }

    /**
     * The same, for who does not need to see the end.
     *
     * @param isEnough asked after each tick, with the violations so far
     */
    static Outcome of(World world, Plant plant, Earth earth, Predicate<List<Violation>> isEnough) {
        Path directory;
        try {
            directory = Files.createTempDirectory("world");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return new FaultRun(world, plant, directory, earth, isEnough).run();
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome run() {
        String crash = "";
        try {
            recycle();
            epilogue();
            restoreWhatIsLeft();
        } catch (EnoughException e) {
            crash = "not run to its end";
        } catch (RuntimeException | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            crash = trace.toString();
            String cause = e.getCause() == null ? "" : ", since " + e.getCause();
            watch.violated(new Violation(Invariant.CRASH, "", e + cause));
        }
        SortedSet<String> traits = new TreeSet<>(world.traits());
        traits.removeIf(trait -> trait.startsWith("move:") || trait.startsWith("abort:"));
        traits.addAll(watch.traits());
        traits.addAll(happened);
        String story = world + "\n\nconsole\n" + String.join("\n", scenario.console()) + "\n\nhappened\n"
                + String.join("\n", watch.happened()) + "\n\nend " + end + "\n"
                + lines() + "\n" + crash;
        return new Outcome(world, ticks, List.copyOf(watch.violations()), traits, story);
    }

    private String lines() {
        StringBuilder lines = new StringBuilder();
        watch.now()
                .groups()
                .forEach((name, group) ->
                        lines.append(name).append(": ").append(group.line()).append('\n'));
        return lines.toString();
    }

    private void recycle() {
        World.HostLife host = world.host();
        scenario.dyingAt(host.deaths())
                .restartingAfter(host::restartsAfter)
                .abortingAfter(tick -> host.abortAfter() > 0 && tick == host.abortAfter());
        int most = world.epilogue() == World.Epilogue.VANISH
                ? Math.max(1, (int) Math.floorMod(world.seed(), 40L))
                : mostTicks();
        Judge judge = new Judge(watch, world.nature(), world.parameters());
        rival();
        Progress progress = step(judge, "recycleAsgs", world.parameters(), most);
        ticks = scenario.ticks();
        if (host.abortAfter() > 0 && ticks > host.abortAfter()) {
            happened.add("abort:" + world.parameters().get("onAbort"));
        }
        if (scenario.deaths() > 0) {
            happened.add("restart:killed");
        }
        if (world.epilogue() == World.Epilogue.VANISH) {
            return;
        }
        watch.passUntilAlone(simulator.now().plus(Duration.ofHours(12)));
        ended("recycleAsgs", judge, progress, host.abortAfter() > 0 && scenario.ticks() > host.abortAfter());
        boolean isFromRead =
                progress.state().documents().keySet().stream().anyMatch(key -> key.startsWith("candidate:"));
        if (isFromRead) {
            watch.now().groups().values().stream()
                    .filter(group -> watch.now().template(group).isPresent())
                    .map(Truth.Group::name)
                    .filter(name -> !judge.rows().containsKey(name))
                    .forEach(name -> watch.violated(new Violation(Invariant.VERDICT, name, "no row")));
        }
    }

    private void rival() {
        if (world.nature().has(Kind.TWO_CONTROLLERS)) {
            Scenario other = scenario.onAnotherController("rival-1", "controller-2");
            Judge judge = new Judge(watch, world.nature(), world.parameters());
            planted.scenario(other)
                    .passingTimeBy(until -> {})
                    .watchedBy(watch)
                    .hostedBy(host -> planted.host(judge.host(host)))
                    .operatedBy(operation -> planted.operation(judge.operation(operation)));
            watch.meets(new Rival(other, world.parameters(), simulator.now().plusSeconds(world.seed() % 40)));
        }
    }

    private int mostTicks() {
        return (world.groupLimitMinutes() * 2 + 90) * watch.accounts().size() * TICKS_AN_HOUR / 60;
    }

    private Progress step(Judge judge, String function, Map<String, ?> parameters, int ticks) {
        watch.forgetPlans();
        planted.scenario(scenario)
                .passingTimeBy(this::pass)
                .watchedBy(watch)
                .hostedBy(host -> planted.host(judge.host(host)))
                .operatedBy(operation -> planted.operation(judge.operation(operation)));
        Progress progress = scenario.runAndVanish(function, parameters, ticks);
        end = progress;
        return progress;
    }

    private void pass(Instant until) {
        if (watch.isRunaway()) {
            watch.violated(new Violation(Invariant.END, "", "its calls and instances have no end"));
            throw new EnoughException();
        }
        if (isEnough.test(watch.violations())) {
            throw new EnoughException();
        }
        watch.pass(until);
    }

    /** What must hold when a step has ended. */
    private void ended(String function, Judge judge, Progress progress, boolean wasAborted) {
        if (progress instanceof Progress.Again) {
            watch.violated(
                    new Violation(Invariant.END, "", function + " goes on after " + scenario.ticks() + " ticks"));
            return;
        }
        boolean isOwnFailure =
                progress instanceof Progress.Failed failed && !failed.toString().contains(function + ": ");
        watch.now().groups().forEach((name, group) -> {
            List<String> left = new ArrayList<>(watch.account(name).left(group));
            group.tags().forEach((key, value) -> {
                if (key.startsWith("ami-refresh:lease:") && value.startsWith("run=" + scenario.runId() + " ")) {
                    left.add("lease " + value);
                }
            });
            GroupResult row = judge.rows().get(name);
            boolean isSaid = row != null
                    && row.outcome() == GroupOutcome.FAILED
                    && row.reason().contains("restoreAsgs");
            boolean isKnown = group.tags().containsKey("ami-refresh:restore") && (isSaid || isOwnFailure);
            boolean isLost = world.epilogue() == World.Epilogue.VANISH
                    && watch.account(name).isUntagged();
            // Whoever removed our notes let another controller in, which cannot know what is ours: people are told.
            boolean isForPeople = row != null
                    && row.outcome() == GroupOutcome.FAILED
                    && row.reason().contains("by hand")
                    && world.nature().has(Kind.TWO_CONTROLLERS)
                    && watch.account(name).wasUntagged();
            if (!left.isEmpty() && !isKnown && !isLost && !isForPeople) {
                watch.violated(new Violation(Invariant.NOTHING_LEFT, name, "after " + function + ": " + left));
            }
        });
        boolean isGreen = progress instanceof Progress.Done;
        String failOn = String.valueOf(world.parameters().get("failOn"));
        boolean isBad = judge.rows().values().stream()
                .anyMatch(row -> (row.outcome() == GroupOutcome.FAILED && !failOn.equals("none"))
                        || (row.outcome() == GroupOutcome.ROLLED_BACK && failOn.equals("any")));
        if (function.equals("recycleAsgs") && isGreen && isBad && !wasAborted) {
            watch.violated(new Violation(Invariant.VERDICT, "", "green over " + judge.rows()));
        }
    }

    private void epilogue() {
        switch (world.epilogue()) {
            case NONE -> {}
            case SMOKE_TEST -> next("smokeTestAsg", Map.of("onFailure", "rollback", "failOn", "none"));
            case ROLLBACK -> next("rollbackAsgs", Map.of("timeLimit", "90m", "failOn", "none"));
            case RESTORE -> next("restoreAsgs", world.places());
            case VANISH -> {
                if (end instanceof Progress.Again) {
                    happened.add("restart:vanished");
                }
                if (world.nature().has(Kind.STALE_READS)) {
                    // No build follows another one faster than AWS shows what that one did.
                    watch.pass(simulator.now().plusSeconds(TroubleMaker.STALEST));
                }
                scenario = scenario.nextBuild("weekly-2");
                next("restoreAsgs", world.places());
            }
        }
    }

    private void next(String function, Map<String, ?> parameters) {
        scenario.abortingAfter(tick -> false);
        Judge judge = new Judge(watch, world.nature(), Map.of());
        Progress progress = step(judge, function, parameters, mostTicks());
        ended(function, judge, progress, false);
    }

    /** What a failed group or step left with its tag, restoreAsgs undoes once the account is quiet again. */
    private void restoreWhatIsLeft() {
        Instant quiet = simulator.now().plus(Duration.ofMinutes(45));
        watch.pass(quiet);
        List<String> tagged = new ArrayList<>();
        watch.now().groups().forEach((name, group) -> {
            if (group.tags().containsKey("ami-refresh:restore")) {
                tagged.add(name);
            }
        });
        if (!tagged.isEmpty()) {
            happened.add("end:restored");
            scenario = scenario.nextBuild("weekly-3");
            next("restoreAsgs", world.places());
            watch.now().groups().forEach((name, group) -> {
                List<String> left = watch.account(name).left(group);
                if (!left.isEmpty()) {
                    watch.violated(new Violation(Invariant.NOTHING_LEFT, name, "after the last restoreAsgs: " + left));
                }
            });
        }
    }

    /** Nobody needs to see the end. */
    private static final class EnoughException extends RuntimeException {}
}
