package io.jenkins.plugins.amirefresh.step.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.fakes.FakeHost;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineVariablesTest {

    private final PipelineVariables variables = new PipelineVariables(StepCatalog.all());

    private static StepDefinition step(String name) {
        return StepCatalog.all().stream()
                .filter(one -> one.functionName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "AMI_REFRESH_DRYRUN, AMI_REFRESH_DRY_RUN",
        "ami_refresh_dry_run, AMI_REFRESH_DRY_RUN",
        "AMI_REFRESH_DYR_RUN, AMI_REFRESH_DRY_RUN",
        "AMI_REFERSH_DRY_RUN, AMI_REFRESH_DRY_RUN",
        "AMIREFRESH_DRY_RUN, AMI_REFRESH_DRY_RUN",
        "AMI_REFRESH_IS_DRY, AMI_REFRESH_DRY_RUN",
        "AMI_REFRESH_STARTEGY, AMI_REFRESH_STRATEGY",
        "AMI_REFRESH_MIN_HEALTHY_PERCENT, ''",
        "AMI_REFRESH_ONLY_ENVIRONMENT, AMI_REFRESH_ONLY_ENVIRONMENTS",
        "AMI_REFRESH_TEAM, ''",
        "AMI_REFRESH_DRY_RUN, ''",
        "JAVA_HOME, ''",
        "DRY_RUN, ''",
    })
    void whenAVariableResemblesAKnownOne_thenItIsRefusedWithTheRightName(String name, String right) {
        Map<String, String> problems = variables.problems(Map.of(name, "true"));

        if (right.isEmpty()) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems)
                    .containsOnlyKeys(name)
                    .extractingByKey(name)
                    .asString()
                    .isEqualTo(name + ": there is no such variable, did you mean '" + right + "'? Rename it");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            AMI_REFRESH_STRATEGY | yolo | recycleAsgs cannot take it: strategy: 'yolo' is not allowed
            AMI_REFRESH_ON_FAILURE | stop | smokeTestAsg cannot take it: onFailure: 'stop' is not allowed; give one of rollback, fail
            AMI_REFRESH_MIN_HEALTHY_PERCENTAGE | 110 | recycleAsgs cannot take it: minHealthyPercentage: '110' is not allowed
            AMI_REFRESH_TIME_LIMIT | 3d | smokeTestAsg cannot take it: timeLimit: 'PT72H' is not allowed
            AMI_REFRESH_REGIONS | Ireland | buildAmi cannot take it: regions: 'Ireland' is not allowed
            AMI_REFRESH_SHARE_WITH | team | buildAmi cannot take it: shareWith: 'team' is not allowed
            AMI_REFRESH_TAGS | Team=shop | a map has no variable
            AMI_REFRESH_CHECKS | /health | a map has no variable
            """)
    void whenAStepCannotTakeItsValue_thenItIsRefusedBeforeAnyStepRuns(String name, String value, String why) {
        Map<String, String> environment = Map.of(name, value);

        assertThat(variables.problems(environment)).containsOnlyKeys(name);
        assertThatThrownBy(() ->
                        StepCall.parse(step("notifySlack"), StepCatalog.all(), Map.of("event", "start"), environment))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith(name + ": " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "broken", "none"})
    void whenEveryStepTakesTheValue_thenItIsFine(String failOn) {
        assertThat(variables.problems(Map.of("AMI_REFRESH_FAIL_ON", failOn, "AMI_REFRESH_ONLY_ENVIRONMENTS", "")))
                .isEmpty();
    }

    @Test
    void whenTwoVariablesContradict_thenTheyAreRefusedTogether() {
        assertThat(variables.problems(Map.of("AMI_REFRESH_STRATEGY", "rolling", "AMI_REFRESH_STOP_AFTER", "canary")))
                .extractingByKey("AMI_REFRESH_STRATEGY")
                .asString()
                .contains("give canary, since stopAfter is given");
    }

    @Test
    void whenTheWholePipelineIsGivenADefaultThatNoStepHas_thenItIsRefused() {
        assertThat(variables.problems(Map.of("AMI_REFRESH_DEFAULTS", "regions,flavour")))
                .containsEntry(
                        "AMI_REFRESH_DEFAULTS", "amiRefreshPipeline: defaults.flavour: no step has this parameter");
    }

    @Test
    void whenAVariableIsWrong_thenTheEndIsToldAllTheSame() {
        assertThat(StepCall.parse(
                                step("notifySlack"),
                                StepCatalog.all(),
                                Map.of("event", "end"),
                                Map.of("AMI_REFRESH_DRYRUN", "true"))
                        .text("event"))
                .contains("end");
    }

    @Test
    void whenATeamHasVariablesOfItsOwn_thenEachIsNamedOnceInTheRun() {
        FakeHost host = new FakeHost();
        host.environment.putAll(Map.of("AMI_REFRESH_TEAM", "shop", "AMI_REFRESH_DRY_RUN", "true", "HOME", "/"));

        variables.tell(host);
        variables.tell(host);

        assertThat(host.console).isEqualTo(List.of("AMI_REFRESH_TEAM is no variable of AMI Refresh and sets nothing"));
    }

    @Test
    void whenOneVariableSetsTheChannel_thenEveryStepHasIt() {
        Map<String, String> environment = Map.of("AMI_REFRESH_SLACK_CHANNEL", "team-ops");

        assertThat(StepCall.parse(step("notifySlack"), StepCatalog.all(), Map.of("event", "end"), environment)
                        .text("channel"))
                .contains("team-ops");
        for (String other : List.of("recycleAsgs", "smokeTestAsg")) {
            assertThat(StepCall.parse(step(other), StepCatalog.all(), Map.of(), environment)
                            .text("slackChannel"))
                    .contains("team-ops");
        }
    }

    @Test
    void whenAParameterIsMisspelt_thenTheRightOneIsNamed() {
        assertThatThrownBy(() ->
                        StepCall.parse(step("recycleAsgs"), StepCatalog.all(), Map.of("startegy", "rolling"), Map.of()))
                .hasMessageStartingWith("recycleAsgs has no parameter 'startegy', did you mean 'strategy'?; it takes");
    }
}
