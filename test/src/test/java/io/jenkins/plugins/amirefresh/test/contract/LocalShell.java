package io.jenkins.plugins.amirefresh.test.contract;

import io.jenkins.plugins.amirefresh.step.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Processes that outlive whoever started them: output, number and exit code are files beside the workspace. */
final class LocalShell implements Processes {

    private final Path workspace;
    private final Path folder;

    LocalShell(Path workspace, Path folder) {
        this.workspace = workspace;
        this.folder = folder;
    }

    @Override
    public void start(String key, List<String> command, Map<String, String> environment) {
        Path files = folder.resolve(key);
        if (Files.exists(files)) {
            return;
        }
        String words = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        ProcessBuilder shell = new ProcessBuilder(
                "sh",
                "-c",
                "(" + words + ") >" + files + "/output 2>&1; echo $? >" + files + "/half; mv " + files + "/half "
                        + files + "/exit");
        shell.directory(workspace.toFile());
        shell.environment().putAll(environment);
        try {
            Files.createDirectories(files);
            Files.createDirectories(workspace);
            Files.writeString(
                    files.resolve("process"), String.valueOf(shell.start().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException("starting " + command.get(0), e);
        }
    }

    @Override
    public Output poll(String key, long offset) {
        Path files = folder.resolve(key);
        try {
            boolean over = Files.exists(files.resolve("exit"));
            byte[] all =
                    Files.exists(files.resolve("output")) ? Files.readAllBytes(files.resolve("output")) : new byte[0];
            String text = new String(all, (int) offset, all.length - (int) offset, StandardCharsets.UTF_8);
            String whole = over ? text : text.substring(0, text.lastIndexOf('\n') + 1);
            return new Output(
                    whole,
                    offset + whole.getBytes(StandardCharsets.UTF_8).length,
                    over
                            ? OptionalInt.of(Integer.parseInt(
                                    Files.readString(files.resolve("exit")).trim()))
                            : OptionalInt.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("reading the output of " + key, e);
        }
    }

    @Override
    public void stop(String key) {
        try {
            ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve(key).resolve("process"))))
                    .ifPresent(ProcessHandle::destroy);
        } catch (IOException e) {
            throw new UncheckedIOException("stopping " + key, e);
        }
    }

    @Override
    public void forget(String key) {
        try {
            Files.deleteIfExists(folder.resolve(key).resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException("forgetting " + key, e);
        }
    }
}
