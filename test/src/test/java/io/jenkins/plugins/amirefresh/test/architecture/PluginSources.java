package io.jenkins.plugins.amirefresh.test.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The plugin's sources and resources by path, as texts: its classes are compiled only where Jenkins' own repository is
 * reachable.
 */
final class PluginSources {

    static final String PACKAGE = "io/jenkins/plugins/amirefresh/plugin/";

    private static final Path MAIN = Path.of("..", "src", "plugin", "src", "main");

    private final Map<String, String> files;
    // By their text: a changed copy of the sources differs in one file.
    private final Map<String, CompilationUnitTree> units;

    private PluginSources(Map<String, String> files, Map<String, CompilationUnitTree> units) {
        this.files = files;
        this.units = units;
    }

    /** What is in the repository; a path is below {@code java} or {@code resources}. */
    static PluginSources read() {
        Map<String, String> files = new TreeMap<>();
        for (Path root : List.of(MAIN.resolve("java"), MAIN.resolve("resources"))) {
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path file : tree.filter(Files::isRegularFile).toList()) {
                    files.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new PluginSources(files, new ConcurrentHashMap<>());
    }

    /** These sources with one file changed. */
    PluginSources with(String path, String from, String to) {
        Map<String, String> changed = new TreeMap<>(files);
        String text = text(path).orElseThrow(() -> new IllegalArgumentException("no file " + path));
        if (!text.contains(from)) {
            throw new IllegalArgumentException(path + " does not contain " + from);
        }
        changed.put(path, text.replace(from, to));
        return new PluginSources(changed, units);
    }

    /** These sources without a file. */
    PluginSources without(String path) {
        Map<String, String> changed = new TreeMap<>(files);
        if (changed.remove(path) == null) {
            throw new IllegalArgumentException("no file " + path);
        }
        return new PluginSources(changed, units);
    }

    Optional<String> text(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** Every Java file, its text by its path. */
    Map<String, String> java() {
        return files.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".java"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    /** The top-level class of a Java file. */
    ClassTree type(String path) {
        return unit(path).getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no class in " + path));
    }

    /** A Java file as the compiler reads it, without knowing any type. */
    CompilationUnitTree unit(String path) {
        String text = text(path).orElseThrow(() -> new IllegalArgumentException("no file " + path));
        return units.computeIfAbsent(text, missing -> parsed(path, text));
    }

    private static CompilationUnitTree parsed(String path, String text) {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        problem -> {
                            throw new IllegalStateException(problem.getMessage(Locale.ROOT));
                        },
                        List.of("-proc:none"),
                        null,
                        List.of(file));
        try {
            return task.parse().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
