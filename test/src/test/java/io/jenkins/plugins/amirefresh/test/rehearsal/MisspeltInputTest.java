package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slips of the pen never run for real, and what is refused is refused at the start. */
class MisspeltInputTest {

    private static final Path ACCOUNT = Rehearsal.root().resolve("test/src/test/resources/rehearsals/account.yaml");

    @TempDir
    private Path folder;

    private Rehearsal rehearse(String pipeline) throws Exception {
        Path jenkinsfile = Files.writeString(folder.resolve("Jenkinsfile"), pipeline);
        return Rehearsal.run(
                folder,
                jenkinsfile.toString(),
                "--account",
                ACCOUNT.toString(),
                "--library",
                "ami-refresh=" + Rehearsal.root());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                         | recycleAsgs dryrun: true         | recycleAsgs has no parameter 'dryrun', did you mean 'dryRun'?
            @Library('ami-refresh') _  | recycleAsgs startegy: 'rolling'  | recycleAsgs has no parameter 'startegy', did you mean 'strategy'?
            @Library('ami-refresh') _  | rollbackAsgs([asg: 'good'])      | rollbackAsgs has no parameter 'asg', did you mean 'asgs'?
            """)
    void whenAParameterIsMisspelt_thenNothingRuns(String library, String call, String line) throws Exception {
        Rehearsal run = rehearse(library
                + "\nwithEnv(['AMI_REFRESH_REGIONS=eu-west-1', 'AMI_REFRESH_WINDOWS=ignore']) {\n" + call + "\n}\n");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains(line);
        assertThat(run.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AMI_REFRESH_DRYRUN=true",
                "AMI_REFRESH_DRY_RUNS=true",
                "ami_refresh_dry_run=true",
                "AMI_REFERSH_DRY_RUN=true",
                "AMI_REFRESH_STRATEGY=yolo",
                "AMI_REFRESH_ON_FAILURE=stop",
                "AMI_REFRESH_TAGS=Team",
            })
    void whenAVariableIsWrong_thenTheFirstStepRefusesIt(String variable) throws Exception {
        Rehearsal run = rehearse(
                """
                withEnv(['AMI_REFRESH_REGIONS=eu-west-1', 'AMI_REFRESH_WINDOWS=ignore', '%s']) {
                    notifySlack event: 'start'
                    sleep time: 3, unit: 'DAYS'
                    updateLaunchTemplates ami: 'newest'
                    recycleAsgs()
                }
                """
                        .formatted(variable));

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains("ERROR: notifySlack: " + variable.replaceAll("=.*", "") + ": ");
        assertThat(run.calls()).isEmpty();
        assertThat(run.slack()).isEmpty();
        assertThat(run.report().path("endedAt").asText()).startsWith("2026-11-22T17:00");
    }

    @Test
    void whenLiteralsOfADeclarativePipelineAreOutOfRange_thenAllAreNamedBeforeAnythingRuns() throws Exception {
        Rehearsal run = rehearse(
                """
                pipeline {
                    agent none
                    environment { AMI_REFRESH_REGIONS = 'eu-west-1' }
                    stages {
                        stage('Now') {
                            steps {
                                notifySlack event: 'start'
                                recycleAsgs minHealthyPercentage: 101
                                smokeTestAsg checks: [[http: '/health', port: 70000]]
                            }
                        }
                        stage('Days later') {
                            environment {
                                AMI_REFRESH_STRATEGY = 'yolo'
                                AMI_REFRESH_DRYRUN = 'true'
                            }
                            steps {
                                recycleAsgs stopAfter: 'canary', strategy: 'rolling'
                            }
                        }
                    }
                }
                """);

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output())
                .contains(
                        "Jenkinsfile:8: recycleAsgs: minHealthyPercentage: '101' is not allowed",
                        "Jenkinsfile:9: smokeTestAsg: checks.port: '70000' is not allowed",
                        "Jenkinsfile:14: AMI_REFRESH_STRATEGY: recycleAsgs cannot take it",
                        "Jenkinsfile:15: AMI_REFRESH_DRYRUN: there is no such variable",
                        "Jenkinsfile:18: recycleAsgs: strategy: 'rolling' is not allowed; give canary");
        assertThat(run.slack()).isEmpty();
    }

    @Test
    void whenOneVariableSetsTheChannel_thenEveryMessageGoesThere() throws Exception {
        Rehearsal run = rehearse(
                """
                withEnv(['AMI_REFRESH_REGIONS=eu-west-1', 'AMI_REFRESH_WINDOWS=ignore',
                         'AMI_REFRESH_SLACK_CHANNEL=team-ops', 'AMI_REFRESH_TEAM=shop']) {
                    notifySlack event: 'start'
                    updateLaunchTemplates ami: 'newest'
                    recycleAsgs asgs: 'good'
                    smokeTestAsg asgs: 'good', failOn: 'none', checks: [[http: '/health']]
                    notifySlack event: 'end'
                    notifySlack message: 'elsewhere', channel: 'other'
                }
                """);

        assertThat(run.slack())
                .extracting(post -> post.path("channel").asText())
                .hasSizeGreaterThan(2)
                .containsSubsequence(List.of("team-ops", "team-ops", "other"));
        assertThat(run.slack().subList(0, run.slack().size() - 1))
                .allMatch(post -> post.path("channel").asText().equals("team-ops"));
        assertThat(run.output()).containsOnlyOnce("AMI_REFRESH_TEAM is no variable of AMI Refresh and sets nothing");
    }

    @Test
    void whenTheOneLineHasListsInItsDefaults_thenTheyReachTheSteps() throws Exception {
        Rehearsal run = rehearse(
                """
                @Library('ami-refresh') _
                amiRefreshPipeline(
                    waves: [[environments: ['dev']]],
                    checks: [],
                    defaults: [regions: ['eu-west-1'], asgs: ['good'], windows: 'ignore', dryRun: true])
                """);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.groups())
                .extracting((JsonNode row) -> row.path("autoScalingGroupName").asText())
                .containsExactly("good");
        assertThat(run.mutatingCalls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            defaults: [dryrun: true]               | AMI_REFRESH_DRYRUN: there is no such variable, did you mean
            defaults: [flavour: 'x']               | amiRefreshPipeline: defaults.flavour: no step has this parameter
            defaults: [tags: [Team: 'shop']]       | amiRefreshPipeline: defaults.tags: a map is for one step
            checks: [[http: '/h', sttus: 200]]     | sttus
            checks: [[http: '/h', status: 2000]]   | 2000
            waves: ['dev', [environment: 'prod']]  | amiRefreshPipeline: waves: 'environment' is no parameter; allowed: environments,
            """)
    void whenTheOneLineIsGivenWhatNothingTakes_thenItIsRefusedAtOnce(String argument, String line) throws Exception {
        Rehearsal run = rehearse("@Library('ami-refresh') _\namiRefreshPipeline(" + argument + ")\n");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains(line);
        assertThat(run.calls()).isEmpty();
    }
}
