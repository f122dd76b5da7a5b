package io.jenkins.plugins.amirefresh.packer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what Packer really wrote: the files of {@code src/test/resources/packer} are its output, unchanged. */
class PackerOutputTest {

    private static String file(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/packer", name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void readsCommasAndLineEnds() {
        PackerOutputLine line = PackerOutputLine.parse(
                        "1795250254,amazon-ebs.image,ui,message,    a%!(PACKER_COMMA) b\\nc\\r")
                .orElseThrow();

        assertThat(line)
                .isEqualTo(new PackerOutputLine(
                        1795250254L, "amazon-ebs.image", "ui", List.of("message", "    a, b\nc\r")));
        assertThat(line.humanText()).contains("    a, b\nc\r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "panic: runtime error", "sh: 1: packer: not found", "a,b,c", "1,2", "1795250254x,,ui,say"})
    void leavesOtherLinesOut(String line) {
        assertThat(PackerOutputLine.parse(line)).isEmpty();
    }

    @Test
    void showsPeopleWhatPackerSays() {
        assertThat(PackerOutput.humanLines(file("null-builder.txt") + "a shell's warning\n"))
                .containsExactly(
                        "==> null.a: Running local shell script: /tmp/packer-shell3730225311",
                        "    null.a: hello, world",
                        "==> null.a: Running post-processor:  (type manifest)",
                        "Build 'null.a' finished after 17 milliseconds 718 microseconds.",
                        "==> Wait completed after 17 milliseconds 840 microseconds",
                        "==> Builds finished. The artifacts of successful builds are:",
                        "--> null.a: Did not export anything. This is the null builder",
                        "--> null.a: Did not export anything. This is the null builder",
                        "a shell's warning");
    }

    @Test
    void findsEachArtifactWithAmisOnce() {
        String output =
                """
                1795250746,,ui,say,==> Builds finished.
                1795250746,amazon-ebs.image,artifact,0,id,eu-west-1:ami-0123456789abcdef0%!(PACKER_COMMA)eu-west-2:ami-0fedcba9876543210
                1795250746,amazon-ebs.image,artifact,0,files-count,0
                1795250746,amazon-ebs.image,artifact,1,id,eu-west-1:ami-0123456789abcdef0%!(PACKER_COMMA)eu-west-2:ami-0fedcba9876543210
                1795250746,null.a,artifact,0,id,Null
                """;

        List<PackerArtifact> artifacts = PackerOutput.artifacts(PackerOutput.lines(output));

        assertThat(artifacts).singleElement().satisfies(artifact -> {
            assertThat(artifact.build()).isEqualTo("amazon-ebs.image");
            assertThat(artifact.amis())
                    .isEqualTo(Map.of(
                            new AwsRegion("eu-west-1"), new AmiId("ami-0123456789abcdef0"),
                            new AwsRegion("eu-west-2"), new AmiId("ami-0fedcba9876543210")));
            assertThat(artifact.id()).isEqualTo("eu-west-1:ami-0123456789abcdef0,eu-west-2:ami-0fedcba9876543210");
        });
        assertThat(PackerOutput.artifacts(PackerOutput.lines(file("null-builder.txt"))))
                .isEmpty();
    }

    @Test
    void readsARealBuild() {
        List<PackerArtifact> artifacts = PackerOutput.artifacts(PackerOutput.lines(file("amazon-ebs.txt")));

        assertThat(artifacts)
                .extracting(PackerArtifact::build, PackerArtifact::id)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "amazon-ebs.rehearsal", "eu-west-1:ami-01984c5bfe1eaac5c,eu-west-2:ami-012ad4a81341e873c"));
    }

    @ParameterizedTest
    @CsvSource({"1.6.6, false", "1.6.10, false", "1.7.0, true", "1.11.2, true", "2.0.0, true"})
    void knowsWhichVersionsInitialise(String version, boolean hasInit) {
        assertThat(PackerOutput.version("Packer v" + version + "\n")).hasValueSatisfying(parsed -> {
            assertThat(parsed).hasToString(version);
            assertThat(parsed.hasInit()).isEqualTo(hasInit);
        });
    }

    @Test
    void readsTheVersionPackerTells() {
        assertThat(PackerOutput.version(file("version.txt"))).contains(new PackerVersion(1, 6, 6));
        assertThat(PackerOutput.version("no version here")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            provisioner-fails.txt        | null.a: Script exited with non-zero exit status: 3.Allowed exit codes are: [0] (a provisioner failed: its own output is above)
            unset-variable.txt           | Error: Unset variable "family" A used variable must be set or have a default value; see https://packer.io/docs/configuration/from-1.5/syntax for details. Error: Unset variable "region" A used variable must be set or have a default value; see https://packer.io/docs/configuration/from-1.5/syntax for details. (give the variable in 'variables' or in a file of 'variablesFiles')
            required-plugins-on-1.6.txt  | Error: Unsupported block type on resources/packer/plugins/plugins.pkr.hcl line 4, in packer: 4: required_plugins { Blocks of type "required_plugins" are not expected here. (Packer before 1.7 knows no required_plugins: keep that block in a file of its own, outside the template)
            template-missing.txt         | "nosuch": stat nosuch: no such file or directory ('template' is a path in the agent's workspace; check the file out first)
            connection-refused.txt       | amazon-ebs.rehearsal: Error querying AMI: RequestError: send request failed caused by: Post "http://127.0.0.1:9/": dial tcp 127.0.0.1:9: connect: connection refused (the agent cannot reach AWS, or AWS_ENDPOINT_URL is wrong)
            syntax-error.txt             | Error: Argument or block definition required on broken.pkr.hcl line 2: An argument or block definition is required here. (correct the template at that line)
            """)
    void explainsAFailureInOneLine(String name, String expected) {
        assertThat(PackerFailure.explain(PackerOutput.lines(file(name)), 1)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown-builder.txt", "unknown-variable.txt", "no-credentials.txt"})
    void namesACureAndStaysShort(String name) {
        String line = PackerFailure.explain(PackerOutput.lines(file(name)), 1);

        assertThat(line).hasSizeLessThan(600).doesNotContain("\n").endsWith(")");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ResourceNotReady: exceeded wait attempts                            | AWS_MAX_ATTEMPTS
            UnauthorizedOperation: You are not authorized to perform this operation. | permission
            Timeout waiting for SSH.                                            | security group
            No AMI was found matching filters: {}                               | source AMI
            VPCIdNotSpecified: No default VPC for this user                     | subnet_id
            Name conflicts with an existing AMI: web-1 is used by an existing AMI: ami-1 | ami_name
            Instance launch failed: Client.InternalError: Client error on launch | KMS
            InsufficientInstanceCapacity: We currently do not have sufficient   | run again
            ExpiredToken: The security token included in the request is expired | instance profile
            Missing plugins: github.com/hashicorp/amazon                        | packer init
            """)
    void knowsTheUsualCauses(String message, String cure) {
        assertThat(PackerFailure.cure(message))
                .hasValueSatisfying(text -> assertThat(text).contains(cure));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            127 | packer is not on the PATH of the agent: install Packer 1.6 or later there
            -1  | its process vanished, as when the agent restarts
            130 | it was interrupted (the build was stopped; Packer's lines above say what it removed)
            2   | it ended with exit code 2 and no message
            """)
    void explainsSilence(int exitCode, String expected) {
        assertThat(PackerFailure.explain(List.of(), exitCode)).isEqualTo(expected);
    }
}
