package io.jenkins.plugins.amirefresh.test.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real-clients")
class AwsCliTest {
    /** Slow enough that the fleet stands still while the CLI, with its half second a call, pages through it. */
    private static final int SPEED = 120;

    private static final String AWS = "/usr/bin/aws";

    @TempDir
    private Path directory;

    @Test
    void whenTheCliRefreshesAGroup_thenItEndsSuccessful() throws IOException, InterruptedException {
        try (SimulatorProcess simulator = SimulatorProcess.start(directory, SPEED)) {
            // given
            Command client = new Command(directory, simulator.variables());
            client.require("awscli", AWS, "--version");

            // when
            String output = client.run("bash", Command.script("aws_cli_fleet.sh"), AWS);

            // then
            assertThat(output).contains("the instance refresh: Successful", "their versions: 2");
        }
    }

    @Test
    void whenTheCliUpdatesAService_thenItIsStableWithTheNewImage() throws IOException, InterruptedException {
        try (SimulatorProcess simulator = SimulatorProcess.start(directory, SPEED)) {
            Command client = new Command(directory, simulator.variables());
            client.require("awscli", AWS, "--version");

            String output = client.run("bash", Command.script("aws_cli_services.sh"), AWS);

            assertThat(output).contains("how the rollout ended: PRIMARY\tCOMPLETED\t2", "its tags: version\t2");
        }
    }
}
