package io.jenkins.plugins.amirefresh.plugin.host;

import hudson.FilePath;
import io.jenkins.plugins.amirefresh.step.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    public List<String> find(String pattern) {
        return surroundings
                .workspace()
                .map(root -> on(
                        "looking for",
                        pattern,
                        () -> root.exists() ? relative(root, root.list(pattern)) : List.<String>of()))
                .orElse(List.of());
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

    private static List<String> relative(FilePath root, FilePath[] files) {
        int prefix = root.getRemote().length() + 1;
        return Stream.of(files)
                .map(file -> file.getRemote().substring(prefix).replace('\\', '/'))
                .sorted()
                .toList();
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
