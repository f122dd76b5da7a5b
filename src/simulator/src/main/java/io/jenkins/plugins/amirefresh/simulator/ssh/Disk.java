package io.jenkins.plugins.amirefresh.simulator.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A machine's files: a folder of its own, empty but for a system's usual directories, that ends with the machine. */
final class Disk implements AutoCloseable {

    private static final List<String> USUAL = List.of(
            "etc",
            "home",
            "opt",
            "root",
            "srv",
            "tmp",
            "usr/bin",
            "usr/local/bin",
            "usr/share",
            "var/lib",
            "var/log",
            "var/tmp",
            "var/www");
    private static final Pattern PATH = Pattern.compile("/[\\w./+@%=~-]+");
    private static final Pattern TEST =
            Pattern.compile("\\s*(?:test|\\[) -([defrsx]) [\"']?([^\"']+?)[\"']?(?: \\])?\\s*");
    private static final Pattern MAKE =
            Pattern.compile("\\s*(?:sudo )?mkdir (?:-\\w+ )*[\"']?(/[^\"';&|]+?)[\"']?\\s*");
    private static final Pattern HANDLES_FILES =
            Pattern.compile("\\s*(?:sudo )?(?:rm|chmod|chown|chgrp|cp|mv|ls|stat|cat|touch)\\b[^;&|`$]*");
    private static final long LONGEST_SCRIPT = 1024 * 1024;

    /** What is longer is no test for a file. */
    private static final int LONGEST_COMMAND = 4_000;

    private final Path root;

    private Disk(Path root) {
        this.root = root;
    }

    /** A new one, in the directory for temporary files, that only this user can read. */
    static Disk create(String user, Map<String, String> files) throws IOException {
        Disk disk = new Disk(Files.createTempDirectory("ami-refresh-machine-"));
        for (String directory : USUAL) {
            Files.createDirectories(disk.root.resolve(directory));
        }
        if (!user.isEmpty()) {
            Files.createDirectories(disk.at("/home/" + user));
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = disk.at(file.getKey());
            Files.createDirectories(path.resolveSibling(".").normalize());
            Files.writeString(path, file.getValue());
        }
        return disk;
    }

    Path root() {
        return root;
    }

    /** Where a path of the machine really is; never outside the folder. */
    private Path at(String path) {
        Path inside = Path.of("/").resolve(path).normalize();
        return root.resolve(Path.of("/").relativize(inside).toString());
    }

    /** The texts of uploaded files that a command names, unless it does nothing but move, mark or remove files. */
    String scriptsRunBy(String command) {
        if (HANDLES_FILES.matcher(command).matches()) {
            return "";
        }
        StringBuilder scripts = new StringBuilder();
        Matcher path = PATH.matcher(command);
        while (path.find()) {
            scripts.append(text(at(path.group())));
        }
        return scripts.toString();
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LONGEST_SCRIPT
                    ? "\n" + new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The exit code of a command about files alone; empty for any other. */
    Optional<Integer> answer(String command) {
        if (command.length() > LONGEST_COMMAND) {
            return Optional.empty();
        }
        Matcher test = TEST.matcher(command);
        if (test.matches()) {
            Path path = at(test.group(2));
            boolean holds = test.group(1).equals("d")
                    ? Files.isDirectory(path)
                    : test.group(1).equals("f") ? Files.isRegularFile(path) : Files.exists(path);
            return Optional.of(holds ? 0 : 1);
        }
        Matcher make = MAKE.matcher(command);
        return make.matches() ? Optional.of(make(make.group(1).trim().split("\\s+", -1))) : Optional.empty();
    }

    private int make(String... directories) {
        try {
            for (String directory : directories) {
                Files.createDirectories(at(directory));
            }
            return 0;
        } catch (IOException refused) {
            return 1;
        }
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                // A client may have taken the right to list it away.
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException broken) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
