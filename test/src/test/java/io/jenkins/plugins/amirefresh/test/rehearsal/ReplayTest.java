package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engineer replays production out of hours, as the guide "Replay a production refresh" says. */
class ReplayTest {

    private static final List<String> PRODUCTION = List.of(
            "billing-worker-prod", "reports-worker-prod", "shop-web-prod", "shop-worker-prod", "shop-worker-prod");

    @TempDir
    private Path folder;

    private Rehearsal replay(String... more) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "Jenkinsfile", "--param", "MODE=replay", "--param", "ENVIRONMENTS=prod", "--param", "REASON=INC-7"));
        arguments.addAll(List.of(more));
        return Rehearsal.run(folder, arguments.toArray(String[]::new));
    }

    @Test
    void whenItIsLookedAtFirst_thenEachGroupSaysWhatWouldBeDoneAndNothingIsChanged() throws Exception {
        Rehearsal look = replay("--param", "DRY_RUN=true");

        assertThat(look.exitCode()).as(look.output()).isZero();
        assertThat(look.mutatingCalls()).isEmpty();
        assertThat(look.groups("skipped")).extracting(ReplayTest::name).containsExactlyInAnyOrderElementsOf(PRODUCTION);
        assertThat(look.groups("skipped"))
                .extracting(group -> group.path("reason").asText())
                .allMatch(reason -> reason.startsWith("dry run: would refresh version "));
        assertThat(look.slack()).isEmpty();
    }

    @Test
    void whenNoAmiIsGiven_thenProductionIsOnTheNewestImageAtOnce() throws Exception {
        Rehearsal run = replay();

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.groups()).extracting(ReplayTest::name).containsExactlyInAnyOrderElementsOf(PRODUCTION);
        assertThat(run.groups("refreshed")).hasSameSizeAs(PRODUCTION);
        assertThat(run.groups("refreshed")).allSatisfy(group -> {
            assertThat(group.path("toVersion").asInt())
                    .isEqualTo(group.path("fromVersion").asInt() + 1);
            assertThat(group.path("lowestHealthy").asInt())
                    .isGreaterThanOrEqualTo(group.path("floor").asInt());
        });
        assertThat(run.report().path("startedAt").asText()).startsWith("2026-11-22T17:00");
        assertThat(run.report().path("endedAt").asText()).startsWith("2026-11-22");
        assertThat(run.slack().toString()).contains("INC-7");
        assertThat(run.output())
                .contains(
                        "shop-worker-prod (111111111111/eu-west-1): refreshed",
                        "shop-worker-prod (111111111111/eu-west-2): refreshed")
                .contains("reports-worker-prod: refreshed");
    }

    private static String name(JsonNode group) {
        return group.path("autoScalingGroupName").asText();
    }
}
