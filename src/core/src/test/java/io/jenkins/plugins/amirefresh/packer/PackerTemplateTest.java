package io.jenkins.plugins.amirefresh.packer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackerTemplateTest {

    private static final String HCL =
            """
            # source "amazon-ebs" "commented" {}
            variable "comm" { default = "none" }
            variable "names" {
              type    = list(string)
              default = ["}", "a ${format("%s{", var.comm)} b"]
            }
            /* provisioner "shell" {} */
            source "amazon-ebs" "image" {
              region       = "eu-west-1"
              communicator = "ssh" // as ever
              user_data    = <<-EOF
                } provisioner "shell" {
              EOF
              tags = {
                note = "a \\"quoted\\" } and $${not} interpolated"
              }
            }
            source "amazon-ebs" "rehearsal" {
              region       = "eu-west-2"
              communicator = var.comm
            }
            build {
              name    = "all" // in front of each name
              sources = [
                "source.amazon-ebs.image",
                "amazon-ebs.rehearsal", # both spellings
              ]
              source "amazon-ebs.other" { communicator = "winrm" }
              provisioner "shell" {
                RESTRICTION
                inline = ["echo ${var.comm}"]
              }
            }
            """;

    private static PackerTemplate hcl(String restriction) {
        return PackerTemplate.parse(Map.of("image.pkr.hcl", HCL.replace("RESTRICTION", restriction)));
    }

    @Test
    void readsWhatATemplateTakesAndBuilds() {
        PackerTemplate template = hcl("only = [\"amazon-ebs.image\"]");

        assertThat(template.variables()).containsEntry("comm", "none").containsOnlyKeys("comm", "names");
        assertThat(template.builds())
                .extracting(PackerTemplate.Build::name, PackerTemplate.Build::communicator)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("all.amazon-ebs.image", "\"ssh\""),
                        org.assertj.core.groups.Tuple.tuple("all.amazon-ebs.rehearsal", "var.comm"),
                        org.assertj.core.groups.Tuple.tuple("all.amazon-ebs.other", "\"winrm\""));
        assertThat(template.requiresPlugins()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                              | ''                     | none | refused
            ''                              | all.amazon-ebs.rehearsal | none | refused
            ''                              | *.rehearsal            | none | refused
            ''                              | all.amazon-ebs.*       | none | refused
            ''                              | all.amazon-ebs.image   | none | accepted
            ''                              | ''                     | ssh  | accepted
            only = ["amazon-ebs.image"]     | ''                     | none | accepted
            only = ["amazon-ebs.rehearsal"] | ''                     | none | refused
            except = ["amazon-ebs.rehearsal"] | ''                   | none | accepted
            except = ["amazon-ebs.image"]   | ''                     | none | refused
            """)
    void refusesAProvisionerWithoutACommunicator(String restriction, String only, String comm, String expected) {
        List<String> builds = only.isEmpty() ? List.of() : List.of(only);

        var refusal = hcl(restriction).refusal(Map.of("comm", comm), builds);

        assertThat(refusal.isPresent() ? "refused" : "accepted").isEqualTo(expected);
        refusal.ifPresent(line -> assertThat(line)
                .isEqualTo(
                        "build all.amazon-ebs.rehearsal has communicator none and provisioner shell, so Packer would wait for"
                                + " ever: give it a communicator, or limit the provisioner to other builds with only"));
    }

    @Test
    void keepsProvisionersToTheirBuildBlock() {
        PackerTemplate template = PackerTemplate.parse(
                Map.of(
                        "a.pkr.hcl",
                        """
                source "null" "quiet" { communicator = "none" }
                source "null" "loud" { ssh_host = "localhost" }
                build { sources = ["null.quiet"] }
                build {
                  sources = ["null.loud"]
                  provisioner "shell" {}
                }
                """));

        assertThat(template.refusal(Map.of(), List.of())).isEmpty();
    }

    @Test
    void refusesToBuildNothing() {
        assertThat(hcl("").refusal(Map.of(), List.of("amazon-ebs.imag")))
                .contains("only: 'amazon-ebs.imag' names no build of the template; it has all.amazon-ebs.image,"
                        + " all.amazon-ebs.rehearsal, all.amazon-ebs.other");
    }

    @Nested
    class GivenJson {

        private static final String JSON =
                """
                {
                  "variables": {"comm": "none", "must": null},
                  "builders": [
                    {"type": "amazon-ebs", "communicator": "{{ user `comm` }}"},
                    {"type": "amazon-ebs", "name": "second", "region": "eu-west-2"}],
                  "provisioners": [{"type": "shell", %s "inline": ["true"]}]
                }
                """;

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                ''                       | none | true
                ''                       | ssh  | false
                '"only": ["second"],'    | none | false
                '"except": ["second"],'  | none | true
                """)
        void refusesTheSame(String restriction, String comm, boolean refused) {
            PackerTemplate template = PackerTemplate.parse(Map.of("t.json", JSON.formatted(restriction)));

            assertThat(template.refusal(Map.of("comm", comm), List.of()).isPresent())
                    .isEqualTo(refused);
        }

        @Test
        void readsItsVariables() {
            PackerTemplate template = PackerTemplate.parse(Map.of("t.json", JSON.formatted("")));

            assertThat(template.variables()).containsOnlyKeys("comm", "must");
            assertThat(template.builds())
                    .extracting(PackerTemplate.Build::name)
                    .containsExactly("amazon-ebs", "second");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source \"null\" \"a\" {",
                "build {\n  sources = [\"a\"\n",
                "a = \"open",
                "a = <<EOF\nnever ends\n",
                "/* never ends",
                "= 3"
            })
    void saysWhereATemplateIsBroken(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackerTemplate.parse(Map.of("t.pkr.hcl", text)))
                .withMessageMatching("t\\.pkr\\.hcl, line [0-9]+: .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "[]"})
    void saysWhatAJsonTemplateLacks(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackerTemplate.parse(Map.of("t.json", text)))
                .withMessageStartingWith("t.json");
    }

    @Nested
    class TheBundledTemplate {

        private static PackerTemplate bundled() throws IOException {
            Map<String, String> files = new TreeMap<>();
            try (Stream<Path> paths = Files.list(Path.of("../../resources/packer"))) {
                for (Path path : paths.filter(file -> file.toString().endsWith(".pkr.hcl"))
                        .toList()) {
                    files.put(path.getFileName().toString(), Files.readString(path));
                }
            }
            return PackerTemplate.parse(files);
        }

        @Test
        void canBuildEachOfItsSources() throws IOException {
            assertThat(bundled().builds())
                    .extracting(PackerTemplate.Build::name)
                    .containsExactly("amazon-ebs.image", "amazon-ebs.rehearsal");
            for (String only : List.of("amazon-ebs.image", "amazon-ebs.rehearsal")) {
                assertThat(bundled().refusal(Map.of(), List.of(only))).isEmpty();
            }
        }

        @Test
        void keepsRequiredPluginsInAFileOfTheirOwn() throws IOException {
            assertThat(bundled().requiresPlugins()).isFalse();
            assertThat(PackerTemplate.parse(Map.of(
                                    "plugins.pkr.hcl",
                                    Files.readString(Path.of("../../resources/packer/plugins/plugins.pkr.hcl"))))
                            .requiresPlugins())
                    .isTrue();
        }
    }
}
