package io.jenkins.plugins.amirefresh.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.runner.build.BuildParameterException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.Credential;
import io.jenkins.plugins.amirefresh.runner.host.SlackRefusals;
import io.jenkins.plugins.amirefresh.runner.interpreter.ScriptCompilationException;
import io.jenkins.plugins.amirefresh.runner.rehearsal.AccountRehearsal;
import io.jenkins.plugins.amirefresh.runner.rehearsal.RehearsalOptions;
import io.jenkins.plugins.amirefresh.runner.trigger.DeclaredTrigger;
import io.jenkins.plugins.amirefresh.runner.trigger.EventBuilds;
import io.jenkins.plugins.amirefresh.runner.world.EndpointWorld;
import io.jenkins.plugins.amirefresh.runner.world.InProcessWorld;
import io.jenkins.plugins.amirefresh.runner.world.World;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFileException;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rehearse}: runs a Jenkinsfile in simulated time. */
@Command(
        name = "rehearse",
        description = "Runs a Jenkinsfile on a simulated AWS account in simulated time and writes what happened.",
        footer =
                "Exit codes: 0 SUCCESS or the expected result, 1 FAILURE, 2 wrong usage or unreadable files, 3 UNSTABLE, 4"
                        + " ABORTED.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class RehearseCommand implements Callable<Integer> {
    private static final String AGENT_VARIABLES = "PATH|HOME|LANG|LC_ALL|TMPDIR|USER|JAVA_HOME|TERM";

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", defaultValue = "Jenkinsfile", description = "the pipeline")
    private Path jenkinsfile;

    @Option(names = "--account", description = "the simulated account; default: the sample account")
    private @Nullable Path account;

    @Option(names = "--endpoint", description = "a running simulator to use instead, such as http://127.0.0.1:4566")
    private @Nullable URI endpoint;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "an IAM policy document: the pipeline may call no more than it allows; several count together. Roles"
                            + " that the account declares with a policy keep their own")
    private List<Path> policies = new ArrayList<>();

    @Option(names = "--start", description = "the simulated instant it starts at; default: the account's")
    private @Nullable Instant start;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "a build parameter; can be repeated")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--input", paramLabel = "ID=ANSWER", description = "answers an input step: ok, abort, NAME:VALUE")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Option(names = "--library", paramLabel = "NAME=DIRECTORY", description = "where a shared library is")
    private Map<String, Path> libraries = new LinkedHashMap<>();

    @Option(names = "--job", paramLabel = "NAME=JENKINSFILE", description = "what the step build runs under that name")
    private Map<String, Path> jobs = new LinkedHashMap<>();

    @Option(
            names = "--credential",
            paramLabel = "ID=VALUE",
            description =
                    "a stand-in for a credential, never a real one: TEXT, USER:PASSWORD, or an access key AKIA...:SECRET")
    private Map<String, String> credentials = new LinkedHashMap<>();

    @Option(
            names = "--earlier",
            paramLabel = "DIRECTORY",
            description = "the results (--out) of an earlier build of the job, in order; can be repeated")
    private List<Path> earlier = new ArrayList<>();

    @Option(names = "--abort-at", description = "the simulated instant a person aborts the build at")
    private @Nullable Instant abortAt;

    @Option(names = "--expect", description = "the result that makes the exit code 0; default: SUCCESS")
    private @Nullable BuildResult expected;

    @Option(names = "--out", defaultValue = "target/rehearsal", description = "where the results go")
    private Path out;

    @Option(
            names = "--slack",
            paramLabel = "ANSWERS",
            description = "what Slack answers first, with commas: 429:SECONDS, 503, network, lost, or an error's name")
    private String slack = "";

    @Option(
            names = "--events-for",
            paramLabel = "DURATION",
            description =
                    "no build at once: for so long, such as 2h, the pipeline's trigger amiRefreshEvents starts builds, one"
                            + " after another; their results are in build-1, build-2 ... of --out")
    private @Nullable String eventsFor;

    @Option(names = "--restart-every-tick", description = "start each unit of a step's work from what is on the disk")
    private boolean restartsEveryTick;

    RehearseCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter errors = spec.commandLine().getErr();
        if (!Files.isRegularFile(jenkinsfile)) {
            errors.println(jenkinsfile + ": there is no such file");
            return ExitCodes.WRONG_USAGE;
        }
        for (Path results : earlier) {
            if (!Files.isRegularFile(results.resolve("journal.jsonl"))) {
                errors.println("--earlier " + results + ": it holds no results of a rehearsal (journal.jsonl)");
                return ExitCodes.WRONG_USAGE;
            }
            if (results.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize())) {
                errors.println("--earlier " + results + ": the new results go there; give another --out");
                return ExitCodes.WRONG_USAGE;
            }
        }
        try {
            OutputDirectory.prepare(out);
            try (World world = world()) {
                return rehearse(world);
            }
        } catch (ScriptCompilationException e) {
            errors.println(e.problems().get(0));
        } catch (AccountFileException | BuildParameterException e) {
            errors.println(e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            errors.println("cannot read or write: " + e.getMessage());
        }
        return ExitCodes.WRONG_USAGE;
    }

    private World world() throws IOException {
        if (endpoint != null) {
            if (account != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--account and --endpoint exclude each other: the endpoint has its account");
            }
            if (!policies.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--policy and --endpoint exclude each other: whoever started the endpoint says who may do what");
            }
            return atEndpoint(endpoint);
        }
        AccountReader reader = new AccountReader();
        AccountFile file = account == null ? reader.sample() : reader.read(account);
        if (start != null && start.isBefore(file.start())) {
            throw new ParameterException(
                    spec.commandLine(), "--start " + start + " is before the account's own start, " + file.start());
        }
        Simulator simulator = Simulator.of(file);
        List<JsonNode> documents = new ArrayList<>();
        for (Path policy : policies) {
            documents.add(document(policy));
        }
        return new InProcessWorld(simulator, start == null ? file.start() : start, documents);
    }

    private JsonNode document(Path policy) {
        try {
            JsonNode document = Json.mapper().readTree(policy.toFile());
            if (document.path("Statement").isContainerNode()) {
                return document;
            }
            throw new ParameterException(spec.commandLine(), policy + ": no IAM policy document, it has no Statement");
        } catch (IOException e) {
            String why = e instanceof JsonProcessingException wrong ? wrong.getOriginalMessage() : "cannot be read";
            throw new ParameterException(spec.commandLine(), policy + ": no IAM policy document: " + why);
        }
    }

    private World atEndpoint(URI address) throws IOException {
        World world = new EndpointWorld(address);
        if (start == null) {
            return world;
        }
        Instant now = world.time().now();
        if (start.isBefore(now)) {
            world.close();
            throw new ParameterException(
                    spec.commandLine(), "--start " + start + " is before the simulator's clock, " + now);
        }
        world.time().advanceTo(start);
        return world;
    }

    private int rehearse(World world) throws IOException, ScriptCompilationException, InterruptedException {
        PrintWriter screen = spec.commandLine().getOut();
        BuildResult wanted = expected == null ? BuildResult.SUCCESS : expected;
        try (Writer file = Files.newBufferedWriter(out.resolve("console.txt"))) {
            BuildResult result = eventsFor == null
                    ? build(world, out, options(out), file, wanted)
                    : onEvents(world, eventsFor, file, wanted);
            world.warnings().forEach(warning -> screen.println("Warning: " + warning));
            screen.println(OutputDirectory.written(out));
            screen.flush();
            return ExitCodes.of(result, wanted);
        }
    }

    private BuildResult build(World world, Path folder, RehearsalOptions options, Writer console, BuildResult wanted)
            throws IOException, ScriptCompilationException, InterruptedException {
        PrintWriter screen = spec.commandLine().getOut();
        AccountRehearsal rehearsal = new AccountRehearsal(options, world, StepCatalog.all(), folder, restartsEveryTick);
        BuildResult result = rehearsal.run(List.of(console, screen));
        screen.println(rehearsal.summary(result, wanted));
        return result;
    }

    private BuildResult onEvents(World world, String time, Writer console, BuildResult wanted)
            throws IOException, ScriptCompilationException, InterruptedException {
        PrintWriter screen = spec.commandLine().getOut();
        List<Path> before = new ArrayList<>(earlier);
        try {
            EventBuilds builds = new EventBuilds(
                    DeclaredTrigger.of(jenkinsfile, RehearsalOptions.JOB),
                    world,
                    RehearsalOptions.JOB,
                    line -> screen.println(world.time().now() + " amiRefreshEvents: " + line));
            return builds.run(
                    io.jenkins.plugins.amirefresh.step.parameters.Parameters.parseDuration("--events-for", time),
                    (number, values) -> {
                        Path folder = OutputDirectory.ofBuild(out, number);
                        OutputDirectory.prepare(folder);
                        Map<String, String> given = new LinkedHashMap<>(parameters);
                        given.putAll(values);
                        RehearsalOptions options = options(folder)
                                .withParameters(given)
                                .withEarlier(before)
                                .withTriggeredBy("io.jenkins.plugins.amirefresh.plugin.trigger.EventsCause");
                        BuildResult result = build(world, folder, options, console, wanted);
                        before.add(folder);
                        return result;
                    });
        } catch (io.jenkins.plugins.amirefresh.step.parameters.ParameterException | CloudException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private RehearsalOptions options(Path folder) {
        return RehearsalOptions.of(jenkinsfile, folder.resolve("build"))
                .withParameters(parameters)
                .withInputs(inputs)
                .withLibraries(libraries)
                .withSlackRefusals(slackRefusals())
                .withJobs(jobs)
                .withEnvironment(agentEnvironment())
                .withCredentials(standIns())
                .withEarlier(earlier)
                .withAbortAt(abortAt);
    }

    private List<Receipt> slackRefusals() {
        try {
            return SlackRefusals.parse(slack);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--slack: " + e.getMessage(), e);
        }
    }

    private Map<String, Credential> standIns() {
        Map<String, Credential> standIns = new TreeMap<>();
        credentials.forEach((id, value) -> standIns.put(id, Credential.standIn(value)));
        return standIns;
    }

    /** What processes of a build inherit: enough to find programs, nothing that identifies a person. */
    private Map<String, String> agentEnvironment() {
        Map<String, String> kept = new TreeMap<>(environment);
        kept.keySet().removeIf(name -> !name.matches(AGENT_VARIABLES));
        return kept;
    }
}
