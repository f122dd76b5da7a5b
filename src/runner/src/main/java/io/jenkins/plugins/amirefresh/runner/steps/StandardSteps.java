package io.jenkins.plugins.amirefresh.runner.steps;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.interpreter.BlockStep;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepCatalogue;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import io.jenkins.plugins.amirefresh.runner.interpreter.Symbol;
import io.jenkins.plugins.amirefresh.runner.library.Libraries;
import io.jenkins.plugins.amirefresh.runner.parameters.ParameterValues;
import io.jenkins.plugins.amirefresh.runner.steps.bindings.BindingSteps;
import io.jenkins.plugins.amirefresh.runner.steps.build.BuildExecution;
import io.jenkins.plugins.amirefresh.runner.steps.files.FileSteps;
import io.jenkins.plugins.amirefresh.runner.steps.flow.FlowSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The catalogue of standard Pipeline steps. */
public final class StandardSteps {
    private static final String OTHER_SYSTEM = "agents of a rehearsal run this machine's shell";
    private static final String OWN_SOURCES = "a rehearsal has only the Jenkinsfile's own sources; use checkout scm";

    /** Described objects with any arguments: parameters, triggers, options of jobs. */
    private static final List<String> SYMBOLS = List.of(
            "string",
            "text",
            "booleanParam",
            "choice",
            "password",
            "parameters",
            "pipelineTriggers",
            "cron",
            "pollSCM",
            "upstream",
            "parameterizedCron",
            "amiRefreshEvents",
            "disableConcurrentBuilds",
            "buildDiscarder",
            "logRotator",
            "agent",
            "nonresumable",
            "skipDefaultCheckout",
            "quietPeriod",
            "durabilityHint",
            "disableResume",
            "preserveStashes",
            "rateLimitBuilds",
            "overrideIndexTriggers",
            "checkoutToSubdirectory",
            "skipStagesAfterUnstable",
            "parallelsAlwaysFailFast",
            "newContainerPerStage",
            "disableRestartFromStage");

    private StandardSteps() {}

    /** All steps and symbols; {@code inputAnswers} says how the input step is answered, by its id or message. */
    public static StepCatalogue catalogue(Libraries libraries, Map<String, String> inputAnswers) {
        StepCatalogue catalogue = new StepCatalogue()
                .add(FlowSteps.all(inputAnswers))
                .add(FileSteps.all())
                .add(BindingSteps.all())
                .add(buildSteps(libraries));
        BindingSteps.symbols().forEach(catalogue::addSymbol);
        SYMBOLS.forEach(
                name -> catalogue.addSymbol(StepSignature.of(name).open().unnamed("value")));
        return catalogue
                .refuse("bat", OTHER_SYSTEM)
                .refuse("powershell", OTHER_SYSTEM)
                .refuse("pwsh", OTHER_SYSTEM)
                .refuse("git", OWN_SOURCES)
                .refuse("svn", OWN_SOURCES)
                .refuse("load", "it compiles a script while the build runs; put its methods into vars/ of the library")
                .refuse(
                        "evaluate",
                        "it compiles a script while the build runs; put its methods into vars/ of the library")
                .refuse("milestone", "it orders several builds of a job, and a rehearsal is one")
                .refuse("tool", "it installs tools on an agent")
                .refuse("matrix", "write the cells as parallel stages")
                .refuse("docker", "it needs a Docker daemon")
                .refuse("mail", "it would send mail to people");
    }

    private static List<StepType> buildSteps(Libraries libraries) {
        return List.of(
                BlockStep.plain("script"),
                BuildExecution.type(),
                BlockStep.type(
                        StepSignature.of("timestamps").withBody(),
                        context -> context.runtime().console().showTimestamps()),
                BlockStep.type(
                        StepSignature.of("ansiColor").requires("colorMapName").withBody(), context -> {}),
                StepType.immediate(StepSignature.of("properties").requires("properties"), StandardSteps::properties),
                StepType.immediate(
                        StepSignature.of("library").requires("identifier").accepts("changelog", "retriever"),
                        (context, arguments) -> library(libraries, context, arguments)),
                StepType.immediate(
                        StepSignature.of("libraryResource").requires("resource").accepts("encoding"),
                        (context, arguments) -> libraryResource(libraries, arguments)));
    }

    private static @Nullable Object properties(StepContext context, StepArguments arguments) {
        for (Object property : arguments.list("properties")) {
            if (property instanceof Symbol symbol && symbol.name().equals("parameters")) {
                Object value = symbol.arguments().get("value");
                List<Symbol> declarations = value instanceof List<?> list
                        ? list.stream().map(Symbol.class::cast).toList()
                        : List.of();
                ParameterValues.apply(context.build(), declarations);
            }
        }
        return null;
    }

    private static Object library(Libraries libraries, StepContext context, StepArguments arguments)
            throws AbortException {
        String name = arguments.text("identifier");
        libraries.load(name);
        context.print("Loading library " + name);
        return new Symbol("library", new LinkedHashMap<>(Map.of("name", name)));
    }

    private static String libraryResource(Libraries libraries, StepArguments arguments) throws IOException {
        String path = arguments.text("resource");
        return Files.readString(libraries
                .resource(path)
                .orElseThrow(() -> new AbortException("No such library resource " + path + " could be found.")));
    }
}
