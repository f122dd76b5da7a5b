package io.jenkins.plugins.amirefresh.runner.steps.files;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.files.FileTrees;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import io.jenkins.plugins.amirefresh.runner.interpreter.Symbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps that need a node. */
public final class FileSteps {
    private static final String BASE64 = "Base64";

    private FileSteps() {}

    /** All of them. */
    public static List<StepType> all() {
        List<StepType> steps = new ArrayList<>();
        steps.add(new StepType(
                StepSignature.of("node").accepts("label").unnamed("label").withBody(),
                (context, arguments) -> NodeExecution.node(context, arguments.text("label"))));
        steps.add(new StepType(
                StepSignature.of("ws").requires("dir").withBody(),
                (context, arguments) -> NodeExecution.workspace(context, arguments.text("dir"))));
        steps.add(new StepType(
                StepSignature.of("dir").requires("path").withBody(),
                (context, arguments) -> new DirectoryExecution(context, arguments.text("path"))));
        steps.add(new StepType(
                StepSignature.of("sh").requires("script").accepts("returnStdout", "returnStatus", "encoding", "label"),
                ShellExecution::new));
        steps.add(StepType.immediate(
                StepSignature.of("checkout").requires("scm").accepts("changelog", "poll"), FileSteps::checkout));
        steps.add(StepType.immediate(StepSignature.of("deleteDir"), FileSteps::deleteDir));
        steps.add(StepType.immediate(
                StepSignature.of("pwd").accepts("tmp"), (context, arguments) -> pwd(context, arguments)));
        steps.add(StepType.immediate(StepSignature.of("isUnix"), (context, arguments) -> {
            context.workplace();
            return true;
        }));
        steps.add(StepType.immediate(
                StepSignature.of("fileExists").requires("file"),
                (context, arguments) -> Files.exists(context.file(arguments.text("file")))));
        steps.add(StepType.immediate(
                StepSignature.of("readFile").requires("file").accepts("encoding"), FileSteps::readFile));
        steps.add(StepType.immediate(
                StepSignature.of("writeFile").requires("file", "text").accepts("encoding"), FileSteps::writeFile));
        steps.addAll(ArtifactSteps.all());
        steps.add(JUnitStep.type());
        return steps;
    }

    private static Object checkout(StepContext context, StepArguments arguments) throws IOException {
        Object scm = arguments.value("scm").orElse("");
        if (!(scm instanceof Symbol symbol) || !symbol.name().equals("scm")) {
            throw new AbortException("checkout: a rehearsal has only the Jenkinsfile's own sources; use checkout scm");
        }
        context.print("Checking out the directory of the Jenkinsfile");
        FileTrees.checkOut(
                context.build().settings().sources(),
                context.workplace().path(),
                context.build().directory());
        return new LinkedHashMap<>();
    }

    private static @Nullable Object deleteDir(StepContext context, StepArguments arguments) throws IOException {
        FileTrees.delete(context.workplace().path());
        return null;
    }

    private static String pwd(StepContext context, StepArguments arguments) throws IOException {
        if (!arguments.flag("tmp", false)) {
            return context.workplace().directory();
        }
        Path tmp = Path.of(context.workplace().workspace() + "@tmp");
        Files.createDirectories(tmp);
        return tmp.toString();
    }

    private static String readFile(StepContext context, StepArguments arguments) throws IOException {
        Path file = context.file(arguments.text("file"));
        try {
            return arguments.text("encoding").equals(BASE64)
                    ? Base64.getEncoder().encodeToString(Files.readAllBytes(file))
                    : Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new AbortException("readFile: there is no file '" + arguments.text("file") + "'", e);
        }
    }

    private static @Nullable Object writeFile(StepContext context, StepArguments arguments) throws IOException {
        Path file = context.file(arguments.text("file"));
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (arguments.text("encoding").equals(BASE64)) {
            Files.write(file, Base64.getDecoder().decode(arguments.text("text")));
        } else {
            Files.writeString(file, arguments.text("text"));
        }
        return null;
    }
}
