package io.jenkins.plugins.amirefresh.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
        int exit = Main.run(new PrintWriter(out, true), new PrintWriter(errors, true), arguments);
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
    void whenTheUsageIsWrong_thenTheExitCodeIsTwo() {
        assertThat(run("rehearse", "no-such-file").exit()).isEqualTo(2);
        assertThat(run("rehearse", "--expect", "GOOD").exit()).isEqualTo(2);
        assertThat(run("rehearse", "--start", "tomorrow").exit()).isEqualTo(2);
        assertThat(run().exit()).isEqualTo(2);
    }

    private record Run(int exit, String out, String errors) {}
}
