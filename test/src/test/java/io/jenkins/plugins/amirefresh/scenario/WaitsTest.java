package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hooks and balancers take by the group's own will is no failure, and limits that nobody gave do not count it. */
class WaitsTest {

    private static final String ACCOUNT = "waits.yaml";

    private static void recycle(Scenario scenario, String group, String strategy, Map<String, ?> more) {
        Map<String, Object> parameters = new HashMap<>(Map.of(
                "asgs", group, "strategy", strategy, "windows", "ignore", "checkpointDelay", "1m", "failOn", "none"));
        parameters.putAll(more);
        scenario.run("recycleAsgs", parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "bootstraps, instance-refresh, 25m for launch hook bootstrap (prolonged 41h40m at most)",
        "bootstraps, out-in, 25m for launch hook bootstrap",
        "bootstraps, in-out, 25m for launch hook bootstrap",
        "bootstraps, canary, 25m for launch hook bootstrap",
        "finishes, instance-refresh, 2h for termination hook finish-jobs (prolonged 48h at most)",
        "finishes, out-in, 2h for termination hook finish-jobs",
        "finishes, rolling, 2h for termination hook finish-jobs",
        "finishes, in-out, 2h for termination hook finish-jobs",
        "sockets, instance-refresh, 1h to drain at sockets",
        "sockets, in-out, 1h to drain at sockets",
        "sockets, canary, 1h to drain at sockets",
        "classic, out-in, 1h to drain at classic",
        "classic, in-out, 1h to drain at classic"
    })
    void whenInstancesWaitAsLongAsTheGroupAllows_thenItIsRefreshedAndTheLimitsAreSaid(
            String group, String strategy, String said) {
        // given
        Scenario scenario = Scenario.of(ACCOUNT);

        // when
        recycle(scenario, group, strategy, Map.of());

        // then
        assertThat(scenario.row(group).outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("time limits an instance 20m (default), a batch 1h (default), the group"
                                + " 4h (default); the defaults do not count: ")
                        && line.contains(said));
    }

    @Test
    void whenSomebodyProlongsALaunchHook_thenTheInstanceHasThatTimeToo() {
        // given: heartbeats for two hours, then the action is completed
        Scenario scenario = Scenario.of(ACCOUNT);
        Colleague colleague = new Colleague(scenario);
        Map<String, Instant> waits = new HashMap<>();
        scenario.passingTimeBy(moment -> {
            while (scenario.simulator().now().isBefore(moment)) {
                Instant next = scenario.simulator().now().plus(Duration.ofMinutes(10));
                scenario.simulator().advanceTo(next.isBefore(moment) ? next : moment);
                prolong(colleague, waits, scenario.simulator().now());
            }
        });

        // when
        recycle(scenario, "bootstraps", "rolling", Map.of());

        // then
        assertThat(scenario.row("bootstraps").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(Duration.between(
                        scenario.row("bootstraps").startedAt(),
                        scenario.row("bootstraps").endedAt()))
                .isGreaterThan(Duration.ofHours(6));
    }

    private static void prolong(Colleague colleague, Map<String, Instant> waits, Instant now) {
        for (JsonNode instance : colleague.group("bootstraps").get("Instances")) {
            if (!instance.get("LifecycleState").asText().equals("Pending:Wait")) {
                continue;
            }
            String id = instance.get("InstanceId").asText();
            boolean isLongEnough =
                    Duration.between(waits.computeIfAbsent(id, key -> now), now).compareTo(Duration.ofHours(2)) > 0;
            colleague.calls(isLongEnough ? "CompleteLifecycleAction" : "RecordLifecycleActionHeartbeat", input -> {
                input.put("AutoScalingGroupName", "bootstraps")
                        .put("LifecycleHookName", "bootstrap")
                        .put("InstanceId", id);
                if (isLongEnough) {
                    input.put("LifecycleActionResult", "CONTINUE");
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeLifecycleHooks", "DescribeTargetGroupAttributes"})
    void whenTheyMayNotBeRead_thenTheGroupIsRefreshedAllTheSame(String operation) {
        // given
        Scenario scenario = Scenario.of(
                ACCOUNT,
                text -> text + "faults:\n  - {operation: " + operation
                        + ", error: {code: AccessDenied, status: 403, message: not allowed}}\n");

        // when
        recycle(scenario, "sockets", "in-out", Map.of());

        // then
        assertThat(scenario.row("sockets").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console()).anyMatch(line -> line.contains("not known: " + operation));
    }

    @Test
    void whenTheHostForgetsEverythingAtEachTick_thenItKnowsHowLongWasWaited() {
        // given
        Scenario scenario = Scenario.of(ACCOUNT).restartingAfter(tick -> true);

        // when
        recycle(scenario, "finishes", "in-out", Map.of());

        // then
        assertThat(scenario.row("finishes").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.REFRESHED);
    }

    @Test
    void whenSeveralGroupsStart_thenHooksAreReadOnceAGroupAndAttributesOnceATargetGroup() {
        // given: two groups share a target group and wait for their turn
        List<MortalHttpClient.Call> calls = new ArrayList<>();
        Scenario scenario = Scenario.of(
                        ACCOUNT,
                        text -> text.replace(
                                "- {name: classic, launchTemplate: web,",
                                "- {name: sockets-2, launchTemplate: web, version: 1, min: 1, desired: 1, max: 2,"
                                        + " targetGroups: [sockets]}\n          - {name: classic, launchTemplate: web,"))
                .watchedBy(new MortalHttpClient.Watcher() {
                    @Override
                    public void sending(MortalHttpClient.Call call) {
                        calls.add(call);
                    }
                });

        // when
        recycle(scenario, "sockets,sockets-2,bootstraps", "rolling", Map.of("maxConcurrent", 1));

        // then
        assertThat(scenario.row("sockets-2").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        Predicate<MortalHttpClient.Call> hooks = call -> call.operation().equals("DescribeLifecycleHooks");
        assertThat(calls.stream().filter(hooks)).hasSize(3);
        assertThat(calls.stream().filter(call -> call.operation().equals("DescribeTargetGroupAttributes")))
                .hasSize(1);
    }
}
