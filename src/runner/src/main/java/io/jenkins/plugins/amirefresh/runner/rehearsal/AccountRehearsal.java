package io.jenkins.plugins.amirefresh.runner.rehearsal;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.host.HostServices;
import io.jenkins.plugins.amirefresh.runner.host.ProductSteps;
import io.jenkins.plugins.amirefresh.runner.interpreter.ScriptCompilationException;
import io.jenkins.plugins.amirefresh.runner.steps.StandardSteps;
import io.jenkins.plugins.amirefresh.runner.world.World;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.catalog.PipelineVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rehearses a Jenkinsfile on an account and writes what happened. */
public final class AccountRehearsal {
    private final RehearsalOptions options;
    private final World world;
    private final List<StepDefinition> definitions;
    private final Path out;
    private final boolean restartsEveryTick;
    private List<JournalEvent> events = List.of();

    /**
     * Prepares a run.
     *
     * @param definitions the product's steps
     * @param out where the results go; the console is written by the caller
     * @param restartsEveryTick whether each unit of a step's work starts from what is on the disk
     */
    public AccountRehearsal(
            RehearsalOptions options,
            World world,
            List<StepDefinition> definitions,
            Path out,
            boolean restartsEveryTick) {
        this.options = withAgentVariables(options, world);
        this.world = world;
        this.definitions = List.copyOf(definitions);
        this.out = out;
        this.restartsEveryTick = restartsEveryTick;
    }

    private static RehearsalOptions withAgentVariables(RehearsalOptions options, World world) {
        Map<String, String> environment = new TreeMap<>(options.environment());
        environment.putAll(world.agentEnvironment());
        return options.withEnvironment(environment);
    }

    /** Runs to the end; see {@link Rehearsal#run}. */
    public BuildResult run(List<Appendable> outputs)
            throws IOException, ScriptCompilationException, InterruptedException {
        Rehearsal rehearsal = new Rehearsal(
                options,
                world.time(),
                libraries -> StandardSteps.catalogue(libraries, options.inputs())
                        .add(ProductSteps.of(definitions))
                        .checkingVariables(new PipelineVariables(definitions)::problems),
                outputs);
        Build build = rehearsal.build();
        Files.createDirectories(build.directory());
        try (HostServices services =
                new HostServices(build, world, definitions, out, restartsEveryTick, options.slackRefusals())) {
            services.after(options.earlier());
            services.answering(options.inputs());
            BuildResult result = rehearsal
                    .providing(runtime -> services.serve(runtime))
                    .afterwards(services::finish)
                    .run();
            events = services.events();
            new ResultFiles(out).write(build, world, events);
            return result;
        }
    }

    /** One line for people after {@link #run}: the result, whether it was expected, and what became of the groups. */
    public String summary(BuildResult result, BuildResult expected) {
        Map<GroupOutcome, Integer> counts = new EnumMap<>(GroupOutcome.class);
        RunHistory history = RunHistory.of(events);
        history.rows().forEach(row -> counts.merge(row.outcome(), 1, Integer::sum));
        int forgotten = history.forgotten().size();
        Stream<String> named = forgotten == 0 ? Stream.of() : Stream.of(groups(forgotten, "that no step names"));
        Stream<String> ended = Stream.of(
                        GroupOutcome.ROLLED_BACK,
                        GroupOutcome.FAILED,
                        GroupOutcome.MISSED,
                        GroupOutcome.HELD,
                        GroupOutcome.REFUSED,
                        GroupOutcome.PAUSED,
                        GroupOutcome.UNFINISHED,
                        GroupOutcome.REFRESHED)
                .filter(counts::containsKey)
                .map(outcome -> groups(counts.getOrDefault(outcome, 0), outcome.words()));
        String groups = Stream.concat(ended, named).collect(Collectors.joining(", "));
        String verdict = result == expected ? ", as expected" : ", expected was " + expected;
        return result + verdict + (groups.isEmpty() ? "" : ": " + groups);
    }

    private static String groups(int count, String words) {
        return count + (count == 1 ? " group " : " groups ") + words;
    }
}
