package io.jenkins.plugins.amirefresh.test.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.runner.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of {@code docs/examples/retire-amis}, and the rights that months of it need. */
class RetireExampleTest {

    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "retire-amis");
    private static final Path POLICY = Path.of("..", "resources", "iam", "retire.json");

    @TempDir
    private Path out;

    private final StringWriter output = new StringWriter();

    private int rehearse(Path pipeline, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "rehearse",
                pipeline.toString(),
                "--account",
                EXAMPLE.resolve("account.yaml").toString(),
                "--policy",
                POLICY.toString(),
                "--out",
                out.resolve("out").toString()));
        command.addAll(List.of(more));
        PrintWriter writer = new PrintWriter(output, true);
        return Main.run(Map.of(), writer, writer, command.toArray(String[]::new));
    }

    private JsonNode read(String file) throws IOException {
        return Json.mapper().readTree(out.resolve("out").resolve(file).toFile());
    }

    @Test
    void whenNobodyAsksForMore_thenItSaysWhatWouldBeRetiredAndChangesNothing() throws IOException {
        assertThat(rehearse(EXAMPLE.resolve("Jenkinsfile")))
                .as(output.toString())
                .isZero();
        assertThat(output.toString())
                .contains(
                        "ami-0aaaaaaaaaaaaaa04 (web-4) in eu-west-1 of 111111111111 would be deprecated: nothing needs it",
                        "ami-0aaaaaaaaaaaaaa09 (web-9) in eu-west-1 of 111111111111 kept: launch template web version 1",
                        "ami-0aaaaaaaaaaaaaa07 (web-7) in eu-west-1 of 111111111111 kept: parameter /shop/golden",
                        "ami-0aaaaaaaaaaaaaa06 (web-6) in eu-west-1 of 111111111111 kept: launch template shop version 1",
                        "(web-5) in eu-west-1 of 111111111111 kept: its tag ami-refresh:keep: audit of 2026",
                        "retireAmis: 8 kept, 1 would be deprecated (dry run: nothing is changed");
        assertThat(operations()).doesNotContain("ec2:EnableImageDeprecation", "ec2:CreateTags");
    }

    @Test
    void whenItRunsForMonths_thenTheImageIsGoneAndEachRightIsNeeded() throws IOException {
        // given: one that is enabled again, and a snapshot that another image needs
        String retire =
                "retireAmis regions: 'eu-west-1', keep: 2, dryRun: false, accounts: ['self', 'arn:aws:iam::222222222222:role/ami-refresh']\n";
        Path pipeline = Files.writeString(
                out.resolve("Jenkinsfile"),
                retire + "sleep time: 15, unit: 'DAYS'\n" + retire.replace("keep: 2", "keep: 2, families: 'web'")
                        + "sleep time: 1, unit: 'DAYS'\n" + retire.replace("keep: 2", "keep: 9")
                        + "sleep time: 1, unit: 'DAYS'\n" + retire + "sleep time: 15, unit: 'DAYS'\n" + retire
                        + "sleep time: 31, unit: 'DAYS'\n" + retire);

        // when
        int code = rehearse(pipeline);

        // then
        assertThat(code).as(output.toString()).isZero();
        assertThat(output.toString()).contains("enabled: is needed again: it is among the newest 9 of web");
        assertThat(output.toString())
                .contains("ami-0aaaaaaaaaaaaaa04 (web-4) in eu-west-1 of 111111111111 deregistered");
        Set<String> unused = actions();
        unused.removeAll(operations());
        assertThat(unused).isEmpty();
    }

    private Set<String> operations() throws IOException {
        Set<String> used = new TreeSet<>();
        for (JsonNode call : read("calls.json")) {
            used.add(
                    call.path("service").asText() + ":" + call.path("operation").asText());
        }
        return used;
    }

    private static Set<String> actions() throws IOException {
        Set<String> actions = new TreeSet<>();
        Json.mapper().readTree(POLICY.toFile()).path("Statement").forEach(statement -> statement
                .path("Action")
                .forEach(action -> actions.add(action.asText())));
        return actions;
    }
}
