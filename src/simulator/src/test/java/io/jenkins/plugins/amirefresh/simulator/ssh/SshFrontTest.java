package io.jenkins.plugins.amirefresh.simulator.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.scp.client.ScpClientCreator;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshFrontTest {

    private static final Set<PosixFilePermission> SCRIPT =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static Set<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return Set.copyOf(all.filter(path -> path.getFileName().toString().startsWith("ami-refresh-machine-"))
                    .toList());
        }
    }

    private static void scp(ClientSession session, String text, String to) throws IOException {
        ScpClientCreator.instance()
                .createScpClient(session)
                .upload(text.getBytes(StandardCharsets.UTF_8), to, SCRIPT, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ed25519"})
    void whenTheMachineHasBooted_thenTheHolderOfItsKeyIsLetIn(String keyType) throws IOException {
        try (SshRig rig = new SshRig(keyType);
                ClientSession session = rig.login(rig.booted())) {
            assertThat(SshRig.run(session, "true")).isEqualTo(new SshRig.Result(0, "", ""));
        }
    }

    @Test
    void whenItHasNotBootedOrHasEnded_thenNothingListens() throws IOException {
        try (SshRig rig = new SshRig()) {
            // given
            Set<Path> before = folders();
            JsonNode instance = rig.launch();
            String address = instance.path("PrivateIpAddress").asText();
            assertThat(instance.path("PublicIpAddress").asText("")).isEqualTo(address);
            assertThatThrownBy(() -> rig.login(address)).hasMessageContaining("refused");
            rig.pass(Duration.ofSeconds(60));
            rig.login(address).close();

            // when
            rig.terminate(instance.path("InstanceId").asText());

            // then
            assertThatThrownBy(() -> rig.login(address)).hasMessageContaining("refused");
            assertThat(folders()).isEqualTo(before);
        }
    }

    @Test
    void whenTheKeyOrTheUserIsAnother_thenNobodyIsLetIn() throws IOException {
        try (SshRig rig = new SshRig()) {
            // given
            String address = rig.booted();
            var other = rig.create("other", "rsa");

            // then
            assertThatThrownBy(() -> rig.login(address, "ec2-user", other)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> rig.login(address, "ubuntu", rig.key)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whenACommandIsDeclared_thenItEndsAsDeclaredAfterSimulatedTime() throws IOException {
        try (SshRig rig = new SshRig();
                ClientSession session = rig.login(rig.booted())) {
            // given
            SshRig.Running install = SshRig.start(session, "sudo yum install nginx -y");
            SshRig.run(session, "true");
            assertThat(install.isRunning()).isTrue();

            // when
            rig.pass(Duration.ofSeconds(20));

            // then
            assertThat(install.result()).isEqualTo(new SshRig.Result(4, "resolving\n", "no such package\n"));
            assertThat(rig.front.log())
                    .extracting(SshLog.Entry::user, SshLog.Entry::kind, SshLog.Entry::text, SshLog.Entry::result)
                    .contains(org.assertj.core.groups.Tuple.tuple(
                            "ec2-user", "command", "sudo yum install nginx -y", 4L));
        }
    }

    @Test
    void whenAScriptIsUploaded_thenTheCommandThatRunsItIsJudgedByItsText() throws IOException {
        try (SshRig rig = new SshRig();
                ClientSession session = rig.login(rig.booted())) {
            // given
            scp(session, "#!/bin/sh\nyum install nginx\n", "/tmp/script_1.sh");

            // when
            SshRig.Result mode = SshRig.run(session, "chmod 0755 /tmp/script_1.sh\n");
            SshRig.Running script = SshRig.start(session, "chmod 0755 /tmp/script_1.sh; FAMILY='web' /tmp/script_1.sh");
            SshRig.Result removal = SshRig.run(session, "rm -f /tmp/script_1.sh\n");
            rig.pass(Duration.ofSeconds(20));

            // then
            assertThat(script.result().exitCode()).isEqualTo(4);
            assertThat(mode.exitCode()).isZero();
            assertThat(removal.exitCode()).isZero();
        }
    }

    @Test
    void whenFilesComeAndGo_thenTheyStayInTheMachinesFolder() throws IOException {
        try (SshRig rig = new SshRig();
                ClientSession session = rig.login(rig.booted())) {
            // given
            Path outside = Path.of("/tmp/ami-refresh-escaped");
            SftpClient sftp = SftpClientFactory.instance().createSftpClient(session);

            // when
            scp(session, "by scp", "../../../../../../../../tmp/ami-refresh-escaped");
            try (var file = sftp.write("/../../../opt/new/place/ami-refresh-escaped")) {
                file.write("by sftp".getBytes(StandardCharsets.UTF_8));
            }

            // then
            assertThat(outside).doesNotExist();
            assertThat(new String(sftp.read("/tmp/ami-refresh-escaped").readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("by scp");
            assertThat(new String(
                            sftp.read("/opt/new/place/ami-refresh-escaped").readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("by sftp");
            assertThat(new String(sftp.read("/etc/os-release").readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("ID=amzn");
            assertThatThrownBy(() -> sftp.symLink("/tmp/link", "/etc/passwd")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.read("/etc/passwd").read()).isInstanceOf(IOException.class);
            assertThat(SshRig.run(session, "test -d \"/opt/new/place\"").exitCode())
                    .isZero();
            assertThat(SshRig.run(session, "test -d \"/opt/other\"").exitCode()).isEqualTo(1);
            SshRig.run(session, "sudo mkdir -p /opt/other/deep");
            assertThat(SshRig.run(session, "[ -d /opt/other/deep ]").exitCode()).isZero();
        }
    }

    @Test
    void whenTheMachineEndsOrTheServerCloses_thenSessionsAreCutAndNothingStays() throws IOException {
        Set<Path> before = folders();
        try (SshRig rig = new SshRig()) {
            // given
            JsonNode instance = rig.launch();
            String other = rig.booted();
            SshRig.Running cut =
                    SshRig.start(rig.login(instance.path("PrivateIpAddress").asText()), "yum install nginx");
            SshRig.Running closed = SshRig.start(rig.login(other), "yum install nginx");

            // when
            rig.terminate(instance.path("InstanceId").asText());
            SshRig.Result ended = cut.result();
            rig.front.close();

            // then
            assertThat(ended.exitCode()).isNull();
            assertThat(closed.result().exitCode()).isNull();
        }
        assertThat(folders()).isEqualTo(before);
    }

    @Test
    void whenACommandIsHuge_thenItIsAnsweredAllTheSame() throws IOException {
        try (SshRig rig = new SshRig();
                ClientSession session = rig.login(rig.booted())) {
            String huge = "test -d " + " ".repeat(20_000) + "/x";
            assertThat(SshRig.run(session, huge).exitCode()).isZero();
        }
    }

    @Test
    void whenTwoHundredLogInAtOnce_thenEachIsAnswered() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(50);
        try (SshRig rig = new SshRig()) {
            String address = rig.booted();
            List<Future<String>> answers = new ArrayList<>();
            for (int n = 0; n < 200; n++) {
                answers.add(clients.submit(() -> {
                    try (ClientSession session = rig.login(address)) {
                        return SshRig.run(session, "uname").output();
                    }
                }));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("Linux\n");
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void whenAPortIsTaken_thenTheStartIsRefusedInOneLine() {
        try (SshRig rig = new SshRig()) {
            Simulator second = Simulator.of(new AccountReader().read("test.yaml", SshRig.yaml(rig.port)));
            assertThatThrownBy(() -> SshFront.start(second))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("SSH port " + rig.port + " cannot be bound on loopback addresses like")
                    .hasMessageContaining("declare another port")
                    .message()
                    .doesNotContain("\n");
        }
    }
}
