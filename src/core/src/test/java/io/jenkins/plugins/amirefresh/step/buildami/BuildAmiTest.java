package io.jenkins.plugins.amirefresh.step.buildami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fakes.FakeAmi;
import io.jenkins.plugins.amirefresh.step.fakes.FakeHost;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildAmiTest extends Building {

    @Test
    void buildsInEveryRegionAndSaysWhere() {
        Map<String, Object> result = result(run());

        assertThat(result)
                .containsEntry("family", "web")
                .containsEntry("amis", Map.of("eu-west-1", WEST_1, "eu-west-2", WEST_2))
                .containsEntry("architecture", "x86_64")
                .containsEntry("reused", false);
        assertThat(host.fakeProcesses.commands).hasSize(4);
        assertThat(host.fakeProcesses.commands.subList(0, 2))
                .containsExactly(
                        "packer version -machine-readable",
                        "packer inspect -var source_ami_name=base-* .ami-refresh/packer");
        assertThat(host.fakeProcesses.commands.get(3))
                .startsWith("packer build -machine-readable -color=false -only=amazon-ebs.image ")
                .contains(
                        "-var region=eu-west-1 ", "-var copy_to_regions=[\"eu-west-2\"] ", "-var source_ami=" + SOURCE)
                .contains("-var source_ami_name=base-*", "-var ami_name=web-20261122170000")
                .doesNotContain("endpoint=")
                .endsWith(" .ami-refresh/packer");
        assertThat(host.console)
                .contains(
                        "web: source AMI " + SOURCE + " (base-1)",
                        "web: ==> amazon-ebs.image: Creating the AMI, please wait",
                        "web: " + WEST_1 + " in eu-west-1, " + WEST_2 + " in eu-west-2 is built");
    }

    @Test
    void writesDownWhatItBuiltAndTagsIt() {
        host.environment.put("GIT_COMMIT", "abc123");

        String key = result(run()).getOrDefault("buildKey", "").toString();

        assertThat(host.events())
                .extracting(JournalEvent::fact)
                .containsExactly(new JournalFact.AmiBuilt(
                        new ImageFamily("web"),
                        List.of(
                                new JournalFact.RegionalAmi(new AwsRegion("eu-west-1"), "x86_64", new AmiId(WEST_1)),
                                new JournalFact.RegionalAmi(new AwsRegion("eu-west-2"), "x86_64", new AmiId(WEST_2))),
                        key,
                        false));
        assertThat(host.changes)
                .containsExactly(
                        "111111111111/eu-west-1 tag " + WEST_1 + " {ami-refresh:build-key=" + key
                                + ", ami-refresh:build-url=https://ci.example/12/, ami-refresh:commit=abc123,"
                                + " ami-refresh:family=web, ami-refresh:job=fleet/weekly, ami-refresh:run=weekly-12,"
                                + " ami-refresh:source-ami=" + SOURCE + "}",
                        "111111111111/eu-west-2 tag " + WEST_2 + " {ami-refresh:build-key=" + key
                                + ", ami-refresh:build-url=https://ci.example/12/, ami-refresh:commit=abc123,"
                                + " ami-refresh:family=web, ami-refresh:job=fleet/weekly, ami-refresh:run=weekly-12,"
                                + " ami-refresh:source-ami=" + SOURCE + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4566,     amazon-ebs.rehearsal, 1",
        "http://localhost:4566,     amazon-ebs.rehearsal, 1",
        "https://ec2.corp.example,  amazon-ebs.image,     0",
    })
    void tellsTheTemplateOfAnEndpoint(String endpoint, String only, int pollDelay) {
        host.environment.put("AWS_ENDPOINT_URL", endpoint);

        result(run());

        assertThat(host.fakeProcesses.commands.get(3)).contains("-var endpoint=" + endpoint, "-only=" + only + " ");
        assertThat(host.fakeProcesses.environment.containsKey("AWS_POLL_DELAY_SECONDS"))
                .isEqualTo(pollDelay == 1);
    }

    @Nested
    class GivenAnEarlierBuild {

        private String key = "";

        @BeforeEach
        void build() {
            key = result(run()).getOrDefault("buildKey", "").toString();
            host.changes.clear();
            host.fakeProcesses.commands.clear();
        }

        private void tagged(String id1, String id2, Map<String, String> more) {
            Map<String, String> tags = new HashMap<>(more);
            tags.put("ami-refresh:build-key", key);
            west1.ami(FakeAmi.of(id1, "111111111111")
                    .createdAt(FakeHost.START.minusSeconds(60))
                    .tags(tags)
                    .build());
            west2.ami(FakeAmi.of(id2, "111111111111")
                    .createdAt(FakeHost.START.minusSeconds(60))
                    .tags(tags)
                    .build());
        }

        private Progress again(Object... pairs) {
            return host.run(new BuildAmiStep(), given(pairs));
        }

        @Test
        void reusesAnIdenticalOne() {
            tagged(WEST_1, WEST_2, Map.of());

            assertThat(result(again())).containsEntry("reused", true).containsEntry("buildKey", key);
            assertThat(host.changes).isEmpty();
        }

        @Test
        void reusesNoBadOne() {
            tagged(WEST_1, WEST_2, Map.of("ami-refresh:bad", "answers 500"));

            assertThat(result(again())).containsEntry("reused", false);
        }

        @Test
        void reusesNoneThatIsTooOldOrWhenToldNotTo() {
            tagged(WEST_1, WEST_2, Map.of());

            assertThat(result(again("reuse", false))).containsEntry("reused", false);
            assertThat(result(again("reuseWithin", "30s"))).containsEntry("reused", false);
        }

        @Test
        void reusesNoneThatARegionLacks() {
            Map<String, String> tags = Map.of("ami-refresh:build-key", key);
            west1.ami(FakeAmi.of(WEST_1, "111111111111")
                    .createdAt(FakeHost.START)
                    .tags(tags)
                    .build());

            assertThat(result(again())).containsEntry("reused", false);
        }

        @Test
        void hasAnotherKeyWhenAnythingInItDiffers() {
            assertThat(result(again("shareWith", "222222222222"))).doesNotContainEntry("buildKey", key);
            west1.ami(FakeAmi.of("ami-000000000000000ab", "111111111111")
                    .name("base-2")
                    .createdAt(FakeHost.START)
                    .build());
            assertThat(result(again())).doesNotContainEntry("buildKey", key);
        }
    }

    @Nested
    class GivenATemplateInTheWorkspace {

        private static final String TEMPLATE =
                """
                variable "family" {}
                source "amazon-ebs" "a" {
                  communicator = "%s"
                }
                build {
                  sources = ["amazon-ebs.a"]
                  provisioner "shell" {}
                }
                """;

        @Test
        void refusesOneThatWouldWaitForEver() {
            host.files.put("ci/image.pkr.hcl", TEMPLATE.formatted("none"));

            assertThatThrownBy(() -> run("template", "ci", "variables", Map.of()))
                    .isInstanceOf(ParameterException.class)
                    .hasMessageContaining(
                            "template ci: build amazon-ebs.a has communicator none and provisioner shell");
            assertThat(host.fakeProcesses.commands).isEmpty();
        }

        @Test
        void runsOnlyWhatItDeclares() {
            host.files.put("ci/image.pkr.hcl", TEMPLATE.formatted("ssh"));

            result(run("template", "ci/image.pkr.hcl", "variables", Map.of()));

            assertThat(host.fakeProcesses.commands.get(3))
                    .isEqualTo("packer build -machine-readable -color=false -var family=web ci/image.pkr.hcl");
        }

        @Test
        void initialisesPluginsWithAPackerThatCan() {
            host.files.put("ci/image.pkr.hcl", TEMPLATE.formatted("ssh"));
            host.files.put("ci/plugins/p.pkr.hcl", "packer {\n  required_plugins {\n  }\n}\n");
            host.fakeProcesses.answer("version", "1795250747,,version,1.11.2\n", 0);

            result(run("template", "ci/", "variables", Map.of()));

            assertThat(host.fakeProcesses.commands).hasSize(5).contains("packer init -machine-readable ci/plugins");
        }
    }

    @Nested
    class GivenAProblem {

        @Test
        void tellsPackersErrorAndACure() throws IOException {
            host.fakeProcesses.answer(
                    "build", Files.readString(Path.of("src/test/resources/packer/provisioner-fails.txt")), 1);

            assertThat(message(run()))
                    .isEqualTo("web: null.a: Script exited with non-zero exit status: 3.Allowed exit codes are: [0]"
                            + " (a provisioner failed: its own output is above)");
            assertThat(host.events()).isEmpty();
        }

        @Test
        void saysThatPackerIsMissing() {
            host.fakeProcesses.answer("version", "sh: 1: packer: not found\n", 127);

            assertThat(message(run())).contains("packer is not on the PATH");
        }

        @Test
        void refusesTheWrongArchitecture() {
            west2.ami(FakeAmi.of(WEST_2, "111111111111").architecture("arm64").build());

            assertThat(message(run())).endsWith(WEST_2 + " in eu-west-2 is arm64, wanted is x86_64");
            assertThat(host.changes).isEmpty();
        }

        @Test
        void refusesABuildThatLeavesARegionOut() {
            host.fakeProcesses.answer("build", "1795250746,a,artifact,0,id,eu-west-1:" + WEST_1 + "\n", 0);

            assertThat(message(run())).contains("nothing in eu-west-2");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                shareWith | 22            | shareWith: '22' is not allowed
                family    | a b           | family: 'a b' is not allowed
                template  | nosuch        | template: 'nosuch' is not allowed
                only      | amazon-ebs.x  | names no build of the template
                """)
        void refusesBadParameters(String name, String value, String expected) {
            assertThatThrownBy(() -> run(name, value))
                    .isInstanceOf(ParameterException.class)
                    .hasMessageContaining(expected);
            assertThat(host.fakeProcesses.commands).isEmpty();
        }

        @Test
        void refusesAVariableTheTemplateLacks() {
            assertThatThrownBy(() -> run("variables", Map.of("sorce_ami_name", "x")))
                    .hasMessageStartingWith(
                            "variables: the template declares no variable 'sorce_ami_name'; it has ami_name,");
        }

        @Test
        void saysWhenThereIsNoSourceAmi() {
            assertThat(message(run("variables", Map.of("source_ami_name", "nosuch-*"))))
                    .contains("no AMI named 'nosuch-*' of self, amazon is in eu-west-1");
        }
    }

    @Test
    void startsNoProcessInADryRun() {
        assertThat(result(run("dryRun", true))).containsEntry("amis", Map.of());
        assertThat(host.fakeProcesses.commands).isEmpty();
        assertThat(host.changes).isEmpty();
        assertThat(host.events()).isEmpty();
    }

    @Test
    void goesOnFromAnySavedState() {
        StepState[] last = {StepState.EMPTY};
        Progress progress = host.run(new BuildAmiStep(), given(), state -> {
            StepState previous = last[0];
            last[0] = state;
            // Every state but the first is lost once: its tick runs again.
            return previous.isEmpty() || host.console.size() % 2 == 0 ? state : previous;
        });

        assertThat(result(progress)).containsEntry("amis", Map.of("eu-west-1", WEST_1, "eu-west-2", WEST_2));
        assertThat(host.fakeProcesses.commands).hasSize(4);
        assertThat(host.events()).hasSize(1);
    }
}
