package io.jenkins.plugins.amirefresh.packer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notations that Packer 1.6.6 takes: each template here was built with it. */
class TemplateNotationTest {

    private static List<String> names(PackerTemplate template) {
        return template.builds().stream().map(PackerTemplate.Build::name).toList();
    }

    private static PackerTemplate hcl(String text) {
        return PackerTemplate.parse(Map.of("t.pkr.hcl", text));
    }

    @Test
    void namesBuildsAsPackerDoes() {
        PackerTemplate template = hcl(
                """
                build {
                  name = "x"
                  source "amazon-ebs.base" { name = "y" }
                  sources = ["source.amazon-ebs.base"]
                }
                build { sources = ["null.other"] }
                """);

        assertThat(names(template)).containsExactlyInAnyOrder("x.amazon-ebs.base", "x.amazon-ebs.y", "null.other");
        assertThat(template.build("amazon-ebs.y")).contains("x.amazon-ebs.y");
        assertThat(template.refusal(Map.of(), List.of("x.amazon-ebs.y"))).isEmpty();
        assertThat(template.refusal(Map.of(), List.of("amazon-ebs.y"))).isPresent();
    }

    @Test
    void leavesOutWhatIsCommented() {
        PackerTemplate template = hcl(
                """
                build {
                  sources = ["null.a", # "null.b",
                    // "null.c"
                    /* "null.d" */ "null.e"
                  ]
                }
                """);

        assertThat(names(template)).containsExactly("null.a", "null.e");
    }

    @ParameterizedTest
    @CsvSource({
        "sources = local.all",
        "sources = [for n in var.names : \"null.${n}\"]",
        "sources = [\"null.${var.n}\"]",
        "name = var.n",
        "dynamic \"source\" {}",
    })
    void saysWhatItCannotReadAndRefusesNothingForIt(String written) {
        PackerTemplate template = hcl("build {\n  " + written + "\n}\n");

        assertThat(template.unread()).hasSize(1);
        assertThat(template.refusal(Map.of(), List.of("null.a"))).isEmpty();
    }

    @Test
    void readsByteOrderMarksForeignLettersAndLineEndsInInterpolations() {
        PackerTemplate template = hcl(
                """
                \uFEFFvariable "größe" { default = "x" }
                locals {
                  a = "echo ${
                    var.größe
                  }"
                  größe = 1
                }
                build {
                  sources = ["null.ä"]
                }
                """);

        assertThat(template.variables()).containsOnlyKeys("größe");
        assertThat(names(template)).containsExactly("null.ä");
    }

    @Test
    void readsHclInJson() {
        PackerTemplate template = PackerTemplate.parse(
                Map.of(
                        "t.pkr.json",
                        """
                {"variable": {"comm": {"default": "none"}},
                 "packer": {"required_plugins": {"amazon": {"version": ">= 1.2.0"}}},
                 "source": {"amazon-ebs": {"b": {"communicator": "${var.comm}"}}},
                 "build": {"name": "x", "sources": ["source.amazon-ebs.b"],
                           "provisioner": [{"shell": {"script": "a.sh"}}]}}
                """));

        assertThat(names(template)).containsExactly("x.amazon-ebs.b");
        assertThat(template.requiresPlugins()).isTrue();
        assertThat(template.variables()).containsEntry("comm", "none");
        assertThat(template.paths()).containsExactly("\"a.sh\"");
        assertThat(template.refusal(Map.of("comm", "none"), List.of())).isPresent();
        assertThat(template.refusal(Map.of("comm", "ssh"), List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"\"none\",true", "\"ssh\",false", "local.c,true", "var.nobody_knows,false"})
    void refusesADynamicProvisionerWithoutACommunicator(String communicator, boolean refused) {
        PackerTemplate template = hcl(
                """
                source "amazon-ebs" "a" { communicator = %s }
                build {
                  sources = ["amazon-ebs.a"]
                  dynamic "provisioner" {
                    for_each = ["x"]
                    labels   = ["shell"]
                    content { inline = ["ls"] }
                  }
                }
                """
                        .formatted(communicator));

        assertThat(template.refusal(Map.of("local.c", "none"), List.of()).isPresent())
                .isEqualTo(refused);
    }

    @Test
    void resolvesNamesOfOldBuildersAndTakesUndeclaredVariables() {
        PackerTemplate template = PackerTemplate.parse(
                Map.of(
                        "t.json",
                        """
                {"builders": [{"type": "amazon-ebs", "name": "{{user `who`}}-1", "region": "{{user `region`}}"}]}
                """));

        assertThat(template.declares("who")).isTrue();
        assertThat(template.declares("region")).isTrue();
        assertThat(template.refusal(Map.of("who", "web"), List.of("web-1"))).isEmpty();
        assertThat(template.refusal(Map.of("who", "web"), List.of("eks-1")))
                .hasValueSatisfying(line -> assertThat(line).contains("it has web-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"eu-west-1\"',       '\"eu-west-1\"',     in eu-west-1",
        "'\"eu-west-1\"',       '\"eu-west-2\"',     ''",
        "var.r,                 '\"eu-west-1\"',     in eu-west-1",
        "var.r,                 local.other,         ''",
        "'\"${var.unknown}\"',  '\"${var.unknown}\"', in the same region",
    })
    void refusesTwoImagesInOneRegion(String one, String two, String expected) {
        PackerTemplate template = hcl(
                """
                source "amazon-ebs" "first" {
                  region = %s
                }
                source "amazon-ebssurrogate" "second" {
                  region = %s
                }
                source "null" "other" {}
                build { sources = ["amazon-ebs.first", "amazon-ebssurrogate.second", "null.other"] }
                """
                        .formatted(one, two));

        var refusal = template.refusal(Map.of("r", "eu-west-1", "local.other", "eu-west-2"), List.of());

        assertThat(refusal.orElse("")).contains(expected);
        assertThat(refusal.isEmpty()).isEqualTo(expected.isEmpty());
        assertThat(refusal.orElse("amazon-ebs.first, amazon-ebssurrogate.second"))
                .contains("amazon-ebs.first, amazon-ebssurrogate.second");
        assertThat(template.refusal(Map.of("r", "eu-west-1"), List.of("amazon-ebs.first")))
                .isEmpty();
    }
}
