package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.runner.files.FileTrees;
import io.jenkins.plugins.amirefresh.runner.interpreter.Workplace;
import io.jenkins.plugins.amirefresh.step.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
            return Optional.of(new String(Files.readAllBytes(place.resolve(path)), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    @Override
    public Optional<String> digest(String path) {
        if (place == null || !Files.isRegularFile(place.resolve(path)) || !Files.isReadable(place.resolve(path))) {
            return Optional.empty();
        }
        return Optional.of(digest(place.resolve(path)));
    }

    @Override
    public Map<String, String> digests(String folder) {
        if (place == null || !Files.isDirectory(place.resolve(folder))) {
            return Map.of();
        }
        try {
            Map<String, String> digests = new TreeMap<>();
            Path root = place.resolve(folder);
            FileTrees.sources(root)
                    .forEach(
                            file -> digests.put(root.relativize(file).toString().replace('\\', '/'), digest(file)));
            return digests;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + folder, e);
        }
    }

    private static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
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
