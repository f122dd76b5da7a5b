package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much moves at a time, from where, and which strategy a group gets. */
class ShapeTest {

    private static Scenario large() {
        return Scenario.of("fleet.yaml", text -> text.replace("min: 2", "min: 4")
                .replace("desired: 3", "desired: 12")
                .replace("max: 4", "max: 30"));
    }

    /** The most new instances that were on their way together, and the most old ones gone at a time. */
    private static int mostAtOnce(Scenario scenario, String change) {
        Map<Object, Integer> byMoment = new TreeMap<>();
        scenario.simulator().effects().stream()
                .filter(effect -> effect.change().startsWith(change))
                .forEach(effect -> byMoment.merge(effect.at(), 1, Integer::sum));
        return byMoment.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    @ParameterizedTest
    @CsvSource({"rolling, 25%, 3", "rolling, 5, 5", "out-in, 50%, 6", "in-out, 2, 2"})
    void whenABatchHasASize_thenNoMoreMovesAtATime(String strategy, String batchSize, int most) {
        // given
        Scenario scenario = large();

        // when
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "batchSize", batchSize));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(mostAtOnce(scenario, "launched into web")).isEqualTo(most);
        assertThat(scenario.lowestHealthy("web"))
                .isGreaterThanOrEqualTo(scenario.row("web").floor());
    }

    @ParameterizedTest
    @CsvSource({"in-out", "rolling"})
    void whenAGroupHasSeveralZones_thenTheyStayEven(String strategy) {
        // given
        Scenario scenario = large();
        Colleague colleague = new Colleague(scenario);
        int[] uneven = {0};
        scenario.passingTimeBy(moment -> {
            scenario.simulator().advanceTo(moment);
            Map<String, Integer> zones = new HashMap<>();
            StreamSupport.stream(colleague.group("web").get("Instances").spliterator(), false)
                    .filter(instance -> !instance.get("LifecycleState").asText().startsWith("Terminat"))
                    .forEach(instance ->
                            zones.merge(instance.get("AvailabilityZone").asText(), 1, Integer::sum));
            int most = zones.values().stream().mapToInt(Integer::intValue).max().orElse(0);
            int least =
                    zones.values().stream().mapToInt(Integer::intValue).min().orElse(0);
            uneven[0] = Math.max(uneven[0], zones.size() < 2 ? most : most - least);
        });

        // when
        scenario.run("recycleAsgs", Map.of("strategy", strategy));

        // then
        assertThat(uneven[0]).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"desired: 3, max: 4, instance-refresh", "desired: 1, max: 4, out-in", "desired: 1, max: 1, in-out"})
    void whenNobodyNamesAStrategy_thenTheGroupsFactsDo(String desired, String max, String strategy) {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", text -> text.replace("min: 2", "min: 1")
                .replace("desired: 3", desired)
                .replace("max: 4", max));

        // when
        scenario.run("recycleAsgs", Map.of());

        // then
        assertThat(scenario.row("web").strategy()).isEqualTo(strategy);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console().toString()).contains(strategy + " (");
    }

    @Test
    void whenAGroupHasAWarmPool_thenOnlyAwsRefreshesItAndThePoolToo() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml");
        new Colleague(scenario).calls("PutWarmPool", input -> input.put("AutoScalingGroupName", "web")
                .put("MinSize", 2)
                .put("PoolState", "Stopped"));
        scenario.settle();

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "rolling", "failOn", "none"));
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason()).contains("warm pool");
        scenario.run("recycleAsgs", Map.of("strategy", "instance-refresh"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        scenario.settle();
        var pool = new Colleague(scenario)
                .calls("DescribeWarmPool", input -> input.put("AutoScalingGroupName", "web"))
                .get("Instances");
        assertThat(pool).isNotEmpty().allMatch(instance -> instance.at("/LaunchTemplate/Version")
                .asText()
                .equals("2"));
    }
}
