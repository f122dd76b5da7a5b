package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No call is made whose answer nobody needs. */
class CallsTest {

    /** Each step of a scenario has a host of its own, which asks again who it is and what groups there are. */
    private static final int RESTARTS = 4;

    private final List<MortalHttpClient.Call> calls = new ArrayList<>();
    private final Scenario scenario = Scenario.of("waves.yaml").watchedBy(new MortalHttpClient.Watcher() {
        @Override
        public void sending(MortalHttpClient.Call call) {
            calls.add(call);
        }
    });

    private long calls(String operation, String group) {
        return calls.stream()
                .filter(call -> call.operation().equals(operation)
                        && group.equals(call.parameters().get("AutoScalingGroupName")))
                .count();
    }

    @Test
    void whenAGroupWaitsForAnotherToEnd_thenItIsPlannedAtFirstAndWhenItsTurnComes() {
        // when
        Progress progress = scenario.run(
                "recycleAsgs",
                Map.of("asgs", "sandbox,dev", "maxConcurrent", 1, "strategy", "out-in", "windows", "ignore"));

        // then
        assertThat(progress).as(scenario.console().toString()).isInstanceOf(Progress.Done.class);
        // One before, and one before each change that launches or ends instances: others may replace some too.
        assertThat(calls("DescribeInstanceRefreshes", "dev")).isEqualTo(4);
        assertThat(calls("DescribeInstanceRefreshes", "sandbox")).isEqualTo(5);
        assertThat(calls).as("no group is limited to capacity reservations").noneMatch(call -> call.operation()
                .equals("DescribeCapacityReservations"));
    }

    @Test
    void whenAHundredGroupsAreUpToDate_thenTheyCostPagesAndNotGroups() {
        // given
        List<String> operations = new ArrayList<>();
        Scenario hundred = Scenario.of("hundred.yaml").watchedBy(new MortalHttpClient.Watcher() {
            @Override
            public void sending(MortalHttpClient.Call call) {
                operations.add(call.operation());
            }
        });

        // when
        hundred.run("updateLaunchTemplates", Map.of("ami", "newest"));
        hundred.run("recycleAsgs", Map.of("windows", "ignore"));
        hundred.run("refreshReport", Map.of());

        // then
        assertThat(hundred.mutating()).isEmpty();
        assertThat(operations).hasSizeLessThanOrEqualTo(8 + RESTARTS);
        assertThat(operations)
                .filteredOn("DescribeLaunchTemplateVersions"::equals)
                .hasSize(2);
    }
}
