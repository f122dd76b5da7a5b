package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.interpreter.Workplace;
import io.jenkins.plugins.amirefresh.runner.process.LocalProcesses;
import io.jenkins.plugins.amirefresh.step.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Processes of a step, run on this machine in the step's workspace. */
final class RunnerProcesses implements Processes {
    private final Build build;
    private final SimulatedBuilders builders;
    private final OperationCall call;
    private final LocalProcesses processes;

    RunnerProcesses(HostServices services, OperationCall call, LocalProcesses processes) {
        this.build = services.build();
        this.builders = services.builders();
        this.call = call;
        this.processes = processes;
    }

    /** Whether any process of that step runs now. */
    static boolean isRunning(LocalProcesses processes, OperationCall call) {
        return processes.isAnyRunning(prefix(call));
    }

    private static String prefix(OperationCall call) {
        return call.stepId() + "/";
    }

    private Path directory(String key) {
        return build.directory().resolve("processes").resolve(call.stepId() + "-" + key.replaceAll("[^\\w.-]", "_"));
    }

    @Override
    public void start(String key, List<String> command, Map<String, String> environment) {
        Path directory = directory(key);
        if (Files.exists(directory) || builders.has(prefix(call) + key)) {
            return;
        }
        Workplace place = call.block().workplace();
        if (place == null) {
            throw new IllegalStateException(call.functionName() + " starts a process outside of a node");
        }
        Map<String, String> all = new TreeMap<>(call.environment());
        all.putAll(environment);
        if (SimulatedBuilders.standInFor(command, all)) {
            builders.start(prefix(call) + key, command, place.path(), all);
            return;
        }
        try {
            Files.createDirectories(directory);
            processes.start(
                    prefix(call) + key,
                    command,
                    place.path(),
                    all,
                    directory.resolve("output"),
                    directory.resolve("errors"));
        } catch (IOException e) {
            report(directory, e);
        }
    }

    /** A program that is not there ends at once, as it would in a shell. */
    private static void report(Path directory, IOException failure) {
        try {
            Files.writeString(directory.resolve("output"), failure.getMessage() + "\n");
            Files.writeString(directory.resolve("exit"), "127");
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
    }

    @Override
    public Output poll(String key, long offset) {
        if (builders.has(prefix(call) + key)) {
            return builders.poll(prefix(call) + key, offset);
        }
        Path directory = directory(key);
        OptionalInt exit = exitCode(directory, key);
        try {
            String text = LocalProcesses.read(directory.resolve("output"), offset);
            String whole = exit.isPresent() ? text : text.substring(0, text.lastIndexOf('\n') + 1);
            return new Output(whole, offset + whole.getBytes(StandardCharsets.UTF_8).length, exit);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the output of " + key, e);
        }
    }

    private OptionalInt exitCode(Path directory, String key) {
        Path file = directory.resolve("exit");
        try {
            if (Files.exists(file)) {
                return OptionalInt.of(Integer.parseInt(Files.readString(file)));
            }
            OptionalInt exit = processes.exitCode(prefix(call) + key);
            if (exit.isPresent()) {
                Files.writeString(file, String.valueOf(exit.getAsInt()));
                processes.forget(prefix(call) + key);
            }
            return exit;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public void stop(String key) {
        if (builders.has(prefix(call) + key)) {
            builders.stop(prefix(call) + key);
            return;
        }
        processes.interrupt(prefix(call) + key);
    }

    @Override
    public void forget(String key) {
        Path output = directory(key).resolve("output");
        try {
            if (Files.exists(output)) {
                Files.write(output, new byte[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + output, e);
        }
    }
}
