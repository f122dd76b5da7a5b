package io.jenkins.plugins.amirefresh.simulator.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.behavior.ShellHost;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** An account whose new machines can be logged into, a key pair of it, and a client. */
final class SshRig implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Caller CALLER =
            new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:root", "any");

    final int port = freePort();
    final Simulator simulator;
    final SshFront front;
    final KeyPair key;
    private final SshClient client = SshClient.setUpDefaultClient();

    SshRig() {
        this("rsa");
    }

    SshRig(String keyType) {
        simulator = Simulator.of(new AccountReader().read("test.yaml", yaml(port)));
        front = SshFront.start(simulator);
        key = create("mine", keyType);
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
    }

    static String yaml(int port) {
        return """
                start: "2026-11-22T17:00:00Z"
                accounts:
                  - id: "111111111111"
                    regions:
                      - {name: eu-west-1, images: [{name: base}]}
                behaviours:
                  - match: {image: base}
                    boot: 30s
                    ssh:
                      port: %d
                      user: ec2-user
                      files: {/etc/os-release: "ID=amzn"}
                    commands:
                      - {script: "*yum install nginx*", exitCode: 4, output: "resolving", error: "no such package", after: 20s}
                      - {script: "uname", output: "Linux", after: 0s}
                """
                .formatted(port);
    }

    /** A port that nobody has at the addresses of machines. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(ShellHost.UNUSED))) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    KeyPair create(String name, String type) {
        String material = simulator
                .call("ec2", "CreateKeyPair", node().put("KeyName", name).put("KeyType", type), CALLER)
                .path("KeyMaterial")
                .asText();
        try {
            return SecurityUtils.loadKeyPairIdentities(
                            null,
                            NamedResource.ofName(name),
                            new ByteArrayInputStream(material.getBytes(StandardCharsets.US_ASCII)),
                            FilePasswordProvider.EMPTY)
                    .iterator()
                    .next();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** Launches a machine and returns its address once it is running; it has not booted yet. */
    JsonNode launch() {
        String image = simulator
                .call("ec2", "DescribeImages", node(), CALLER)
                .path("Images")
                .path(0)
                .path("ImageId")
                .asText();
        JsonNode instance = simulator
                .call(
                        "ec2",
                        "RunInstances",
                        node().put("ImageId", image)
                                .put("KeyName", "mine")
                                .put("InstanceType", "t3.micro")
                                .put("MinCount", 1)
                                .put("MaxCount", 1),
                        CALLER)
                .path("Instances")
                .path(0);
        pass(Duration.ofSeconds(15));
        return instance;
    }

    /** The address of a new machine that has booted. */
    String booted() {
        String address = launch().path("PrivateIpAddress").asText();
        pass(Duration.ofSeconds(60));
        return address;
    }

    void terminate(String instanceId) {
        ObjectNode request = node();
        request.putArray("InstanceIds").add(instanceId);
        simulator.call("ec2", "TerminateInstances", request, CALLER);
        front.settle();
    }

    /** Lets simulated time pass and waits until every port that opens or closes has done so. */
    void pass(Duration duration) {
        simulator.advanceTo(simulator.now().plus(duration));
        front.settle();
    }

    ClientSession login(String address) throws IOException {
        return login(address, "ec2-user", key);
    }

    ClientSession login(String address, String user, KeyPair identity) throws IOException {
        ClientSession session =
                client.connect(user, address, port).verify(PATIENCE).getSession();
        session.addPublicKeyIdentity(identity);
        session.auth().verify(PATIENCE);
        return session;
    }

    /** Begins a command. */
    static Running start(ClientSession session, String command) throws IOException {
        Running running = new Running(session, command);
        running.channel.open().verify(PATIENCE);
        return running;
    }

    static Result run(ClientSession session, String command) throws IOException {
        return start(session, command).result();
    }

    record Result(Integer exitCode, String output, String error) {}

    static final class Running {
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private final ByteArrayOutputStream error = new ByteArrayOutputStream();
        private final org.apache.sshd.client.channel.ChannelExec channel;

        Running(ClientSession session, String command) throws IOException {
            channel = session.createExecChannel(command);
            channel.setOut(output);
            channel.setErr(error);
        }

        boolean isRunning() {
            return channel.getExitStatus() == null && !channel.isClosed();
        }

        Result result() {
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            return new Result(
                    channel.getExitStatus(),
                    output.toString(StandardCharsets.UTF_8),
                    error.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        client.stop();
        front.close();
    }
}
