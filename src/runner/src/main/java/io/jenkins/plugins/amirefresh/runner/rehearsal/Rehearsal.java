package io.jenkins.plugins.amirefresh.runner.rehearsal;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.build.BuildParameterException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.BuildSettings;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import io.jenkins.plugins.amirefresh.runner.build.TextConsole;
import io.jenkins.plugins.amirefresh.runner.declarative.DeclarativeCustomizer;
import io.jenkins.plugins.amirefresh.runner.declarative.DeclarativeScript;
import io.jenkins.plugins.amirefresh.runner.declarative.DeclarativeSupport;
import io.jenkins.plugins.amirefresh.runner.globals.Globals;
import io.jenkins.plugins.amirefresh.runner.host.EarlierResults;
import io.jenkins.plugins.amirefresh.runner.interpreter.FailureText;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineCompiler;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineLoop;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineRuntime;
import io.jenkins.plugins.amirefresh.runner.interpreter.ProgramDriver;
import io.jenkins.plugins.amirefresh.runner.interpreter.ScriptCompilationException;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepCatalogue;
import io.jenkins.plugins.amirefresh.runner.library.Libraries;
import io.jenkins.plugins.amirefresh.runner.library.Library;
import io.jenkins.plugins.amirefresh.runner.library.LibraryCustomizer;
import io.jenkins.plugins.amirefresh.runner.steps.build.ChildBuilds;
import io.jenkins.plugins.amirefresh.runner.time.RehearsalTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs one Jenkinsfile from start to end in simulated time. */
public final class Rehearsal {
    private final RehearsalOptions options;
    private final TextConsole console;
    private final Build build;
    private final PipelineCompiler compiler;
    private final Libraries libraries;
    private final StepCatalogue catalogue;
    private final Function<Libraries, StepCatalogue> steps;
    private Consumer<PipelineRuntime> provider = runtime -> {};
    private Runnable afterEnd = () -> {};

    /**
     * Prepares a run.
     *
     * @param steps makes the catalogue of steps, given the libraries a pipeline can load
     * @param outputs where console lines go
     */
    public Rehearsal(
            RehearsalOptions options,
            RehearsalTime time,
            Function<Libraries, StepCatalogue> steps,
            List<Appendable> outputs) {
        this.options = options;
        this.console = new TextConsole(time, outputs);
        Path repository = Objects.requireNonNull(
                options.jenkinsfile().toAbsolutePath().normalize().getParent(), "a file has a directory");
        this.build = new Build(settings(repository), time);
        this.libraries = new Libraries(repository, options.libraries());
        this.steps = steps;
        this.catalogue = steps.apply(libraries);
        this.compiler = new PipelineCompiler(
                Rehearsal.class.getClassLoader(),
                List.of(new LibraryCustomizer(libraries), new DeclarativeCustomizer(catalogue, libraries)),
                List.of(Library.class));
        libraries.listen(compiler::addDirectory);
    }

    private BuildSettings settings(Path repository) {
        return new BuildSettings(
                options.jobName(),
                EarlierResults.next(options.earlier()),
                options.directory().toAbsolutePath().normalize(),
                repository,
                new LinkedHashMap<>(options.parameters()),
                options.environment(),
                options.credentials(),
                options.branch(),
                options.previousResult(),
                options.triggeredBy());
    }

    /** Gives steps what they need of the host, before the first one runs. */
    public Rehearsal providing(Consumer<PipelineRuntime> services) {
        provider = services;
        return this;
    }

    /** Runs {@code work} after the pipeline's own code has ended and before the result is final. */
    public Rehearsal afterwards(Runnable work) {
        afterEnd = work;
        return this;
    }

    /**
     * Runs to the end.
     *
     * @throws ScriptCompilationException if the Jenkinsfile is no Groovy
     * @throws BuildParameterException if a build parameter is unknown or has a value that is not allowed
     * @throws IOException if a file cannot be read or written
     */
    public BuildResult run() throws IOException, ScriptCompilationException, InterruptedException {
        try {
            return DeepStack.call(this::runHere);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException problem) {
                throw problem;
            }
            if (cause instanceof ScriptCompilationException problem) {
                throw problem;
            }
            if (cause instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException("the rehearsal ended unexpectedly", cause);
        }
    }

    private BuildResult runHere() throws IOException, ScriptCompilationException, InterruptedException {
        Optional<PipelineRuntime> started = start();
        if (started.isEmpty()) {
            return build.currentResult();
        }
        PipelineRuntime runtime = started.get();
        try {
            Outcome outcome = new PipelineLoop(runtime, options.speed(), options.abortAt()).run();
            if (outcome.getAbnormal() instanceof BuildParameterException refused) {
                throw refused;
            }
            return conclude(outcome);
        } finally {
            runtime.processes().stopAll();
        }
    }

    /** Compiles and starts the program; empty when Declarative refuses it, which is already the result. */
    private Optional<PipelineRuntime> start() throws IOException, ScriptCompilationException {
        Files.createDirectories(build.directory());
        String text = Files.readString(options.jenkinsfile());
        Globals globals = new Globals(compiler, libraries, DeclarativeScript.CLASS_NAME, DeclarativeSupport::new);
        PipelineRuntime runtime = new PipelineRuntime(build, console, catalogue, globals, compiler.loader());
        globals.attach(runtime);
        runtime.provide(ChildBuilds.class, new NestedBuilds(options, this::child));
        provider.accept(runtime);
        DeclarativeScript.compile(compiler);
        try {
            runtime.start(
                    compiler.parse(text, String.valueOf(options.jenkinsfile().getFileName())));
            return Optional.of(runtime);
        } catch (ScriptCompilationException e) {
            if (!e.isRefusedPipeline()) {
                throw e;
            }
            e.problems().forEach(console::print);
            finish(BuildResult.FAILURE);
            return Optional.empty();
        }
    }

    /** A build of another job: on this one's console, its lines after the job's name. */
    private Rehearsal child(RehearsalOptions childOptions) {
        Appendable prefixed = new PrefixedLines(console, childOptions.jobName());
        return new Rehearsal(childOptions, build.time(), steps, List.of(prefixed)).providing(provider);
    }

    /** Starts without running; empty when Declarative refuses the pipeline, which is already the result. */
    Optional<ProgramDriver> begin() throws IOException, ScriptCompilationException {
        return start().map(ProgramDriver::new);
    }

    /** The build's result, once its program has ended. */
    BuildResult conclude(Outcome outcome) {
        BuildResult result = result(outcome);
        afterEnd.run();
        return finish(result);
    }

    private BuildResult result(Outcome outcome) {
        Throwable failure = outcome.getAbnormal();
        if (failure == null) {
            build.unsupported().ifPresent(what -> console.print("ERROR: " + what));
            return build.unsupported().isPresent() ? BuildResult.FAILURE : BuildResult.SUCCESS;
        }
        FailureText.lines(build, failure).forEach(console::print);
        return failure instanceof FlowInterruptedException interruption
                ? interruption.getResult()
                : BuildResult.FAILURE;
    }

    private BuildResult finish(BuildResult result) {
        build.worsen(result);
        build.unsupported().ifPresent(what -> build.worsen(BuildResult.FAILURE));
        console.print("Finished: " + build.currentResult());
        return build.currentResult();
    }

    /** The build, for reports. */
    public Build build() {
        return build;
    }
}
