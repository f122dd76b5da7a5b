package io.jenkins.plugins.amirefresh.runner.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.packer.PackerArtifact;
import io.jenkins.plugins.amirefresh.packer.PackerFailure;
import io.jenkins.plugins.amirefresh.packer.PackerOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedPackerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T17:00:00Z"), ZoneOffset.UTC);

    private final FakeEc2 ec2 = new FakeEc2();

    @TempDir
    Path workspace = Path.of("");

    /** Everything takes one look: the first time it is asked, it is not ready yet. */
    private static final class FakeEc2 implements ImageBuilding {
        private final List<String> calls = new ArrayList<>();
        private final Map<String, Integer> looks = new HashMap<>();
        private String instanceGoal = "running";
        private String imageGoal = "available";

        @Override
        public Optional<String> newestImage(String region, String namePattern, List<String> owners) {
            return namePattern.startsWith("base") ? Optional.of("ami-000000000000000aa") : Optional.empty();
        }

        @Override
        public String launch(String region, String image, String instanceType) {
            calls.add("launch " + region + " " + image + " " + instanceType);
            return "i-1";
        }

        @Override
        public String instanceState(String region, String instance) {
            return looks.merge(instanceGoal, 1, Integer::sum) > 1 ? instanceGoal : "pending";
        }

        @Override
        public void stop(String region, String instance) {
            calls.add("stop " + instance);
            instanceGoal = "stopped";
        }

        @Override
        public void terminate(String region, String instance) {
            calls.add("terminate " + instance);
        }

        @Override
        public String createImage(String region, String instance, String name, String description) {
            calls.add("image " + name + " of " + instance);
            return "ami-00000000000000001";
        }

        @Override
        public String copyImage(String region, String sourceRegion, String image, String name, String description) {
            calls.add("copy " + image + " to " + region);
            return "ami-00000000000000002";
        }

        @Override
        public String imageState(String region, String image) {
            return looks.merge(image, 1, Integer::sum) > 1 ? imageGoal : "pending";
        }

        @Override
        public void share(String region, String image, List<String> accounts) {
            calls.add("share " + image + " with " + accounts);
        }

        @Override
        public void tag(String region, String image, Map<String, String> tags) {
            calls.add("tag " + image + " " + tags);
        }
    }

    @BeforeEach
    void aTemplate() throws IOException {
        Files.createDirectories(workspace.resolve("ci"));
        for (String name : List.of("image.pkr.hcl", "variables.pkr.hcl")) {
            Files.copy(
                    Path.of("../../resources/packer", name),
                    workspace.resolve("ci").resolve(name));
        }
    }

    private SimulatedPacker packer(String... words) {
        return new SimulatedPacker(List.of(words), workspace, Map.of(), CLOCK, ec2);
    }

    private SimulatedPacker build(String... more) {
        List<String> command = new ArrayList<>(List.of(
                "packer",
                "build",
                "-machine-readable",
                "-only=amazon-ebs.rehearsal",
                "-var",
                "family=web",
                "-var",
                "region=eu-west-1",
                "-var",
                "ami_name=web-1"));
        for (String variable : more) {
            command.add("-var");
            command.add(variable);
        }
        command.add("ci");
        return packer(command.toArray(String[]::new));
    }

    private static SimulatedPacker run(SimulatedPacker packer) {
        for (int i = 0; i < 50 && packer.exitCode().isEmpty(); i++) {
            packer.advance();
        }
        return packer;
    }

    @Test
    void doesWhatPackerWouldDo() throws IOException {
        SimulatedPacker packer = run(build(
                "source_ami=ami-000000000000000ab",
                "copy_to_regions=[\"eu-west-2\"]",
                "share_with=[\"222222222222\"]",
                "tags={\"k\":\"v\"}"));

        assertThat(packer.exitCode()).hasValue(0);
        assertThat(ec2.calls)
                .containsExactly(
                        "launch eu-west-1 ami-000000000000000ab t3.micro",
                        "stop i-1",
                        "image web-1 of i-1",
                        "copy ami-00000000000000001 to eu-west-2",
                        "share ami-00000000000000001 with [222222222222]",
                        "tag ami-00000000000000001 {k=v}",
                        "share ami-00000000000000002 with [222222222222]",
                        "tag ami-00000000000000002 {k=v}",
                        "terminate i-1");
        List<PackerArtifact> artifacts = PackerOutput.artifacts(PackerOutput.lines(packer.output()));
        assertThat(artifacts)
                .extracting(PackerArtifact::id)
                .containsExactly("eu-west-1:ami-00000000000000001,eu-west-2:ami-00000000000000002");
        assertThat(Files.readString(workspace.resolve("packer-manifest.json")))
                .contains("eu-west-1:ami-00000000000000001,eu-west-2:ami-00000000000000002");
        assertThat(PackerOutput.humanLines(packer.output())).first().isEqualTo(SimulatedPacker.NOTICE);
    }

    @Test
    void looksForTheNewestSourceAmi() {
        run(build("source_ami_name=base-*"));

        assertThat(ec2.calls).first().isEqualTo("launch eu-west-1 ami-000000000000000aa t3.micro");
    }

    @Test
    void failsAsPackerDoes() {
        SimulatedPacker packer = run(build("source_ami_name=nosuch"));

        assertThat(packer.exitCode()).hasValue(1);
        assertThat(PackerFailure.explain(PackerOutput.lines(packer.output()), 1))
                .startsWith("amazon-ebs.rehearsal: No AMI was found matching name nosuch (check the source AMI");
    }

    @Test
    void removesTheInstanceWhenAnImageFails() {
        ec2.imageGoal = "failed";

        SimulatedPacker packer = run(build("source_ami=ami-000000000000000ab"));

        assertThat(packer.exitCode()).hasValue(1);
        assertThat(ec2.calls).last().isEqualTo("terminate i-1");
    }

    @Test
    void removesTheInstanceWhenAVariableCannotBeRead() {
        SimulatedPacker packer = run(build("source_ami=ami-000000000000000ab", "tags={ k = 1 }"));

        assertThat(packer.exitCode()).hasValue(1);
        assertThat(ec2.calls).last().isEqualTo("terminate i-1");
    }

    @Test
    void removesTheInstanceWhenItIsInterrupted() {
        SimulatedPacker packer = build("source_ami=ami-000000000000000ab");
        packer.advance();

        packer.interrupt();
        run(packer);

        assertThat(packer.exitCode()).hasValue(1);
        assertThat(ec2.calls).containsExactly("launch eu-west-1 ami-000000000000000ab t3.micro", "terminate i-1");
    }

    @Test
    void answersTheOtherCommands() {
        assertThat(PackerOutput.version(
                        run(packer("packer", "version", "-machine-readable")).output()))
                .hasValueSatisfying(version -> assertThat(version.hasInit()).isFalse());
        assertThat(run(packer("packer", "validate", "ci")).exitCode()).hasValue(0);
        assertThat(run(packer("packer", "validate", "nosuch")).exitCode()).hasValue(1);
        assertThat(run(packer("packer", "fix", "ci")).exitCode()).hasValue(1);
    }
}
