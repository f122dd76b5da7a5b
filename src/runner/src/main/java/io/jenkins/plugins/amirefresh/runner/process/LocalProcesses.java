package io.jenkins.plugins.amirefresh.runner.process;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Processes of one build, by key. The handles stay here; a key is what a program saves. */
public final class LocalProcesses {
    private static final long SECONDS_TO_END = 5;

    private final Map<String, Process> processes = new LinkedHashMap<>();

    /**
     * Starts a process.
     *
     * @param errors where standard error goes: the same file as {@code output} to mix both
     */
    public void start(
            String key, List<String> command, Path directory, Map<String, String> environment, Path output, Path errors)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectOutput(output.toFile());
        if (errors.equals(output)) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(errors.toFile());
        }
        processes.put(key, builder.start());
    }

    /** Its exit code; empty while it runs. A process nobody knows any more has ended with -1. */
    public OptionalInt exitCode(String key) {
        Process process = processes.get(key);
        if (process == null) {
            return OptionalInt.of(-1);
        }
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Whether any process whose key begins so runs now. */
    public boolean isAnyRunning(String prefix) {
        return processes.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey().startsWith(prefix) && entry.getValue().isAlive());
    }

    /** Asks it alone to end, so that it can clean up with the help of its children: Packer crashes when they go first. */
    public void interrupt(String key) {
        Process process = processes.get(key);
        if (process != null) {
            process.destroy();
        }
    }

    /** Asks it and all its children to end. */
    public void stop(String key) {
        Process process = processes.get(key);
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    /** Forgets one that has ended. */
    public void forget(String key) {
        processes.remove(key);
    }

    /** What a file holds from {@code offset} on, up to now. */
    public static String read(Path file, long offset) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            if (length <= offset) {
                return "";
            }
            byte[] bytes = new byte[(int) Math.min(Integer.MAX_VALUE - 8, length - offset)];
            in.seek(offset);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Ends whatever still runs. */
    public void stopAll() throws InterruptedException {
        for (Process process : processes.values()) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroy();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            children.forEach(ProcessHandle::destroyForcibly);
        }
        processes.clear();
    }
}
