package io.jenkins.plugins.amirefresh.test.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end in a directory, with given variables beside this process's own. */
final class Command {
    static final String JAVA =
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString();

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final long LIMIT_MINUTES = 10;

    private final Path directory;
    private final Map<String, String> variables;

    Command(Path directory, Map<String, String> variables) {
        this.directory = directory;
        this.variables = variables;
    }

    /** A file of the repository. */
    static Path file(String path) {
        return ROOT.resolve(path);
    }

    /** A packaged module; the modules before this one in the reactor have made theirs. */
    static Path jar(String module) {
        Path jar = file("src/" + module + "/target/" + module + ".jar");
        assertThat(jar).as("mvn package makes it").isRegularFile();
        return jar;
    }

    /** A script of these tests. */
    static String script(String name) {
        return file("test/src/test/resources/clients/" + name).toString();
    }

    /** Runs the program and returns what it wrote; a program that fails fails the test with its words. */
    String run(String... command) throws IOException, InterruptedException {
        Ended ended = end(command);
        assertThat(ended.exitCode())
                .as("%s, which wrote:%n%s", List.of(command), ended.written())
                .isZero();
        return ended.written();
    }

    /** How a program ended and what it wrote. */
    record Ended(int exitCode, String written) {}

    /** Runs the program to its end, whatever that is. */
    Ended end(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                return fail(command[0] + " did not end in " + LIMIT_MINUTES + " minutes:\n" + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }

    /** Fails with the name of the missing package unless the program runs. */
    void require(String debianPackage, String... command) throws InterruptedException {
        try {
            run(command);
        } catch (IOException | AssertionError e) {
            throw new AssertionError("install the package " + debianPackage + ": this test runs its client", e);
        }
    }
}
