package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new instance counts when the group's classic load balancer has it in service, whatever the group itself looks at. */
class ClassicLoadBalancerTest {

    private static Scenario behindClassic(UnaryOperator<String> change) {
        return Scenario.of(
                "fleet.yaml",
                text -> change.apply(text.replace(
                                "        autoScalingGroups:\n",
                                """
                                        loadBalancers:
                                          - {name: front, healthCheck: "HTTP:8080/health", healthCheckInterval: 10s, healthyThreshold: 3}
                                        autoScalingGroups:
                                """)
                        .replace("            targetGroups: [web]\n", "            loadBalancers: [front]\n")
                        .replace("healthCheckType: ELB", "healthCheckType: EC2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-in", "in-out", "rolling", "canary"})
    void whenTheNewVersionIsNeverInService_thenTheGroupGoesBack(String strategy) {
        // given
        Scenario scenario =
                behindClassic(text -> text + "  - {match: {image: web-new}, http: [{path: /health, status: 500}]}\n");

        // when
        scenario.run(
                "recycleAsgs",
                Map.of("strategy", strategy, "instanceTimeLimit", "5m", "checkpointDelay", "1m", "failOn", "none"));

        // then
        scenario.settle();
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).containsPattern("OutOfService .*at load balancer front");
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("1 InService Healthy", 3L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-in", "in-out"})
    void whenTheNewVersionIsInService_thenTheGroupIsRefreshed(String strategy) {
        // given
        Scenario scenario = behindClassic(text -> text);

        // when
        scenario.run("recycleAsgs", Map.of("strategy", strategy));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console()).anyMatch(line -> line.matches(".*OutOfService .*at load balancer front.*"));
    }
}
