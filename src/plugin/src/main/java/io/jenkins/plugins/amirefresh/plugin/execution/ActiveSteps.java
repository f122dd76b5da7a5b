package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.amirefresh.journal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The step executions that began and did not end, on the disk of the controller: what the finisher looks through. */
final class ActiveSteps {

    private final Path folder;

    ActiveSteps(Path folder) {
        this.folder = folder;
    }

    /** Written before the first tick; repeating it is safe. */
    void add(StepKey key) {
        try {
            Files.createDirectories(folder);
            try (AtomicFileWriter writer = new AtomicFileWriter(file(key), StandardCharsets.UTF_8)) {
                writer.write(Json.write(key));
                writer.commit();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("noting that " + key + " runs, in " + folder, e);
        }
    }

    /** After the last tick; repeating it is safe. */
    void remove(StepKey key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            throw new UncheckedIOException("noting that " + key + " ended, in " + folder, e);
        }
    }

    List<StepKey> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(ActiveSteps::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + folder, e);
        }
    }

    private static StepKey read(Path file) {
        try {
            return Json.read(Files.readString(file), StepKey.class);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private Path file(StepKey key) {
        return folder.resolve(key.fileName() + ".json");
    }
}
