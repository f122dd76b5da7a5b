package io.jenkins.plugins.amirefresh.test.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real-clients")
class PackerTest {
    private static final int SPEED = 600;
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    private Path directory;

    @Test
    void whenPackerBuilds_thenTheImageIsCopiedAndSharedAndNothingElseStays() throws IOException, InterruptedException {
        try (SimulatorProcess simulator = SimulatorProcess.start(directory, SPEED)) {
            // given
            Map<String, String> variables = new TreeMap<>(simulator.variables());
            variables.putAll(Map.of("AWS_POLL_DELAY_SECONDS", "1", "AWS_MAX_ATTEMPTS", "200"));
            Command client = new Command(directory, variables);
            client.require("packer", "packer", "version");
            client.require("python3-boto3", PYTHON, "-c", "import boto3");

            // when
            client.run(
                    "packer",
                    "build",
                    "-only=amazon-ebs.rehearsal",
                    "-var=family=cart",
                    "-var=ami_name=cart-1",
                    "-var=region=eu-west-1",
                    "-var=copy_to_regions=[\"eu-west-2\"]",
                    "-var=share_with=[\"222222222222\"]",
                    "-var=source_ami_name=base-*",
                    "-var=tags={\"ami-refresh:family\"=\"cart\"}",
                    "-var=endpoint=" + simulator.endpoint(),
                    "-var=manifest=" + directory.resolve("manifest.json"),
                    Command.file("resources/packer").toString());

            // then
            String artifact = artifact();
            assertThat(List.of(artifact.split(","))).hasSize(2);
            client.run(PYTHON, Command.script("boto3_image.py"), artifact);
        }
    }

    private String artifact() throws IOException {
        JsonNode manifest =
                new ObjectMapper().readTree(directory.resolve("manifest.json").toFile());
        return manifest.path("builds").path(0).path("artifact_id").asText();
    }
}
