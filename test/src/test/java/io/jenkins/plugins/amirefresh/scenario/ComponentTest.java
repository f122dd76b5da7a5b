package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One group for each zone, and together they are one component that can spare one instance. */
class ComponentTest {

    private static final Map<String, ?> IN_OUT = Map.of("strategy", "in-out", "failOn", "none", "holdOn", "none");
    private static final String SICK = "  - {match: {image: web-new}, http: [{path: /health, status: 500}]}\n";

    private static Scenario three(UnaryOperator<String> change, String... names) {
        return OfZones.scenario(List.of(names), change);
    }

    private static List<GroupResult> rows(Scenario scenario, String... names) {
        return Stream.of(names)
                .map(scenario::row)
                .sorted(Comparator.comparing(GroupResult::startedAt, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"mongo_a-asg-1, mongo_b-asg-1, mongo_c-asg-1", "one, two, three"})
    void whenGroupsAreOneComponent_thenOneIsTakenAfterTheOther(String a, String b, String c) {
        // given
        Scenario scenario = three(
                text -> text.replace(
                        "AMI_update_day: sun", "AMI_update_day: sun, autorecycle_override_component_name: mongo"),
                a,
                b,
                c);

        // when
        scenario.run("recycleAsgs", IN_OUT);

        // then
        List<GroupResult> rows = rows(scenario, a, b, c);
        assertThat(rows).extracting(GroupResult::outcome).containsOnly(GroupOutcome.REFRESHED);
        for (int next = 1; next < rows.size(); next++) {
            Instant before = rows.get(next - 1).endedAt();
            assertThat(rows.get(next).startedAt()).isAfterOrEqualTo(before);
        }
        assertThat(scenario.console()).anyMatch(line -> line.endsWith("of the same component is being refreshed"));
    }

    @Test
    void whenTheNamesSaySo_thenNoTagIsNeeded() {
        // given
        Scenario scenario = three(
                text -> {
                    int other = text.indexOf("          - name: other");
                    return text.substring(0, other)
                            + text.substring(other).replaceFirst(" *targetGroups: .web.\n *healthCheckType: ELB\n", "");
                },
                "mongo_a-asg-1",
                "mongo_b-asg-1",
                "other-asg-1");

        // when
        scenario.run("recycleAsgs", IN_OUT);

        // then
        List<GroupResult> rows = rows(scenario, "mongo_a-asg-1", "mongo_b-asg-1");
        assertThat(rows.get(1).startedAt()).isAfterOrEqualTo(rows.get(0).endedAt());
        assertThat(scenario.row("other-asg-1").startedAt())
                .isEqualTo(rows.get(0).startedAt());
    }

    @Test
    void whenOneFails_thenTheOthersAreNotTouched() {
        // given
        Scenario scenario = three(text -> text + SICK, "mongo_a-asg-1", "mongo_b-asg-1");

        // when
        scenario.run("recycleAsgs", IN_OUT);

        // then
        assertThat(scenario.row("mongo_a-asg-1").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("mongo_b-asg-1").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.lowestHealthy("mongo_b-asg-1")).isEqualTo(1);
    }

    @Test
    void whenAnotherZoneLacksItsInstance_thenNoneIsTaken() {
        // given
        Scenario scenario = three(text -> text, "mongo_a-asg-1", "mongo_b-asg-1");
        breakInstanceOf(scenario, "mongo_b-asg-1");

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "in-out", "failOn", "none", "asgs", "mongo_a-asg-1"));

        // then
        assertThat(scenario.row("mongo_a-asg-1").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("mongo_a-asg-1").reason())
                .isEqualTo("mongo_b-asg-1 of the same component has 0 of 1 instances healthy; bring it back first");
        assertThat(scenario.mutating()).isEmpty();
    }

    private static void breakInstanceOf(Scenario scenario, String group) {
        String account = scenario.simulator().account().defaultAccount().id();
        Caller caller = new Caller(account, "eu-west-1", "arn:aws:iam::" + account + ":user/colleague", "test");
        JsonNode instances = scenario.simulator()
                .call("autoscaling", "DescribeAutoScalingInstances", JsonNodeFactory.instance.objectNode(), caller)
                .get("AutoScalingInstances");
        for (JsonNode instance : instances) {
            if (instance.get("AutoScalingGroupName").asText().equals(group)) {
                ObjectNode input = JsonNodeFactory.instance.objectNode();
                input.put("InstanceId", instance.get("InstanceId").asText());
                input.put("HealthStatus", "Unhealthy");
                input.put("ShouldRespectGracePeriod", false);
                scenario.simulator().call("autoscaling", "SetInstanceHealth", input, caller);
            }
        }
    }
}
