package io.jenkins.plugins.amirefresh.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.server.SimulatorServer;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and messages of the command line. */
class MainTest {

    private static Run rehearse(Path directory, String pipeline, String... more) throws Exception {
        Path jenkinsfile = Files.writeString(directory.resolve("Jenkinsfile"), pipeline);
        String[] arguments = new String[more.length + 4];
        arguments[0] = "rehearse";
        arguments[1] = jenkinsfile.toString();
        arguments[2] = "--out";
        arguments[3] = directory.resolve("out").toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return run(arguments);
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int exit = Main.run(System.getenv(), new PrintWriter(out, true), new PrintWriter(errors, true), arguments);
        return new Run(exit, out.toString(), errors.toString());
    }

    @Test
    void whenThePipelineSucceeds_thenItLeavesTheFilesOfTheContract(@TempDir Path directory) throws Exception {
        // when
        Run run = rehearse(directory, "echo 'hello'");

        // then
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("hello", "SUCCESS, as expected");
        assertThat(directory.resolve("out"))
                .isDirectoryContaining("glob:**/console.txt")
                .isDirectoryContaining("glob:**/journal.jsonl")
                .isDirectoryContaining("glob:**/report.json")
                .isDirectoryContaining("glob:**/report.html")
                .isDirectoryContaining("glob:**/slack.jsonl")
                .isDirectoryContaining("glob:**/calls.json")
                .isDirectoryContaining("glob:**/junit.xml");
    }

    @Test
    void whenTheResultIsNotTheExpectedOne_thenTheExitCodeSaysWhichItIs(@TempDir Path directory) throws Exception {
        assertThat(rehearse(directory, "unstable 'x'").exit()).isEqualTo(3);
        assertThat(rehearse(directory, "unstable 'x'", "--expect", "UNSTABLE").exit())
                .isZero();
        assertThat(rehearse(directory, "error 'x'").exit()).isEqualTo(1);
        assertThat(rehearse(directory, "echo 'x'", "--expect", "UNSTABLE").exit())
                .isEqualTo(1);
        assertThat(rehearse(directory, "sleep 100000", "--abort-at", "2026-11-22T18:00:00Z")
                        .exit())
                .isEqualTo(4);
    }

    @Test
    void whenAStepIsUnknown_thenFileAndLineAreNamed(@TempDir Path directory) throws Exception {
        // when
        Run run = rehearse(directory, "echo 'a'\nrecycleAsg()");

        // then
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "Jenkinsfile:2: there is no step or global variable 'recycleAsg', did you mean 'recycleAsgs'?");
    }

    @Test
    void whenTheGroovyCannotBeParsed_thenOneLineSaysWhereAndWhat(@TempDir Path directory) throws Exception {
        // when
        Run run = rehearse(directory, "echo 'a'\nnode {\n");

        // then
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.errors().lines().toList()).hasSize(1);
        assertThat(run.errors()).startsWith("Jenkinsfile:");
    }

    @Test
    void whenTheAccountCannotBeRead_thenOneLineSaysSo(@TempDir Path directory) throws Exception {
        // given
        Path account = Files.writeString(directory.resolve("account.yaml"), "accounts: 7\n");

        // when
        Run run = rehearse(directory, "echo 'a'", "--account", account.toString());

        // then
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.errors().lines().toList()).hasSize(1);
        assertThat(run.errors()).contains("account.yaml");
    }

    @Test
    void whenACredentialIsDeclared_thenThePipelineGetsItMasked(@TempDir Path directory) throws Exception {
        // given
        String pipeline =
                """
                pipeline {
                    agent none
                    environment { LOGIN = credentials('deploy') }
                    stages {
                        stage('a') {
                            steps {
                                script { echo "${LOGIN_USR.length()} ${LOGIN_PSW.length()} ${LOGIN}" }
                            }
                        }
                    }
                }
                """;

        // when
        Run run = rehearse(directory, pipeline, "--credential", "deploy=amy:secret");

        // then
        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(run.out()).contains("3 6 ****").doesNotContain("secret");
        assertThat(rehearse(directory, pipeline).out())
                .contains(
                        "ERROR: Could not find credentials entry with ID 'deploy'; declare a stand-in with --credential");
    }

    @Test
    void whenTheStartIsBeforeTheSimulatorsClock_thenOneLineSaysSo(@TempDir Path directory) throws Exception {
        // given
        Simulator simulator = Simulator.of(new AccountReader().sample());

        try (SimulatorServer server = SimulatorServer.start(simulator, 0, 0)) {
            // when
            Run run = rehearse(
                    directory,
                    "echo 'a'",
                    "--endpoint",
                    server.endpoint().toString(),
                    "--start",
                    "2026-11-22T16:00:00Z");

            // then
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.errors())
                    .isEqualToIgnoringNewLines(
                            "--start 2026-11-22T16:00:00Z is before the simulator's clock, 2026-11-22T17:00:00Z");
        }
    }

    @Test
    void whenTheEndpointRefusesToMoveItsClock_thenItsStatusIsNamed(@TempDir Path directory) throws Exception {
        // given
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = "{\"speed\": 1}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("GET") ? 200 : 405, answer.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        server.start();
        try {
            // when
            Run run = rehearse(
                    directory,
                    "echo 'a'",
                    "--endpoint",
                    "http://127.0.0.1:" + server.getAddress().getPort());

            // then
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.errors()).contains("/_simulator/clock answers 405").hasLineCount(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whenTheUsageIsWrong_thenTheExitCodeIsTwo() {
        assertThat(run("rehearse", "no-such-file").exit()).isEqualTo(2);
        assertThat(run("rehearse", "--expect", "GOOD").exit()).isEqualTo(2);
        assertThat(run("rehearse", "--start", "tomorrow").exit()).isEqualTo(2);
        assertThat(run().exit()).isEqualTo(2);
    }

    private record Run(int exit, String out, String errors) {}
}
