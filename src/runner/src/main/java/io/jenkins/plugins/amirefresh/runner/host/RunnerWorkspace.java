package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.runner.files.Globs;
import io.jenkins.plugins.amirefresh.runner.interpreter.Workplace;
import io.jenkins.plugins.amirefresh.step.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directory a step stands in. */
final class RunnerWorkspace implements Workspace {
    private final @Nullable Workplace place;

    RunnerWorkspace(@Nullable Workplace place) {
        this.place = place;
    }

    @Override
    public boolean isPresent() {
        return place != null;
    }

    @Override
    public Optional<String> read(String path) {
        if (place == null || !Files.isRegularFile(place.resolve(path))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(place.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    @Override
    public List<String> find(String pattern) {
        if (place == null) {
            return List.of();
        }
        Path root = place.path();
        try {
            return Globs.find(root, pattern, "").stream()
                    .map(file -> root.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for " + pattern, e);
        }
    }

    @Override
    public void write(String path, String text) {
        if (place == null) {
            throw new IllegalStateException("cannot write " + path + " without a workspace");
        }
        try {
            Path file = place.resolve(path);
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }
}
