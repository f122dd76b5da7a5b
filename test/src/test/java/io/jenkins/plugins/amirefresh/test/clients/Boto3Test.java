package io.jenkins.plugins.amirefresh.test.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real-clients")
class Boto3Test {
    private static final int SPEED = 600;
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    private Path directory;

    @Test
    void whenBoto3RefreshesAGroup_thenARehearsalAtTheEndpointRefreshesItAgain()
            throws IOException, InterruptedException {
        try (SimulatorProcess simulator = SimulatorProcess.start(directory, SPEED)) {
            // given
            Command client = new Command(directory, simulator.variables());
            client.require("python3-boto3", PYTHON, "-c", "import boto3");
            String built = client.run(PYTHON, Command.script("boto3_fleet.py"), "create");
            assertThat(built).contains("the instance refresh: 'Successful'");

            // when
            String console = client.run(
                    Command.JAVA,
                    "-jar",
                    Command.jar("runner").toString(),
                    "rehearse",
                    Command.script("Jenkinsfile"),
                    "--endpoint",
                    simulator.endpoint(),
                    "--out",
                    directory.resolve("out").toString());

            // then
            assertThat(console).contains("SUCCESS, as expected: 2 groups refreshed");
            client.run(PYTHON, Command.script("boto3_fleet.py"), "judge");
            assertRows(read("report.json").path("groups"));
            assertCalls(read("calls.json"));
        }
    }

    @Test
    void whenBoto3DoesWhatEcsUpdaterDid_thenTheServiceRunsTheNewImage() throws IOException, InterruptedException {
        try (SimulatorProcess simulator = SimulatorProcess.start(directory, SPEED)) {
            Command client = new Command(directory, simulator.variables());
            client.require("python3-boto3", PYTHON, "-c", "import boto3");

            String output = client.run(PYTHON, Command.script("boto3_services.py"));

            assertThat(output)
                    .contains("images of its tasks: ['nginx', 'nginx']", "the one that is not there: 'ImageNotFound'");
        }
    }

    @Test
    void whenBoto3DoesWhatEc2PowercycleDid_thenInstancesAndGroupsSleepAndWake()
            throws IOException, InterruptedException {
        try (SimulatorProcess simulator = SimulatorProcess.start(directory, SPEED)) {
            Command client = new Command(directory, simulator.variables());
            client.require("python3-boto3", PYTHON, "-c", "import boto3");

            String output = client.run(PYTHON, Command.script("boto3_power.py"));

            assertThat(output).contains("asleep: ((0, 0, 4), 0)", "awake, with its maximum raised: ((2, 6, 6), 6)");
        }
    }

    private JsonNode read(String file) throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("out").resolve(file).toFile());
    }

    private static void assertRows(JsonNode rows) {
        assertThat(rows).hasSize(2);
        for (JsonNode row : rows) {
            boolean web = row.path("autoScalingGroupName").asText().equals("boto-web");
            assertThat(row.path("outcome").asText()).isEqualTo("refreshed");
            assertThat(row.path("tests").asText()).isEqualTo("PASSED");
            assertThat(row.path("fromVersion").asInt()).isEqualTo(web ? 2 : 1);
            assertThat(row.path("toVersion").asInt()).isEqualTo(3);
            assertThat(row.path("floor").asInt()).isEqualTo(web ? 2 : 0);
            assertThat(row.path("lowestHealthy").isInt()).as("%s", row).isTrue();
            assertThat(row.path("lowestHealthy").asInt())
                    .isGreaterThanOrEqualTo(row.path("floor").asInt());
        }
    }

    /** The log holds what the rehearsal called, and nothing of what built the fleet before it. */
    private static void assertCalls(JsonNode calls) {
        List<String> operations = calls.findValuesAsText("operation");
        assertThat(operations)
                .contains("CreateLaunchTemplateVersion", "StartInstanceRefresh")
                .doesNotContain("CreateAutoScalingGroup", "CreateLaunchTemplate", "RunInstances");
    }
}
