package io.jenkins.plugins.amirefresh.runner;

import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.interpreter.ScriptCompilationException;
import io.jenkins.plugins.amirefresh.runner.rehearsal.Rehearsal;
import io.jenkins.plugins.amirefresh.runner.rehearsal.RehearsalOptions;
import io.jenkins.plugins.amirefresh.runner.steps.StandardSteps;
import io.jenkins.plugins.amirefresh.runner.time.PlainTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rehearse}: runs a Jenkinsfile in simulated time. */
@Command(
        name = "rehearse",
        description = "Runs a Jenkinsfile in simulated time and writes what happened.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class RehearseCommand implements Callable<Integer> {
    private static final String AGENT_VARIABLES = "PATH|HOME|LANG|LC_ALL|TMPDIR|USER|JAVA_HOME|TERM";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", defaultValue = "Jenkinsfile", description = "the pipeline")
    private Path jenkinsfile;

    @Option(names = "--start", description = "the simulated instant it starts at, such as 2026-11-22T17:00:00Z")
    private @Nullable Instant start;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "a build parameter; can be repeated")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--input", paramLabel = "ID=ANSWER", description = "how an input step is answered: ok, abort, ...")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Option(names = "--library", paramLabel = "NAME=DIRECTORY", description = "where a shared library is")
    private Map<String, Path> libraries = new LinkedHashMap<>();

    @Option(names = "--abort-at", description = "the simulated instant a person aborts the build at")
    private @Nullable Instant abortAt;

    @Option(names = "--expect", description = "the result that makes the exit code 0; default ${DEFAULT-VALUE}")
    private BuildResult expected = BuildResult.SUCCESS;

    @Option(names = "--out", defaultValue = "target/rehearsal", description = "where the results go")
    private Path out;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter errors = spec.commandLine().getErr();
        if (!Files.isRegularFile(jenkinsfile)) {
            errors.println(jenkinsfile + ": there is no such file");
            return ExitCodes.WRONG_USAGE;
        }
        try {
            Files.createDirectories(out);
            return ExitCodes.of(rehearse(), expected);
        } catch (ScriptCompilationException e) {
            e.problems().forEach(errors::println);
        } catch (IOException e) {
            errors.println("cannot read or write " + e.getMessage());
        }
        return ExitCodes.WRONG_USAGE;
    }

    private BuildResult rehearse() throws IOException, ScriptCompilationException, InterruptedException {
        Instant begin = start == null ? Instant.parse("2026-11-22T17:00:00Z") : start;
        RehearsalOptions options = RehearsalOptions.of(jenkinsfile, out.resolve("build"))
                .withParameters(parameters)
                .withInputs(inputs)
                .withLibraries(libraries)
                .withEnvironment(agentEnvironment())
                .withAbortAt(abortAt);
        try (Writer file = Files.newBufferedWriter(out.resolve("console.txt"))) {
            Writer screen = spec.commandLine().getOut();
            Rehearsal rehearsal = new Rehearsal(
                    options,
                    new PlainTime(begin),
                    known -> StandardSteps.catalogue(known, inputs),
                    List.of(file, screen));
            BuildResult result = rehearsal.run();
            screen.flush();
            return result;
        }
    }

    /** What processes of a build inherit: enough to find programs, nothing that identifies a person. */
    private static Map<String, String> agentEnvironment() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeIf(name -> !name.matches(AGENT_VARIABLES));
        return environment;
    }
}
