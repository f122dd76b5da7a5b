package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code buildAmi} of teams' own templates with the real Packer, from a Jenkinsfile. */
@Tag("real-clients")
class BuildAmiWithPackerTest {

    private static final Instant START = Instant.parse("2026-11-22T17:00:00Z");

    private static final String ACCOUNT =
            """
            start: "2026-11-22T17:00:00Z"
            seed: 41
            accounts:
              - id: "111111111111"
                regions:
                  - name: eu-west-1
                    images:
                      - {name: base-new, id: ami-0aaaaaaaaaaaaaaa1, age: 2d}
                  - name: eu-west-2
            """;

    /** What an Amazon source needs for the simulator; nobody logs in. */
    private static final String SOURCE =
            """
            variable "endpoint" { default = "" }
            variable "copies" {
              type    = list(string)
              default = []
            }
            source "amazon-ebs" "base" {
              ami_name            = "shop-{{timestamp}}"
              region              = "eu-west-1"
              ami_regions         = var.copies
              source_ami          = "ami-0aaaaaaaaaaaaaaa1"
              instance_type       = "t3.small"
              communicator        = "none"
              custom_endpoint_ec2 = var.endpoint
              skip_region_validation = true
            }
            """;

    private static final String NAMED =
            """
                        variable "größe" { default = "klein" }
                        locals {
                          all = ["amazon-ebs.base"]
                          text = "echo ${
                            var.größe
                          }"
                        }
                        build {
                          name = "x"
                          source "amazon-ebs.base" { name = "y" }
                          sources = [ # "amazon-ebs.other"
                          ]
                        }
                        """;

    private static final Map<String, String> MADE_AND_REMOVED = Map.of(
            "CreateKeyPair", "DeleteKeyPair",
            "CreateSecurityGroup", "DeleteSecurityGroup",
            "RunInstances", "TerminateInstances");

    @TempDir
    private Path folder;

    private Path project = Path.of("");

    @BeforeEach
    void aProject() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        write("account.yaml", ACCOUNT);
        write("packer/shop.pkr.hcl", SOURCE + "build {\n  sources = [\"amazon-ebs.base\"]\n}\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Rehearsal run(String steps, List<String> arguments) throws IOException {
        return Rehearsal.runHere(System.getenv("PATH"), folder, arguments(steps, arguments));
    }

    private String[] arguments(String steps, List<String> more) throws IOException {
        write(
                "Jenkinsfile",
                "pipeline {\n  agent any\n  environment { AMI_REFRESH_REGIONS = 'eu-west-1' }\n  stages { stage('Image') {"
                        + " steps {\n" + steps + "\n} } }\n}\n");
        List<String> all = new ArrayList<>();
        all.add(project.resolve("Jenkinsfile").toString());
        all.addAll(List.of("--account", project.resolve("account.yaml").toString()));
        all.addAll(more);
        return all.toArray(String[]::new);
    }

    private Rehearsal run(String steps) throws IOException {
        return run(steps, List.of());
    }

    private static int found(String pattern, Rehearsal run) {
        return (int) Pattern.compile(pattern).matcher(run.output()).results().count();
    }

    private static void assertNothingIsLeft(Rehearsal run) throws IOException {
        List<String> done = run.calls().stream()
                .filter(call -> !call.hasNonNull("error") && !call.hasNonNull("errorCode"))
                .map(call -> call.path("operation").asText())
                .toList();
        MADE_AND_REMOVED.forEach((made, removed) -> assertThat(
                        done.stream().filter(removed::equals).count())
                .as(removed + "\n" + run.output())
                .isGreaterThanOrEqualTo(done.stream().filter(made::equals).count()));
    }

    @Test
    void whenOneTemplateHasSeveralNames_thenItIsBuiltOnceAndReused() throws IOException {
        Rehearsal run = run(
                """
                buildAmi family: 'shop', template: './packer'
                dir('sub') { buildAmi family: 'shop', template: '../packer' }
                buildAmi family: 'shop', template: "${WORKSPACE}/packer"
                dir('packer') { buildAmi family: 'shop', template: '.' }
                """);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(found("is built", run)).isEqualTo(1);
        assertThat(found("is reused", run)).isEqualTo(3);
        assertNothingIsLeft(run);
    }

    @Test
    void whenNotationsAreUnusual_thenPackersNamesCount() throws IOException {
        write("named/t.pkr.hcl", "\uFEFF" + SOURCE + NAMED);
        write("named/files/logo.png", "\0\1");
        Files.write(project.resolve("named/files/binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        write("named/old/broken.pkr.hcl", "source {{{");
        write(
                "old.json",
                """
                {"builders": [{"type": "amazon-ebs", "name": "{{user `who`}}", "ami_name": "old-{{timestamp}}",
                  "region": "eu-west-1", "source_ami": "ami-0aaaaaaaaaaaaaaa1", "instance_type": "t3.small",
                  "communicator": "none", "skip_region_validation": true,
                  "custom_endpoint_ec2": "{{user `endpoint`}}"}]}
                """);
        write(
                "json/t.pkr.json",
                """
                {"variable": {"endpoint": {"default": ""}},
                 "source": {"amazon-ebs": {"j": {"ami_name": "json-{{timestamp}}", "region": "eu-west-1",
                   "source_ami": "ami-0aaaaaaaaaaaaaaa1", "instance_type": "t3.small", "communicator": "none",
                   "skip_region_validation": true, "custom_endpoint_ec2": "${var.endpoint}"}}},
                 "build": {"sources": ["source.amazon-ebs.j"]}}
                """);

        Rehearsal run = run(
                """
                buildAmi family: 'named', template: 'named', only: 'x.amazon-ebs.y'
                buildAmi family: 'old', template: 'old.json', variables: [who: 'web'], only: 'web'
                buildAmi family: 'json', template: 'json'
                """);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(found("(?m)^(named|old|json): ami-\\w+ in eu-west-1 is built", run))
                .isEqualTo(3);
        assertNothingIsLeft(run);
    }

    @Test
    void whenThereAreTwoRegions_thenEachHasItsImage() throws IOException {
        write(
                "packer/shop.pkr.hcl",
                SOURCE.replace("\"copies\"", "\"copy_to_regions\"").replace("var.copies", "var.copy_to_regions")
                        + "build {\n  sources = [\"amazon-ebs.base\"]\n}\n");

        Rehearsal run = run("buildAmi family: 'shop', template: 'packer', regions: 'eu-west-1,eu-west-2'");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(found("shop: ami-\\w+ in eu-west-1, ami-\\w+ in eu-west-2 is built", run))
                .isEqualTo(1);
        assertNothingIsLeft(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKR_VAR_source_ami", "auto", "file", "variables"})
    void whenTheTeamGivesTheSourceAmi_thenItBeatsTheDefault(String by) throws IOException {
        String template = SOURCE.replace("\"ami-0aaaaaaaaaaaaaaa1\"", "var.source_ami")
                + "variable \"source_ami\" { default = \"ami-0bbbbbbbbbbbbbbb2\" }\n"
                + "build {\n  sources = [\"amazon-ebs.base\"]\n}\n";
        write("packer/shop.pkr.hcl", template);
        String given = "source_ami = \"ami-0aaaaaaaaaaaaaaa1\"\n";
        String step = "buildAmi family: 'shop', template: 'packer'";
        switch (by) {
            case "auto" -> write("packer/team.auto.pkrvars.hcl", given);
            case "file" -> {
                write("team.pkrvars.hcl", given);
                step += ", variablesFiles: 'team.pkrvars.hcl'";
            }
            case "variables" -> step += ", variables: [source_ami: 'ami-0aaaaaaaaaaaaaaa1']";
            default -> step = "withEnv(['PKR_VAR_source_ami=ami-0aaaaaaaaaaaaaaa1']) { " + step + " }";
        }

        Rehearsal run = run(step);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("Found Image ID: ami-0aaaaaaaaaaaaaaa1")
                .doesNotContain("ami-0bbbbbbbbbbbbbbb2");
    }

    @Test
    void whenAProvisionerFails_thenOneLineSaysSoAndNothingIsLeft() throws IOException {
        write(
                "packer/shop.pkr.hcl",
                SOURCE.replace("\"none\"", "\"ssh\"\n  ssh_username = \"nobody\"\n  ssh_timeout = \"2s\"")
                        + "build {\n  sources = [\"amazon-ebs.base\"]\n"
                        + "  provisioner \"shell\" { inline = [\"true\"] }\n}\n");

        Rehearsal run = run("buildAmi family: 'shop', template: 'packer'");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(found("(?m)^ERROR: buildAmi: shop: amazon-ebs.base: .*[Tt]imeout waiting for SSH", run))
                .as(run.output())
                .isEqualTo(1);
        assertThat(run.output()).doesNotContain("removes what Packer left");
        assertNothingIsLeft(run);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 60, 120, 200, 300, 420, 600})
    void whenItIsAborted_thenNothingIsLeft(int seconds) throws IOException {
        Rehearsal run = run(
                "buildAmi family: 'shop', template: 'packer'",
                List.of("--abort-at", START.plusSeconds(seconds).toString(), "--expect", "ABORTED"));

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertNothingIsLeft(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.8", "1.2", "1.6", "2.4", "3.2"})
    void whenPackerIsKilled_thenWhatItLeftIsRemoved(String seconds) throws IOException, InterruptedException {
        Path wrapper = Files.createDirectories(folder.resolve("bin")).resolve("packer");
        Files.writeString(
                wrapper,
                "#!/bin/sh\nPATH=" + System.getenv("PATH") + "\n[ \"$1\" != build ] || exec timeout -s KILL " + seconds
                        + " packer \"$@\"\nexec packer \"$@\"\n");
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();

        Rehearsal run = Rehearsal.runWith(
                wrapper.getParent() + ":" + System.getenv("PATH"),
                folder,
                arguments("buildAmi family: 'shop', template: 'packer'", List.of()));

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(found("(?m)^ERROR: buildAmi: shop: it ended with exit code 137", run))
                .as(run.output())
                .isEqualTo(1);
        assertNothingIsLeft(run);
    }

    @Test
    void whenTheControllerRestartsAtEveryTick_thenTheEndIsTheSame() throws IOException {
        Rehearsal run = run("buildAmi family: 'shop', template: 'packer'", List.of("--restart-every-tick"));

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.calls().stream().map(JsonNode::toString).filter(call -> call.contains("\"CreateImage\"")))
                .hasSize(1);
        assertNothingIsLeft(run);
    }
}
