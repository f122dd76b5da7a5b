package io.jenkins.plugins.amirefresh.test.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A team's own Packer template with provisioners, which log into the simulated machine. */
@Tag("real-clients")
class PackerProvisionersTest {
    private static final int SPEED = 600;
    private static final int SSH = 22;

    @TempDir
    private Path directory;

    /** SSH's own port, so that the template needs no word; where this machine does not let us, any other. */
    private static int port() throws IOException {
        for (int port : new int[] {SSH, 0}) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.32.255.254"))) {
                return socket.getLocalPort();
            } catch (IOException refused) {
                if (port == 0) {
                    throw refused;
                }
            }
        }
        throw new IllegalStateException("never here");
    }

    private SimulatorProcess simulator(int port) throws IOException {
        Path account = Files.writeString(
                directory.resolve("account.yaml"),
                """
                start: "2026-11-22T17:00:00Z"
                accounts:
                  - id: "111111111111"
                    accessKeys: [AKIAMAINEXAMPLE00001]
                    regions:
                      - {name: eu-west-1, images: [{name: base-2026}]}
                behaviours:
                  - match: {image: "base-*"}
                    ssh: {port: %d, user: ec2-user, files: {/var/log/provision.log: "all is well"}}
                    commands:
                      - {script: "*yum install -y nginx*", output: "Complete!", after: 90s}
                      - {script: "*yum install*", exitCode: 1, error: "Error: Unable to find a match", after: 5s}
                      - {script: "*systemctl enable nginx*", output: "web is ready", after: 10s}
                """
                        .formatted(port));
        return SimulatorProcess.start(directory, SPEED, account);
    }

    private Command.Ended packer(SimulatorProcess simulator, int port, String... variables)
            throws IOException, InterruptedException {
        Map<String, String> environment = new TreeMap<>(simulator.variables());
        environment.putAll(Map.of("AWS_POLL_DELAY_SECONDS", "1", "AWS_MAX_ATTEMPTS", "200"));
        Command client = new Command(directory, environment);
        client.require("packer", "packer", "version");
        List<String> command = new ArrayList<>(List.of("packer", "build", "-color=false"));
        command.add("-var=endpoint=" + simulator.endpoint());
        if (port != SSH) {
            command.add("-var=ssh_port=" + port);
        }
        for (String variable : variables) {
            command.add("-var=" + variable);
        }
        command.add(Command.script("own_template"));
        return client.end(command.toArray(String[]::new));
    }

    private static JsonNode ask(SimulatorProcess simulator, String path) throws IOException {
        try (InputStream answer =
                URI.create(simulator.endpoint() + "/_simulator/" + path).toURL().openStream()) {
            return new ObjectMapper().readTree(answer);
        }
    }

    private static List<String> done(SimulatorProcess simulator, String kind) throws IOException {
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : ask(simulator, "ssh")) {
            if (entry.path("kind").asText().equals(kind)) {
                texts.add(entry.path("text").asText());
            }
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"scp", "sftp"})
    void whenATemplateHasProvisioners_thenTheyRunOnTheSimulatedMachineAndTheImageIsMade(String transfer)
            throws IOException, InterruptedException {
        int port = port();
        try (SimulatorProcess simulator = simulator(port)) {
            // when
            Command.Ended build = packer(simulator, port, "transfer=" + transfer);

            // then
            assertThat(build.exitCode()).as(build.written()).isZero();
            assertThat(build.written()).contains("Complete!").contains("web is ready");
            assertThat(done(simulator, "upload")).contains("/opt/web/conf/web.conf", "/etc/web/web.conf");
            assertThat(done(simulator, "command")).anyMatch(command -> command.startsWith("sudo -E env FAMILY='web'"));
            assertThat(Files.readString(directory.resolve("provision.log"))).isEqualTo("all is well");
            assertThat(ask(simulator, "state").toString()).contains("web-by-" + transfer);
        }
    }

    @Test
    void whenAProvisionerFails_thenPackerFailsAndItsMachineIsTerminated() throws IOException, InterruptedException {
        int port = port();
        try (SimulatorProcess simulator = simulator(port)) {
            // when
            Command.Ended build = packer(simulator, port, "package=ngnix");

            // then
            assertThat(build.exitCode()).isEqualTo(1);
            assertThat(build.written()).contains("Unable to find a match").contains("non-zero exit status: 1");
            assertThat(ask(simulator, "events").toString()).contains("terminated: user request");
        }
    }
}
