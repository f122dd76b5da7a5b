package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which groups the parameters of a step select, and what it says when they select none. */
class SelectionTest {

    private static Map<String, Object> parameters(String given) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (String one : given.split("; ", -1)) {
            String[] named = one.split(": ", 2);
            parameters.put(named[0], named[1]);
        }
        return parameters;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            environments: sand*                       | sandbox
            environments: SANDBO?                     | sandbox
            asgs: *e*                                 | dev
            families: w*                              | sandbox,dev
            excludeEnvironments: dev                  | sandbox
            excludeAsgs: s*                           | dev
            excludeEnvironments: prod,Dev             | sandbox
            excludeEnvironments: dve,dev              | sandbox
            environments: dev,sandbox; excludeAsgs: d* | sandbox
            onlyEnvironments: prod                    |
            environments: dev; onlyEnvironments: prod |
            environments: nowhere; allowEmpty: true   |
            asgs: nobody; allowEmpty: true            |
            """)
    void whenNamesAreGiven_thenThoseGroupsAreInScope(String given, String expected) {
        // given
        Scenario scenario = Scenario.of("waves.yaml");
        Map<String, Object> parameters = parameters(given);
        parameters.put("dryRun", true);

        // when
        Progress progress = scenario.run("recycleAsgs", parameters);

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(RunHistory.of(scenario.journal()).rows())
                .extracting(row -> row.group().name().value())
                .containsExactlyInAnyOrderElementsOf(expected == null ? List.of() : List.of(expected.split(",", -1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            environments: sandbx | environments: 'sandbx' matches no group in the accounts and regions of this step; nearest: sandbox, dev; allowEmpty: true goes on without any
            asgs: wep*           | asgs: 'wep*' matches no group in the accounts and regions of this step; nearest: dev, sandbox; allowEmpty: true goes on without any
            families: wbe        | families: 'wbe' matches no group in the accounts and regions of this step; nearest: web; allowEmpty: true goes on without any
            environments: dev; asgs: sand* | no group in the accounts and regions of this step fits all of environments [dev], asgs [sand*]; allowEmpty: true goes on without any
            excludeFamilies: we? | the exclude... parameters leave none of the groups; allowEmpty: true goes on without any
            environments: dev,sandbx | environments: 'sandbx' matches nothing in the accounts and regions of this step, did you mean 'sandbox'?
            excludeFamilies: wbe | excludeFamilies: 'wbe' matches nothing in the accounts and regions of this step, did you mean 'web'?
            excludeAsgs: sandbx  | excludeAsgs: 'sandbx' matches nothing in the accounts and regions of this step, did you mean 'sandbox'?
            excludeEnvironments: Snadbox | excludeEnvironments: 'Snadbox' matches nothing in the accounts and regions of this step, did you mean 'sandbox'?
            excludeAsgs: *       | the exclude... parameters leave none of the groups; allowEmpty: true goes on without any
            """)
    void whenNothingIsSelected_thenTheStepFailsWithTheNearestNames(String given, String message) {
        for (String step : List.of("recycleAsgs", "restoreAsgs", "rollbackAsgs", "smokeTestAsg")) {
            // given
            Scenario scenario = Scenario.of("waves.yaml");
            Map<String, Object> parameters = parameters(given);
            if (step.equals("smokeTestAsg")) {
                parameters.put("checks", List.of(Map.of("http", "/health")));
            }

            // when
            Progress progress = scenario.run(step, parameters);

            // then
            assertThat(progress).as(step).isInstanceOf(Progress.Failed.class);
            assertThat(((Progress.Failed) progress).message()).as(step).isEqualTo(message);
            assertThat(scenario.mutating()).as(step).isEmpty();
        }
    }

    @Test
    void whenAGroupGivenByNameHasNoRecord_thenItsRollbackIsRefused() {
        // given
        Scenario scenario = Scenario.of("waves.yaml");

        // when
        Progress progress = scenario.run("rollbackAsgs", Map.of("asgs", "dev"));

        // then
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(((Progress.Failed) progress).message())
                .contains("dev refused: no refresh of it is on record, neither in this run nor on its tag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "w*"})
    void whenAnotherBuildTestsAFamily_thenItsGroupsAreTested(String family) {
        // given
        Scenario scenario = Scenario.of("waves.yaml");

        // when
        Progress progress = scenario.run(
                "smokeTestAsg",
                Map.of("families", family, "checks", List.of(Map.of("targetHealth", true)), "failOn", "none"));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.console()).anyMatch(line -> line.contains("smokeTestAsg: 2 groups to test"));
    }

    @Test
    void whenAnotherBuildRollsAFamilyBack_thenItsGroupsGoBackByTheirTags() {
        // given
        Scenario scenario = Scenario.of("waves.yaml");
        scenario.run("recycleAsgs", Map.of("windows", "ignore"));
        Scenario next = scenario.nextBuild("incident-1");

        // when
        next.run("rollbackAsgs", Map.of("families", "web", "environments", "dev"));

        // then
        assertThat(RunHistory.of(next.journal()).rows())
                .extracting(GroupResult::reason)
                .hasSize(1);
        assertThat(next.row("dev").outcome().text()).isEqualTo("rolled-back");
        assertThat(next.row("dev").family()).isEqualTo("web");
    }
}
