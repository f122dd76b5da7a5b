package io.jenkins.plugins.amirefresh.plugin.host;

import hudson.FilePath;
import io.jenkins.plugins.amirefresh.step.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The workspace of the agent a step runs on. */
public final class AgentWorkspace implements Workspace {

    private final BuildSurroundings surroundings;

    /** For one step execution. */
    public AgentWorkspace(BuildSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public boolean isPresent() {
        return surroundings.workspace().isPresent();
    }

    @Override
    public Optional<String> read(String path) {
        return surroundings
                .workspace()
                .flatMap(root -> on("reading", path, () -> {
                    FilePath file = root.child(path);
                    return file.exists() && !file.isDirectory() ? Optional.of(text(file)) : Optional.<String>empty();
                }));
    }

    @Override
    public Optional<String> digest(String path) {
        return surroundings
                .workspace()
                .flatMap(root -> on("reading", path, () -> {
                    FilePath file = root.child(path);
                    return file.exists() && !file.isDirectory()
                            ? Optional.of(file.digest())
                            : Optional.<String>empty();
                }));
    }

    @Override
    public Map<String, String> digests(String folder) {
        return surroundings
                .workspace()
                .map(root -> on("looking into", folder, () -> digests(root.child(folder))))
                .orElse(Map.of());
    }

    /** The agent counts them, so that no file travels; Ant's default excludes leave git's out. */
    private static Map<String, String> digests(FilePath folder) throws IOException, InterruptedException {
        Map<String, String> digests = new TreeMap<>();
        if (folder.isDirectory()) {
            int prefix = folder.getRemote().length() + 1;
            for (FilePath file : folder.list("**")) {
                digests.put(file.getRemote().substring(prefix).replace('\\', '/'), file.digest());
            }
        }
        return digests;
    }

    @Override
    public void write(String path, String text) {
        FilePath root = surroundings
                .workspace()
                .orElseThrow(() ->
                        new IllegalStateException("writing " + path + ": the step has no agent; wrap it in node"));
        on("writing", path, () -> {
            root.child(path).write(text, StandardCharsets.UTF_8.name());
            return path;
        });
    }

    private static String text(FilePath file) throws IOException, InterruptedException {
        try (var in = file.read()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static <T> T on(String doing, String path, Remote<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(doing + " " + path + " in the workspace", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + doing + " " + path + " in the workspace", e);
        }
    }

    /** Something that an agent does. */
    private interface Remote<T> {
        T run() throws IOException, InterruptedException;
    }
}
