package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hooks of a group mean before its first change: against limits that were given, and whose they are. */
class HooksRefusedTest {

    private static Scenario deployedTo(String more) {
        return Scenario.of("waits.yaml", text -> text.replace(
                        "LifecycleHookName: bootstrap,",
                        "LifecycleHookName: CodeDeploy-managed-automatic-launch-deployment-hook-web-1,")
                .replace("HeartbeatTimeout: 1500", "HeartbeatTimeout: 60")
                .replace("{name: bootstraps,", "{name: bootstraps," + more));
    }

    @Test
    void whenCodeDeployDeploysToTheGroup_thenItIsRefreshedAndSaysSo() {
        // given
        Scenario scenario = deployedTo("");

        // when
        scenario.run("recycleAsgs", Map.of("asgs", "bootstraps", "strategy", "rolling", "windows", "ignore"));

        // then
        assertThat(scenario.row("bootstraps").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("bootstraps: starting, ")
                        && line.contains("CodeDeploy deploys to its new instances (hook"
                                + " CodeDeploy-managed-automatic-launch-deployment-hook-web-1); whether a deployment runs now"
                                + " is not looked at"));
    }

    @Test
    void whenCodeDeployHasSuspendedAProcess_thenTheRefusalSaysWhoMayHaveDoneSo() {
        // given
        Scenario scenario = deployedTo(" suspendedProcesses: [Terminate],");

        // when
        scenario.run(
                "recycleAsgs",
                Map.of("asgs", "bootstraps", "strategy", "rolling", "windows", "ignore", "failOn", "none"));

        // then
        assertThat(scenario.row("bootstraps").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("bootstraps").reason())
                .contains("CodeDeploy does this while it deploys: then wait until it has resumed it")
                .endsWith("allow: 'suspendedProcesses')");
    }

    /** The group's launch hook has a heartbeat of 25 minutes, that of termination 2 hours. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bootstraps | instanceTimeLimit | 24m | its launch hooks may take 25 min, and instanceTimeLimit is 24 min;",
                "bootstraps | batchTimeLimit | 24m | its launch hooks may take 25 min, and batchTimeLimit is 24 min;",
                "bootstraps | timeLimit | 24m | its hooks and draining of one instance may take 25 min, and timeLimit is 24 min;",
                "bootstraps | instanceTimeLimit | 25m | ''",
                "finishes | batchTimeLimit | 119m | its draining and termination hooks may take 120 min, and batchTimeLimit is 119 min;",
                "finishes | timeLimit | 119m | its hooks and draining of one instance may take 120 min, and timeLimit is 119 min;",
                "finishes | instanceTimeLimit | 10m | ''",
            })
    void whenAGivenLimitIsShorterThanAHook_thenItIsRefused(String group, String parameter, String limit, String why) {
        // given
        Scenario scenario = Scenario.of("waits.yaml");

        // when
        scenario.run(
                "recycleAsgs",
                Map.of(
                        "asgs",
                        group,
                        "strategy",
                        "out-in",
                        "windows",
                        "ignore",
                        parameter,
                        limit,
                        "dryRun",
                        true,
                        "failOn",
                        "none"));

        // then
        if (why.isEmpty()) {
            assertThat(scenario.row(group).reason()).startsWith("dry run: would refresh");
        } else {
            assertThat(scenario.row(group).outcome()).isEqualTo(GroupOutcome.REFUSED);
            assertThat(scenario.row(group).reason())
                    .startsWith(why)
                    .endsWith("; raise it, or leave it out: then they do not count (or take it on with allow:"
                            + " 'timeLimits')");
            assertThat(scenario.mutating()).isEmpty();
        }
    }

    @Test
    void whenSuchALimitIsTakenOn_thenTheRefreshBeginsAndTheHookIsGivenUp() {
        // given
        Scenario scenario = Scenario.of("waits.yaml");

        // when
        scenario.run(
                "recycleAsgs",
                Map.of(
                        "asgs",
                        "bootstraps",
                        "strategy",
                        "in-out",
                        "windows",
                        "ignore",
                        "instanceTimeLimit",
                        "10m",
                        "allow",
                        "timeLimits",
                        "failOn",
                        "none"));

        // then
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("bootstraps: starting, ")
                        && line.contains("; taken on: its launch hooks may take 25 min"));
        assertThat(scenario.row("bootstraps").outcome()).isNotEqualTo(GroupOutcome.REFUSED);
    }
}
