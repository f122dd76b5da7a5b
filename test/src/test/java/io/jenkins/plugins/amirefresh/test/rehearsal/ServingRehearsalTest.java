package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service stays up whatever AWS itself waits for, and the plan says what will count as healthy. */
class ServingRehearsalTest {

    private static final String FILES = "test/src/test/resources/rehearsals/";

    @TempDir
    private Path folder;

    @Test
    void whenTheNewImageDoesNotServe_thenNoGroupLosesMoreThanTheBatchThatShowedIt() throws Exception {
        // when
        Rehearsal run = Rehearsal.run(
                folder,
                FILES + "serving.jenkinsfile",
                "--account",
                Rehearsal.root().resolve(FILES + "serving.yaml").toString());

        // then
        Map<String, String> ends = new TreeMap<>();
        Map<String, Integer> lowest = new TreeMap<>();
        for (JsonNode group : run.groups()) {
            String name = group.path("autoScalingGroupName").asText();
            ends.put(name, group.path("outcome").asText());
            lowest.put(name, group.path("lowestHealthy").asInt());
        }
        assertThat(ends)
                .as(run.output())
                .isEqualTo(Map.of(
                        "two-target-groups", "rolled-back",
                        "no-room", "rolled-back",
                        "classic", "rolled-back",
                        "by-name", "rolled-back",
                        "no-grace", "rolled-back",
                        "nothing-before-it", "refreshed"));
        assertThat(lowest.get("two-target-groups")).isEqualTo(4);
        assertThat(lowest.get("classic")).isEqualTo(4);
        assertThat(lowest.get("no-grace")).isEqualTo(4);
        assertThat(lowest.get("no-room")).isEqualTo(3);
        assertThat(lowest.get("by-name")).isEqualTo(3);
        assertThat(run.output())
                .contains(
                        "two-target-groups: skipped: dry run: would refresh version 1 to 2, 4 of 4 instances outdated, rolling")
                .contains("healthy means: in service and healthy in 2 target groups for 20s")
                .contains("healthy means: in service and healthy in 1 classic load balancer")
                .contains("healthy means: running only: set instanceWarmup or checks")
                .contains("by-name: cancelling the instance refresh: new instance i-")
                .containsPattern("no-grace: rolled-back: .* set healthCheckGracePeriod");
    }
}
