package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A right that one region lacks is a line, or a row of its groups; the groups of the others are refreshed. */
class DenialsTest {

    private static final String LONDON =
            """
      - name: eu-west-2
        images:
          - {name: web-old, id: ami-0000000000000cccc, age: 7d, tags: {"ami-refresh:family": web}}
          - {name: web-new, id: ami-0000000000000dddd, age: 1d, tags: {"ami-refresh:family": web}}
        launchTemplates:
          - {name: shop-web, tags: {"ami-refresh:family": web}, versions: [{image: web-old}]}
        autoScalingGroups:
          - {name: london, launchTemplate: shop-web, version: 1, min: 2, desired: 2, max: 4, tags: {Environment: sandbox}}
behaviours:
""";

    private static Scenario without(String... operations) {
        StringBuilder faults = new StringBuilder("faults:\n");
        for (String operation : operations) {
            faults.append("  - {service: ec2, region: eu-west-2, operation: ")
                    .append(operation)
                    .append(", error: {code: UnauthorizedOperation, status: 403, message: You are not authorized}}\n");
        }
        return Scenario.of(
                "fleet.yaml",
                text -> text.replace("              - {image: web-new}\n", "").replace("behaviours:\n", LONDON)
                        + faults);
    }

    private static Map<String, Object> both(Map<String, ?> more) {
        Map<String, Object> parameters = new LinkedHashMap<>(more);
        parameters.put("regions", List.of("eu-west-1", "eu-west-2"));
        parameters.put("failOn", "none");
        return parameters;
    }

    private static void refreshes(Scenario scenario) {
        Map<String, Object> update = both(Map.of("ami", "newest"));
        update.remove("failOn");
        Progress updated = scenario.run("updateLaunchTemplates", update);
        Progress recycled = scenario.run("recycleAsgs", both(Map.of("strategy", "rolling", "windows", "ignore")));
        assertThat(updated).as(scenario.console().toString()).isInstanceOf(Progress.Done.class);
        assertThat(recycled).as(scenario.console().toString()).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.REFRESHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeImages", "DescribeLaunchTemplates", "DescribeLaunchTemplateVersions"})
    void whenARegionMayNotBeSeen_thenItHasItsLineAndTheOtherIsRefreshed(String operation) {
        // given
        Scenario scenario = without(operation);

        // when
        refreshes(scenario);

        // then
        assertThat(scenario.console())
                .anyMatch(line ->
                        line.contains("updateLaunchTemplates: self in eu-west-2 cannot be read, the others go on: "
                                        + operation)
                                && line.contains("You are not authorized"));
    }

    @Test
    void whenTheOldWayOfAGroupMayNotBeSeen_thenItsOwnRowSaysSo() {
        // given
        Scenario scenario = without("DescribeLaunchTemplateVersions");

        // when
        scenario.run(
                "recycleAsgs", both(Map.of("launchTemplateVersion", "1", "asgs", "web,london", "windows", "ignore")));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.SKIPPED);
        assertThat(scenario.row("london").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("london").reason())
                .contains("You are not authorized")
                .endsWith("; nothing was changed");
    }

    /** The group is told of what could not be seen, and not refused for it. */
    @Test
    void whenImagesMayNotBeSeen_thenNoGroupIsRefusedForIt() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text
                        + "faults:\n  - {operation: DescribeImages, error: {code: UnauthorizedOperation, status: 403,"
                        + " message: You are not authorized}}\n");

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "rolling"));

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("web: starting, ")
                        && line.contains("images")
                        && line.contains("You are not authorized"));
    }

    /** Before the second build somebody takes the right away in the region that comes first. */
    @ParameterizedTest
    @ValueSource(strings = {"rollbackAsgs", "smokeTestAsg"})
    void whenFamiliesMayNotBeSeenInARegion_thenItsLineSaysSoAndTheOthersAreSelected(String step) {
        // given
        Scenario before = Scenario.of(
                "fleet.yaml",
                text -> text.replace("              - {image: web-new}\n", "").replace("behaviours:\n", LONDON)
                        + "faults:\n  - {service: ec2, region: eu-west-1, operation: DescribeLaunchTemplates, from:"
                        + " \"2026-11-22T21:00:00Z\", error: {code: UnauthorizedOperation, status: 403, message: You are"
                        + " not authorized}}\n");
        refreshes(before);
        before.simulator().advanceTo(Instant.parse("2026-11-22T21:00:00Z"));
        Scenario scenario = before.nextBuild("weekly-2");
        Map<String, Object> parameters = both(Map.of("families", "web"));
        if (step.equals("smokeTestAsg")) {
            parameters.remove("failOn");
            parameters.put("checks", List.of(Map.of("http", "/health", "port", 8080)));
        }

        // when
        Progress progress = scenario.run(step, parameters);

        // then
        assertThat(progress).as(scenario.console().toString()).isInstanceOf(Progress.Done.class);
        assertThat(scenario.console())
                .anyMatch(line -> line.contains(step + ": self in eu-west-1 cannot be read, the others go on: "));
        if (step.equals("rollbackAsgs")) {
            assertThat(scenario.row("london").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        }
    }

    @Test
    void whenFamiliesMayBeSeenNowhere_thenTheStepFailsWithAwssWords() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text + "faults:\n  - {operation: DescribeLaunchTemplates, error: {code: UnauthorizedOperation,"
                        + " status: 403, message: You are not authorized}}\n");

        // when
        Progress progress = scenario.run("rollbackAsgs", Map.of("families", "web"));

        // then
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(((Progress.Failed) progress).message()).contains("You are not authorized");
    }
}
