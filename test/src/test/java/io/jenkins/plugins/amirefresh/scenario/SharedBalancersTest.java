package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.recorder.GroupSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One group for each zone, one instance in each, all behind one load balancer: they serve together. */
class SharedBalancersTest {

    private static final List<String> ZONES = List.of("a", "b", "c");
    private static final Map<String, ?> QUIET = Map.of("failOn", "none", "holdOn", "none");
    private static final String SICK = "  - {match: {image: web-new}, http: [{path: /health, status: 500}]}\n";

    private static Scenario three(UnaryOperator<String> change) {
        return OfZones.scenario(ZONES, change);
    }

    /** How many served at the worst moment, of all groups together. */
    private static int lowest(Scenario scenario) {
        Instant from = Instant.parse("2026-11-22T19:05:01Z");
        Instant to = scenario.simulator().now();
        AccountRegion at = new AccountRegion(
                scenario.simulator().account().defaultAccount().id(), "eu-west-1");
        TreeSet<Instant> moments = new TreeSet<>();
        ZONES.forEach(zone -> moments.addAll(scenario.simulator()
                .recorded(recorder -> recorder.history(at, zone, from, to))
                .keySet()));
        return moments.stream()
                .mapToInt(moment -> ZONES.stream()
                        .map(zone -> scenario.simulator().recorded(recorder -> recorder.at(at, zone, moment)))
                        .flatMap(Optional::stream)
                        .mapToInt(GroupSample::serving)
                        .sum())
                .min()
                .orElseThrow();
    }

    private static List<GroupOutcome> outcomes(Scenario scenario) {
        return ZONES.stream().map(zone -> scenario.row(zone).outcome()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"targetGroups: [web]", "loadBalancers: [front]"})
    void whenEachHasOneInstance_thenOneIsTakenAfterTheOther(String balancers) {
        // given
        Scenario scenario = three(
                text -> text.replace("targetGroups: [web]", balancers)
                        .replace(
                                "        autoScalingGroups:",
                                "        loadBalancers:\n          - {name: front, instancePort: 8080, healthCheck: 'HTTP:8080/health', healthCheckInterval: 10}\n        autoScalingGroups:"));

        // when
        scenario.run("recycleAsgs", QUIET);

        // then
        assertThat(outcomes(scenario)).containsOnly(GroupOutcome.REFRESHED);
        assertThat(lowest(scenario)).isEqualTo(2);
        assertThat(scenario.console()).anyMatch(line -> line.matches("c: waiting, b behind the same .* is at work"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "in-out", "instance-refresh"})
    void whenTheImageIsBad_thenOneFindsOutForAll(String strategy) {
        // given
        Scenario scenario = three(text -> text + SICK);

        // when
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "failOn", "none", "holdOn", "none"));

        // then
        assertThat(outcomes(scenario))
                .containsExactly(GroupOutcome.ROLLED_BACK, GroupOutcome.REFUSED, GroupOutcome.REFUSED);
        assertThat(lowest(scenario)).isEqualTo(2);
    }

    @Test
    void whenAllGoBack_thenOneGoesAfterTheOther() {
        // given
        Scenario scenario = three(text -> text);
        scenario.run("recycleAsgs", QUIET);

        // when
        scenario.run("rollbackAsgs", Map.of("failOn", "none"));

        // then
        assertThat(outcomes(scenario)).containsOnly(GroupOutcome.ROLLED_BACK);
        assertThat(lowest(scenario)).isEqualTo(2);
    }

    @Test
    void whenAllFailTheirTest_thenOneGoesBackAfterTheOther() {
        // given
        Scenario scenario = three(text -> text + "  - {match: {image: web-new}, http: [{path: /deep, status: 500}]}\n");
        scenario.run("recycleAsgs", QUIET);

        // when
        scenario.run(
                "smokeTestAsg",
                Map.of("checks", List.of(Map.of("http", "/deep")), "onFailure", "rollback", "failOn", "none"));

        // then
        assertThat(outcomes(scenario)).containsOnly(GroupOutcome.ROLLED_BACK);
        assertThat(lowest(scenario)).isEqualTo(2);
    }

    @Test
    void whenNobodyElseServes_thenItStays() {
        // given
        Scenario scenario = three(text -> text + "  - {match: {group: b}, http: [{path: /health, status: 500}]}\n"
                + "  - {match: {group: c}, http: [{path: /health, status: 500}]}\n");
        scenario.simulator().advanceTo(scenario.simulator().now().plus(Duration.ofSeconds(45)));

        // when
        scenario.run("recycleAsgs", Map.of("asgs", "a", "failOn", "none", "holdOn", "none"));

        // then
        assertThat(scenario.row("a").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("a").reason())
                .isEqualTo("nobody else serves behind target group web, and the group has none in service while it is"
                        + " refreshed: b, c should; bring them back first, or scale to 0");
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenTheOthersAreMeantToBeEmpty_thenItIsTaken() {
        // given
        Scenario scenario = three(text -> {
            int second = text.indexOf("          - name: b");
            return text.substring(0, second)
                    + text.substring(second).replace("min: 1", "min: 0").replace("desired: 1", "desired: 0");
        });

        // when
        scenario.run("recycleAsgs", QUIET);

        // then
        assertThat(scenario.row("a").outcome()).isEqualTo(GroupOutcome.REFRESHED);
    }
}
