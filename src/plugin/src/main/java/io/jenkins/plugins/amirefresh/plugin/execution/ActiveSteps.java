package io.jenkins.plugins.amirefresh.plugin.execution;

import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.amirefresh.journal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The step executions that began and did not end, on the disk of the controller: what the finisher looks through. */
final class ActiveSteps {

    private static final Logger LOGGER = Logger.getLogger(ActiveSteps.class.getName());

    private final Path folder;

    ActiveSteps(Path folder) {
        this.folder = folder;
    }

    /** The same for what needs no environment. */
    void add(StepKey key) {
        add(key, LeftEnvironment.of(Map.of()));
    }

    /** Written before the first tick; repeating it is safe. */
    void add(StepKey key, LeftEnvironment environment) {
        try {
            Files.createDirectories(folder);
            try (AtomicFileWriter writer = new AtomicFileWriter(file(key), StandardCharsets.UTF_8)) {
                writer.write(Json.write(new Entry(key, environment)));
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

    List<Entry> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(ActiveSteps::read)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + folder, e);
        }
    }

    /** When the step was last taken up, by its build's start or the controller's. */
    Instant since(StepKey key) {
        try {
            return Files.getLastModifiedTime(file(key)).toInstant();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> key + " ended meanwhile");
            return Instant.MAX;
        }
    }

    /** One unreadable note must not keep the others from being finished. */
    private static Optional<Entry> read(Path file) {
        try {
            return Optional.of(Json.read(Files.readString(file), Entry.class));
        } catch (IOException | IllegalStateException e) {
            LOGGER.log(Level.FINE, e, () -> "reading " + file);
            return Optional.empty();
        }
    }

    private Path file(StepKey key) {
        return folder.resolve(key.fileName() + ".json");
    }

    /** A step and what the finisher needs of its environment. */
    record Entry(StepKey key, LeftEnvironment environment) {}
}
