package io.jenkins.plugins.amirefresh.step.buildami;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.fakes.FakeAmi;
import io.jenkins.plugins.amirefresh.step.fakes.FakeHost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates of teams, which know nothing of buildAmi. */
class OwnTemplateTest extends Building {

    private static final String TEMPLATE =
            """
            variable "source_ami" {
              default = "ami-000000000000000dd"
            }
            variable "region" {
              default = "us-east-1"
            }
            variable "ami_name" { default = "golden" }
            variable "tags" {
              type    = map(string)
              default = {}
            }
            source "amazon-ebs" "a" {
              communicator = "ssh"
              region = var.region
            }
            build {
              sources = ["amazon-ebs.a"]
              provisioner "shell" { script = "../scripts/setup.sh" }
            }
            """;

    private static final String INSPECTED =
            """
            var.ami_name: "golden"
            var.region: "us-east-1"
            var.source_ami: "%s"
            var.tags: "{}"
            """;

    @BeforeEach
    void aTemplate() {
        host.environment.put("AMI_REFRESH_REGIONS", "eu-west-1");
        host.files.put("ci/image.pkr.hcl", TEMPLATE);
        host.files.put("../scripts/setup.sh", "echo 1");
        host.fakeProcesses.answer("inspect", INSPECTED.formatted("ami-000000000000000dd"), 0);
        host.fakeProcesses.answer("build", "1,a,artifact,0,id,eu-west-1:" + WEST_1 + "\n", 0);
    }

    private Progress own(Object... pairs) {
        host.fakeProcesses.anew();
        Map<String, Object> given = given(pairs);
        given.putIfAbsent("template", "ci");
        given.remove("variables");
        return host.run(new BuildAmiStep(), given);
    }

    private String key(Object... pairs) {
        return result(own(pairs)).getOrDefault("buildKey", "").toString();
    }

    private String build() {
        return host.fakeProcesses.commands.get(host.fakeProcesses.commands.size() - 1);
    }

    @Test
    void passesNoDefaultAndOverridesNothingThatTheTeamGives() {
        result(own());

        assertThat(build())
                .contains("-var region=eu-west-1 ", "-var tags={")
                .doesNotContain("source_ami=", "ami_name=");
        assertThat(host.console).contains("web: the template's own values of ami_name stand");
    }

    @Test
    void takesTheSourceAmiThatPackerTells() {
        host.files.put("prod.pkrvars.hcl", "source_ami = \"" + SOURCE + "\"");
        host.fakeProcesses.answer("inspect", INSPECTED.formatted(SOURCE), 0);

        result(own("variablesFiles", "prod.pkrvars.hcl"));

        assertThat(host.fakeProcesses.commands)
                .contains("packer inspect -var-file=prod.pkrvars.hcl ci")
                .noneMatch(command -> command.contains("source_ami="));
        assertThat(host.changes).singleElement().asString().contains("ami-refresh:source-ami=" + SOURCE);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "0, 1"})
    void leavesNoValuesOfVariablesOnTheAgent(int inspected, int built) {
        host.fakeProcesses.answer("inspect", INSPECTED.formatted(SOURCE), inspected);
        host.fakeProcesses.answer("build", "1,a,artifact,0,id,eu-west-1:" + WEST_1 + "\n", built);

        own();

        assertThat(host.fakeProcesses.forgotten).contains("step-7/packer-inspect");
    }

    @Test
    void leavesARegionAloneThatIsMoreThanADefault() {
        host.fakeProcesses.answer("inspect", INSPECTED.formatted("").replace("us-east-1", "eu-west-1"), 0);

        result(own());

        assertThat(build()).doesNotContain("region=");
    }

    @ParameterizedTest
    @CsvSource({
        "ci, ci",
        "./ci, ci",
        "ci/, ci",
        "././ci//, ci",
        "../workspace/ci, ../workspace/ci",
        "/ws/ci, /ws/ci",
        "., .",
        "./, ."
    })
    void findsATemplateBySeveralNames(String path, String asked) {
        for (String folder : List.of("../workspace/ci", "/ws/ci", ".")) {
            host.files.put(folder.equals(".") ? "image.pkr.hcl" : folder + "/image.pkr.hcl", TEMPLATE);
        }

        result(own("template", path));

        assertThat(build()).endsWith(" " + asked);
    }

    @Nested
    class HasAnotherKey {

        @Test
        void whenAScriptOutsideChanges() {
            String before = key();
            host.files.put("../scripts/setup.sh", "echo 2");

            assertThat(key()).isNotEqualTo(before);
        }

        @Test
        void whenAFileBesideThatScriptChanges() {
            host.files.put("../scripts/lib/common.sh", "echo 1");
            String before = key();
            host.files.put("../scripts/lib/common.sh", "echo 2");

            assertThat(key()).isNotEqualTo(before);
        }

        @Test
        void whenAVariableOfTheEnvironmentChanges() {
            host.environment.put("PKR_VAR_tags", "hush-1");
            host.environment.put("PKR_VAR_of_another_template", "1");
            String before = key();
            host.environment.put("PKR_VAR_of_another_template", "2");
            assertThat(key()).isEqualTo(before);
            host.environment.put("PKR_VAR_tags", "hush-2");

            assertThat(key()).isNotEqualTo(before);
            assertThat(String.join("\n", host.console) + host.changes).doesNotContain("hush");
        }

        @Test
        void whenAVariablesFileChanges() {
            host.files.put("a.pkrvars.hcl", "x = 1");
            String before = key("variablesFiles", "a.pkrvars.hcl");
            host.files.put("a.pkrvars.hcl", "x = 2");

            assertThat(key("variablesFiles", "a.pkrvars.hcl")).isNotEqualTo(before);
        }

        @Test
        void andNotWhenOnlyWhatTheBuildWroteChanges() {
            host.files.put(
                    "image.pkr.hcl",
                    TEMPLATE + "variable \"m\" { default = \"built.json\" }\n"
                            + "build {\n  post-processor \"manifest\" { output = \"built.json\" }\n}\n");
            String before = key("template", ".");
            host.files.put("packer-manifest-web.json", "{}");
            host.files.put("built.json", "{}");
            host.files.put(".ami-refresh/packer/image.pkr.hcl", "");

            assertThat(key("template", ".")).isEqualTo(before);
        }
    }

    @Test
    void reusesNothingWhenAFileIsKnownOnlyToPacker() {
        host.files.put("ci/image.pkr.hcl", TEMPLATE.replace("\"../scripts/setup.sh\"", "\"${local.folder}/setup.sh\""));
        String key = key();
        west1.ami(FakeAmi.of("ami-000000000000000ee", "111111111111")
                .createdAt(FakeHost.START)
                .tags(Map.of("ami-refresh:build-key", key))
                .build());

        assertThat(result(own())).containsEntry("reused", false);
        assertThat(host.console)
                .contains("web: reuses nothing, since which files these are is known only when Packer runs:"
                        + " \"${local.folder}/setup.sh\"");
    }

    @Test
    void reusesNeitherOfTwoImagesOfOneRun() {
        Map<String, String> tags = Map.of("ami-refresh:build-key", key(), "ami-refresh:run", "weekly-11");
        for (String id : List.of("ami-000000000000000ee", "ami-000000000000000ff")) {
            west1.ami(FakeAmi.of(id, "111111111111")
                    .createdAt(FakeHost.START)
                    .tags(tags)
                    .build());
        }

        assertThat(result(own())).containsEntry("reused", false);
    }

    @Test
    void keepsMegabytesOutOfConsoleAndState() {
        String line = "1,,ui,error,==> amazon-ebs.a: " + "x".repeat(2_000_000) + "\n";
        host.fakeProcesses.answer("build", line + "1,a,artifact,0,id,eu-west-1:" + WEST_1 + "\n", 0);

        assertThat(result(own())).containsEntry("amis", Map.of("eu-west-1", WEST_1));
        assertThat(host.console).allSatisfy(shown -> assertThat(shown).hasSizeLessThan(5_000));
        assertThat(host.console).anyMatch(shown -> shown.endsWith("characters more)"));
    }

    @Test
    void initialisesTheTemplateAndNotItsExamples() {
        String plugins = "packer {\n  required_plugins {\n  }\n}\n";
        host.files.put("ci/plugins.pkr.hcl", plugins);
        host.files.put("ci/examples/a.pkr.hcl", plugins);
        host.fakeProcesses.answer("version", "1795250747,,version,1.11.2\n", 0);

        result(own());

        assertThat(host.fakeProcesses.commands).contains("packer init -machine-readable ci");
    }

    @Test
    void initialisesNothingForExamples() {
        host.files.put("ci/examples/a.pkr.hcl", "packer {\n  required_plugins {\n  }\n}\n");
        host.fakeProcesses.answer("version", "1795250747,,version,1.11.2\n", 0);

        result(own());

        assertThat(host.fakeProcesses.commands).noneMatch(command -> command.contains(" init "));
    }

    @Test
    void readsNothingBelowTheTemplatesFolder() {
        host.files.put("ci/old/broken.pkr.hcl", "source {{{");
        host.files.put("ci/files/logo.png", "\u0000\uFFFD");

        assertThat(result(own())).containsEntry("reused", false);
    }

    @Test
    void takesNoAmiOfAnOlderManifest() {
        host.files.put(
                "packer-manifest-web.json",
                "{\"builds\": [{\"name\": \"a\", \"builder_type\": \"amazon-ebs\", \"artifact_id\": \"eu-west-1:"
                        + WEST_1 + "\", \"packer_run_uuid\": \"b\"}], \"last_run_uuid\": \"b\"}");
        host.fakeProcesses.answer("build", "1,,ui,say,==> Builds finished but no artifacts were created.\n", 0);

        assertThat(message(own())).startsWith("web: Packer succeeded and announced no AMI");
    }

    @Test
    void takesNoAmiWhoseIdWasCut() {
        host.fakeProcesses.answer("build", "1,a,artifact,0,id,eu-west-1:ami-00000000000", 0);

        assertThat(message(own())).contains("announced no AMI");
    }

    @Test
    void refusesTwoAmisInOneRegionNamingBoth() {
        host.fakeProcesses.answer(
                "build",
                "1,amazon-ebs.a,artifact,0,id,eu-west-1:" + WEST_1 + "\n1,amazon-ebs.a,artifact,1,id,eu-west-1:"
                        + WEST_1 + "\n1,amazon-ebs.b,artifact,0,id,eu-west-1:" + WEST_2 + "\n",
                0);

        assertThat(message(own()))
                .contains("amazon-ebs.a made " + WEST_1 + " and amazon-ebs.b made " + WEST_2 + " in eu-west-1");
        assertThat(host.events()).isEmpty();
    }

    @Test
    void refusesWhatOnlyPackerCanTell() {
        host.files.put("ci/image.pkr.hcl", TEMPLATE.replace("\"ssh\"", "local.comm"));
        host.fakeProcesses.answer("inspect", INSPECTED.formatted("") + "local.comm: \"none\"\n", 0);

        assertThat(message(own())).contains("build amazon-ebs.a has communicator none");
        assertThat(host.fakeProcesses.commands).hasSize(2);
    }

    @Test
    void tellsInOneLineWhatPackerSaysOfTheTemplate() {
        host.fakeProcesses.answer(
                "inspect", "var.secret: \"hush\"\nError: Unsupported argument\n\n  on ci/image.pkr.hcl line 3\n", 1);

        assertThat(message(own()))
                .isEqualTo("web: Error: Unsupported argument on ci/image.pkr.hcl line 3 (correct the template at that"
                        + " line)");
        assertThat(String.join("\n", host.console)).doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"only", "variablesFiles"})
    void takesAnEmptyTextForNothing(String name) {
        assertThat(result(own(name, ""))).containsEntry("reused", false);
        assertThat(build()).doesNotContain("-only=", "-var-file=");
    }
}
