package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every strategy from a Jenkinsfile. */
class StrategiesTest {

    private static final String FILES = "test/src/test/resources/rehearsals/";

    @TempDir
    private Path folder;

    @Test
    void whenAPipelineNamesThem_thenEachRefreshesItsGroupAboveItsFloor() throws Exception {
        // when
        Rehearsal run = Rehearsal.run(
                folder,
                FILES + "strategies.jenkinsfile",
                "--account",
                Rehearsal.root().resolve(FILES + "strategies.yaml").toString());

        // then
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.groups("refreshed")).hasSize(7);
        for (JsonNode group : run.groups()) {
            String name = group.path("autoScalingGroupName").asText();
            String strategy = name.equals("looked-at") ? "canary" : name.equals("auto") ? "instance-refresh" : name;
            assertThat(group.path("strategy").asText()).isEqualTo(strategy);
            assertThat(group.path("lowestHealthy").asInt())
                    .as(group.toString())
                    .isGreaterThanOrEqualTo(group.path("floor").asInt());
        }
        assertThat(run.output()).contains("looked-at: paused: canary i-").contains("canary (its canary is proven)");
    }
}
