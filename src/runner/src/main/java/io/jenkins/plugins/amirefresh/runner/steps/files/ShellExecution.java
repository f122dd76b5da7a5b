package io.jenkins.plugins.amirefresh.runner.steps.files;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.interpreter.RealWorld;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import io.jenkins.plugins.amirefresh.runner.process.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Runs a shell script as a process of this machine.
 *
 * <p>Source: durable-task plugin, {@code BourneShellScript}: {@code sh -xe} unless the script names its interpreter.
 */
final class ShellExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final String script;
    private final boolean returnsOutput;
    private final boolean returnsStatus;
    private String output = "";
    private String errors = "";
    private long offset;
    private @Nullable Throwable stopped;

    ShellExecution(StepContext context, StepArguments arguments) throws AbortException {
        super(context);
        this.script = arguments.text("script");
        this.returnsOutput = arguments.flag("returnStdout", false);
        this.returnsStatus = arguments.flag("returnStatus", false);
        if (returnsOutput && returnsStatus) {
            throw new AbortException("sh: returnStdout and returnStatus cannot both be true");
        }
    }

    private String key() {
        return "sh-" + context().id();
    }

    @Override
    public void start() throws IOException {
        Path control = context().build().directory().resolve("durable").resolve(key());
        Files.createDirectories(control);
        Files.createDirectories(context().workplace().path());
        Path file = Files.writeString(control.resolve("script.sh"), script);
        List<String> command = script.startsWith("#!")
                ? List.of(interpreter(script), file.toString())
                : List.of("sh", "-xe", file.toString());
        Path log = control.resolve("log");
        Path result = returnsOutput ? control.resolve("output") : log;
        output = result.toString();
        errors = log.toString();
        Map<String, String> environment = context().environment();
        LocalProcesses processes = context().runtime().processes();
        processes.start(key(), command, context().workplace().path(), environment, result, log);
    }

    private static String interpreter(String script) {
        return script.lines().findFirst().orElse("#!/bin/sh").substring(2).trim();
    }

    @Override
    public RealWorld realWorld() {
        return RealWorld.PROCESS;
    }

    @Override
    public void wakeUp(Instant now) throws IOException {
        OptionalInt exit = context().runtime().processes().exitCode(key());
        printNew(exit.isPresent());
        if (exit.isPresent()) {
            context().runtime().processes().forget(key());
            finish(exit.getAsInt());
        }
    }

    /** Prints complete lines; the rest only when nothing more can come. */
    private void printNew(boolean isLast) throws IOException {
        String text = LocalProcesses.read(Path.of(errors), offset);
        int end = isLast ? text.length() : text.lastIndexOf('\n') + 1;
        String ready = text.substring(0, end);
        if (ready.isEmpty()) {
            return;
        }
        offset += ready.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        context().print(ready.endsWith("\n") ? ready.substring(0, ready.length() - 1) : ready);
    }

    private void finish(int exit) throws IOException {
        if (stopped != null) {
            stopped.addSuppressed(new AbortException("script returned exit code " + exit));
            context().fail(stopped);
        } else if (returnsStatus) {
            context().succeed(exit);
        } else if (exit != 0) {
            context().fail(new AbortException("script returned exit code " + exit));
        } else {
            context().succeed(returnsOutput ? Files.readString(Path.of(output)) : null);
        }
    }

    @Override
    public void stop(Throwable cause) {
        stopped = cause;
        context().print("Sending interrupt signal to process");
        context().runtime().processes().stop(key());
    }

    @Override
    public String describe() {
        return "sh: " + script.lines().findFirst().orElse("");
    }
}
