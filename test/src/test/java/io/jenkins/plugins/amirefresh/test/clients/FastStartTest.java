package io.jenkins.plugins.amirefresh.test.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.test.clients.Command.Ended;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar} of the packaged programs: a second JVM does the work, and nobody can tell. */
@Tag("real-clients")
class FastStartTest {
    private static final int TERMINATED = 143;
    private static final long MOMENT_SECONDS = 20;

    @TempDir
    private Path directory;

    private Ended simulator(Path jar, String... arguments) throws IOException, InterruptedException {
        return simulator(jar, Map.of(), arguments);
    }

    private Ended simulator(Path jar, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 3];
        command[0] = Command.JAVA;
        command[1] = "-jar";
        command[2] = jar.toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return new Command(directory, variables).end(command);
    }

    /** A running server, in the JVM that was started and the one that does the work. */
    private static final class Server implements AutoCloseable {
        private final Process process;
        private final ProcessHandle program;

        private Server(Process process, ProcessHandle program) {
            this.process = process;
            this.program = program;
        }

        static Server start() throws IOException {
            Process process = new ProcessBuilder(
                            Command.JAVA, "-jar", Command.jar("simulator").toString(), "--port", "0")
                    .start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            assertThat(output.readLine()).contains("http://127.0.0.1:");
            assertThat(process.descendants()).hasSize(1);
            return new Server(process, process.descendants().findFirst().orElseThrow());
        }

        boolean programEnds() throws Exception {
            return program.onExit().get(MOMENT_SECONDS, TimeUnit.SECONDS) != null;
        }

        @Override
        public void close() {
            program.destroyForcibly();
            process.destroyForcibly();
        }
    }

    @Test
    void archivesFitTheJarsThatTheyLieBeside() throws Exception {
        for (String module : List.of("runner", "simulator")) {
            Path jar = Command.jar(module);
            String archive = jar.toString().replace(".jar", ".jsa");
            Ended ended = new Command(directory, Map.of())
                    .end(
                            Command.JAVA,
                            "-Xshare:on",
                            "-XX:+UseSerialGC",
                            "-XX:SharedArchiveFile=" + archive,
                            "-cp",
                            jar.toRealPath().toString(),
                            "io.jenkins.plugins.amirefresh." + (module.equals("runner") ? "runner" : "simulator.server")
                                    + ".Main",
                            "--help");
            assertThat(ended.exitCode()).as(ended.written()).isZero();
        }
    }

    @Test
    void exitCodesAndMessagesComeBack() throws Exception {
        Ended wrong = simulator(Command.jar("simulator"), "--port", "-1");
        Ended nothing = simulator(Command.jar("runner"));

        assertThat(wrong).isEqualTo(new Ended(2, "--port must be from 0 to 65535, not -1; see --help\n"));
        assertThat(nothing).isEqualTo(new Ended(2, "say what to do: rehearse or verify-journal (see --help)\n"));
    }

    @Test
    void whenTheStarterIsToldToStop_thenTheServerStops() throws Exception {
        try (Server server = Server.start()) {
            server.process.destroy();
            assertThat(server.process.waitFor()).isEqualTo(TERMINATED);
            assertThat(server.program.isAlive()).isFalse();
        }
    }

    @Test
    void whenTheStarterIsKilledOutright_thenTheServerEnds() throws Exception {
        try (Server server = Server.start()) {
            server.process.destroyForcibly();
            assertThat(server.programEnds()).isTrue();
        }
    }

    @Test
    void whenTheServerIsKilled_thenTheStarterSaysSo() throws Exception {
        try (Server server = Server.start()) {
            server.program.destroyForcibly();
            assertThat(server.process.waitFor()).isEqualTo(128 + 9);
        }
    }

    @Test
    void twoAtOnceDoNotMindEachOther() throws Exception {
        try (Server one = Server.start();
                Server other = Server.start()) {
            one.process.destroy();
            one.process.waitFor();
            assertThat(other.program.isAlive()).isTrue();
        }
    }

    @Test
    void anArchiveThatIsNotRightIsLeftAsideWithoutAWord() throws Exception {
        // given
        String schema = simulator(Command.jar("simulator"), "--schema").written();
        Path moved = Files.copy(Command.jar("simulator"), directory.resolve("moved.jar"));
        Path archive = directory.resolve("moved.jsa");

        // then
        assertThat(simulator(moved, "--schema")).as("none").isEqualTo(new Ended(0, schema));
        Files.copy(Path.of(Command.jar("simulator").toString().replace(".jar", ".jsa")), archive);
        assertThat(simulator(moved, "--schema")).as("made for another place").isEqualTo(new Ended(0, schema));
        Files.write(archive, new byte[1 << 16], StandardOpenOption.WRITE);
        assertThat(simulator(moved, "--schema")).as("without a header").isEqualTo(new Ended(0, schema));
        Files.copy(moved, archive, StandardCopyOption.REPLACE_EXISTING);
        assertThat(simulator(moved, "--schema")).as("no archive at all").isEqualTo(new Ended(0, schema));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            Ended readOnly = new Command(Files.createTempDirectory("fast-start"), Map.of())
                    .end(Command.JAVA, "-jar", moved.toString(), "--schema");
            assertThat(readOnly).as("a directory to read only").isEqualTo(new Ended(0, schema));
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void flagsOfTheEnvironmentReachTheProgram() throws Exception {
        Ended shared = simulator(Command.jar("simulator"), Map.of("JAVA_TOOL_OPTIONS", "-Xmx400m"), "--schema");
        Ended alone = simulator(
                Command.jar("simulator"), Map.of("JAVA_TOOL_OPTIONS", "-Xmx400m -XX:+UseParallelGC"), "--schema");

        assertThat(shared.exitCode()).isZero();
        assertThat(shared.written()).containsSubsequence("-Xmx400m", "-Xmx400m", "{");
        assertThat(alone.exitCode()).as(alone.written()).isZero();
        assertThat(alone.written().split("Picked up", -1)).as("one JVM alone").hasSize(2);
    }
}
