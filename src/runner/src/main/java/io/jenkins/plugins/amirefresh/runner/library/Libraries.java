package io.jenkins.plugins.amirefresh.runner.library;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The shared libraries a pipeline can load: declared directories by name, and the repository of the Jenkinsfile itself
 * under every other name.
 */
public final class Libraries {
    private static final String GROOVY = ".groovy";

    private final Path repository;
    private final Map<String, Path> declared;
    private final List<Path> classPath = new ArrayList<>();
    private Consumer<Path> listener = directory -> {};
    private final Map<String, Path> loaded = new LinkedHashMap<>();

    /** Nothing is loaded yet. */
    public Libraries(Path repository, Map<String, Path> declared) {
        this.repository = repository;
        this.declared = Map.copyOf(declared);
    }

    /** Is told each directory whose Groovy classes become visible. */
    public void listen(Consumer<Path> newListener) {
        listener = newListener;
        classPath.forEach(newListener);
    }

    /** Loads a library; loading it again does nothing. Returns its directory. */
    public Path load(String nameAndVersion) throws AbortException {
        int at = nameAndVersion.indexOf('@');
        String name = at < 0 ? nameAndVersion : nameAndVersion.substring(0, at);
        Path directory = declared.getOrDefault(name, repository);
        if (!Files.isDirectory(directory.resolve("vars")) && !Files.isDirectory(directory.resolve("src"))) {
            throw new AbortException("the library '" + name + "' has neither vars/ nor src/ in " + directory
                    + "; declare it with --library " + name + "=DIRECTORY");
        }
        if (loaded.put(name, directory) == null) {
            Stream.of("src", "vars")
                    .map(directory::resolve)
                    .filter(Files::isDirectory)
                    .forEach(this::addClasses);
        }
        return directory;
    }

    private void addClasses(Path directory) {
        classPath.add(directory);
        listener.accept(directory);
    }

    /** Whether a loaded library has that global variable. */
    public boolean hasVariable(String name) {
        return loaded.values().stream()
                .anyMatch(directory ->
                        Files.isRegularFile(directory.resolve("vars").resolve(name + GROOVY)));
    }

    /** The global variables of all loaded libraries. */
    public Set<String> variables() {
        Set<String> names = new TreeSet<>();
        for (Path directory : loaded.values()) {
            Path vars = directory.resolve("vars");
            if (Files.isDirectory(vars)) {
                try (Stream<Path> files = Files.list(vars)) {
                    files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(GROOVY))
                            .forEach(file -> names.add(file.substring(0, file.length() - GROOVY.length())));
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot read " + vars, e);
                }
            }
        }
        return names;
    }

    /** A file in {@code resources/} of the first loaded library that has it. */
    public Optional<Path> resource(String path) {
        return loaded.values().stream()
                .map(directory -> directory.resolve("resources").resolve(path).normalize())
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
