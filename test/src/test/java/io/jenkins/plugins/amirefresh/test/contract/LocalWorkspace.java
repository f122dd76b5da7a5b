package io.jenkins.plugins.amirefresh.test.contract;

import io.jenkins.plugins.amirefresh.step.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A workspace on this machine. */
record LocalWorkspace(Path root) implements Workspace {

    @Override
    public boolean isPresent() {
        return true;
    }

    @Override
    public Optional<String> read(String path) {
        try {
            Path file = root.resolve(path);
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> digest(String path) {
        return read(path).map(text -> Integer.toHexString(text.hashCode()));
    }

    @Override
    public Map<String, String> digests(String folder) {
        Map<String, String> digests = new TreeMap<>();
        Path top = root.resolve(folder);
        if (!Files.isDirectory(top)) {
            return digests;
        }
        try (Stream<Path> files = Files.walk(top)) {
            files.filter(Files::isRegularFile)
                    .map(file -> top.relativize(file).toString())
                    .filter(name -> !name.startsWith(".git/"))
                    .forEach(name ->
                            digests.put(name, digest(folder + "/" + name).orElseThrow()));
            return digests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
