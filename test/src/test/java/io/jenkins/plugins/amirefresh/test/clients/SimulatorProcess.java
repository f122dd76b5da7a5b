package io.jenkins.plugins.amirefresh.test.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** {@code simulator.jar}, with the sample account unless said, on a free port of loopback, until it is closed. */
final class SimulatorProcess implements AutoCloseable {
    private static final long MOMENT_SECONDS = 10;

    private final Process process;
    private final BufferedReader output;
    private final String endpoint;

    private SimulatorProcess(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        String first = Objects.requireNonNullElse(output.readLine(), "nothing, it ended");
        this.endpoint = first.substring(first.indexOf("http") < 0 ? 0 : first.indexOf("http"));
    }

    /**
     * Starts one and waits for the line that names its endpoint.
     *
     * @param speed simulated seconds a real second
     */
    static SimulatorProcess start(Path directory, int speed) throws IOException {
        return start(directory, speed, List.of());
    }

    /** Starts one with an account file of the test's own. */
    static SimulatorProcess start(Path directory, int speed, Path account) throws IOException {
        return start(directory, speed, List.of("--account", account.toString()));
    }

    private static SimulatorProcess start(Path directory, int speed, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Command.JAVA,
                "-jar",
                Command.jar("simulator").toString(),
                "--port",
                "0",
                "--speed",
                Integer.toString(speed)));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("simulator.txt").toFile())
                .start();
        SimulatorProcess started = new SimulatorProcess(process);
        if (!started.endpoint.startsWith("http://127.0.0.1:")) {
            started.close();
            throw new IllegalStateException("the simulator's first line names no endpoint: " + started.endpoint + "\n"
                    + Files.readString(directory.resolve("simulator.txt")));
        }
        return started;
    }

    String endpoint() {
        return endpoint;
    }

    /** What a client in its own process needs, and nothing of this machine's own AWS configuration. */
    Map<String, String> variables() {
        return Map.of(
                "CLIENT_ENDPOINT", endpoint,
                "AWS_DEFAULT_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "AKIAMAINEXAMPLE00001",
                "AWS_SECRET_ACCESS_KEY", "simulated",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(MOMENT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        output.close();
    }
}
