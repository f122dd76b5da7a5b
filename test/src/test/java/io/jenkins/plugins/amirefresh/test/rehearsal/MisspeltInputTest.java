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
            ''                         | recycleAsgs regions: ['eu-west-1', 'eu-wset-1'] | regions: 'eu-wset-1' is no region of AWS, did you mean 'eu-west-1'?
            ''                         | withEnv(['AMI_REFRESH_REGIONS=eu-wset-1']) { restoreAsgs() } | regions: 'eu-wset-1' is no region of AWS, did you mean 'eu-west-1'?
            """)
    void whenAParameterIsMisspelt_thenNothingRuns(String library, String call, String line) throws Exception {
        Rehearsal run = rehearse(library
                + "\nwithEnv(['AMI_REFRESH_REGIONS=eu-west-1', 'AMI_REFRESH_WINDOWS=ignore']) {\n" + call + "\n}\n");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains(line);
        assertThat(run.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                         | powerCycle dryRun: params.DRYRUN                                  | dryRun
            @Library('ami-refresh') _  | powerCycle dryRun: params.DRYRUN                                  | dryRun
            ''                         | powerCycle names: env.NAMES                                       | names
            ''                         | powerCycle excludeEnvironments: null                              | excludeEnvironments
            ''                         | updateEcsService services: 'web', image: 'a:1', dryRun: null      | dryRun
            ''                         | updateEcsService services: 'web', image: 'a:1', tags: [v: null]   | tags.v
            ''                         | recycleAsgs dryRun: params.DRYRUN                                 | dryRun
            @Library('ami-refresh') _  | recycleAsgs dryRun: null                                          | dryRun
            ''                         | recycleAsgs asgs: params.GROUP                                    | asgs
            ''                         | recycleAsgs tags: [team: params.TEAM]                             | tags.team
            ''                         | recycleAsgs stopAfter: null                                       | stopAfter
            ''                         | recycleAsgs waves: [[environments: params.FIRST], [asgs: 'b']]    | waves.environments
            ''                         | rollbackAsgs dryRun: null                                         | dryRun
            ''                         | restoreAsgs dryRun: null                                          | dryRun
            ''                         | updateLaunchTemplates dryRun: null                                | dryRun
            ''                         | updateLaunchTemplates ami: params.AMI                             | ami
            ''                         | recycleAsgs strategy: params.STRATEGY                             | strategy
            ''                         | recycleAsgs smokeTest: [checks: [[http: env.PATH_OF_CHECK]]]      | smokeTest.checks.http
            @Library('ami-refresh') _  | amiRefreshPipeline families: params.FAMILIES                      | families
            @Library('ami-refresh') _  | amiRefreshPipeline defaults: [strategy: params.STRATEGY]          | defaults.strategy
            """)
    void whenAGuardIsAVariableThatIsNotSet_thenNothingRuns(String library, String call, String parameter)
            throws Exception {
        Rehearsal run = rehearse(library
                + "\nwithEnv(['AMI_REFRESH_REGIONS=eu-west-1', 'AMI_REFRESH_WINDOWS=ignore']) {\n" + call + "\n}\n");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output())
                .contains(parameter + ": null is not allowed; give a value, or leave it out; is a variable not set?");
        assertThat(run.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            recycleAsgs asgs: ''                              | asgs
            recycleAsgs asgs: '', families: ''                | families
            recycleAsgs environments: "${''}"                 | environments
            recycleAsgs onlyEnvironments: ' '                 | onlyEnvironments
            recycleAsgs tags: [:]                             | tags
            recycleAsgs asgs: ''.split(',')                   | asgs
            rollbackAsgs asgs: '', reason: 'INC-7'            | asgs
            rollbackAsgs families: '', reason: 'INC-7'        | families
            rollbackAsgs tags: [:], reason: 'INC-7'           | tags
            restoreAsgs asgs: ''                              | asgs
            smokeTestAsg asgs: '', checks: [[http: '/']]      | asgs
            updateLaunchTemplates templates: '', ami: 'newest' | templates
            updateLaunchTemplates families: '', ami: 'newest' | families
            powerCycle names: ''                              | names
            powerCycle environments: ''                       | environments
            """)
    void whenASelectionIsEmpty_thenItDoesNotMeanAll(String call, String parameter) throws Exception {
        Rehearsal run = rehearse(
                "withEnv(['AMI_REFRESH_REGIONS=eu-west-1', 'AMI_REFRESH_WINDOWS=ignore']) {\n" + call + "\n}\n");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output())
                .containsPattern("ERROR: \\w+: " + parameter + ": '.*' is not allowed; give .*, or leave it out");
        assertThat(run.calls()).isEmpty();
    }

    @Test
    void whenNamesAreAnArray_thenItIsTheListOfThem() throws Exception {
        Rehearsal run = rehearse(
                """
                withEnv(['AMI_REFRESH_REGIONS=eu-west-1', 'AMI_REFRESH_WINDOWS=ignore']) {
                    recycleAsgs asgs: 'good, good'.split(','), dryRun: true
                }
                """);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.groups())
                .extracting((JsonNode row) -> row.path("autoScalingGroupName").asText())
                .containsExactly("good");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            recycleAsgs credentialsId: 'deply'             | credentialsId: there are no AWS credentials 'deply', did you mean 'deploy'?; declare a stand-in
            restoreAsgs credentialsId: 'nothing-like-it'   | credentialsId: there are no AWS credentials 'nothing-like-it'; declared are deploy; declare
            recycleAsgs credentialsId: 'slack'             | credentialsId: 'slack' is secret text; declared are deploy; declare
            withEnv(['AMI_REFRESH_CREDENTIALS_ID=deply']) { recycleAsgs() } | credentialsId: there are no AWS credentials 'deply', did you mean 'deploy'?
            """)
    void whenCredentialsAreNotThere_thenTheStepIsRefusedAsInJenkins(String call, String line) throws Exception {
        Path jenkinsfile = Files.writeString(
                folder.resolve("Jenkinsfile"), "withEnv(['AMI_REFRESH_REGIONS=eu-west-1']) {\n" + call + "\n}\n");
        Rehearsal run = Rehearsal.run(
                folder,
                jenkinsfile.toString(),
                "--account",
                ACCOUNT.toString(),
                "--credential",
                "deploy=AKIAIOSFODNN7EXAMPLE:secret",
                "--credential",
                "slack=text");

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
            waves: ['dev', [environment: 'prod']]  | amiRefreshPipeline: waves[1]: 'environment' is no parameter; allowed: environments,
            waves: ['dev', [regions: 'Ireland']]   | amiRefreshPipeline: waves[1].regions: 'Ireland' is not allowed; give regions such as
            waves: ['dev', [tags: 'Team']]         | amiRefreshPipeline: waves[1].tags: 'Team' is not allowed; give a map
            waves: [[allowEmpty: 'perhaps']]       | amiRefreshPipeline: waves[0].allowEmpty: 'perhaps' is not allowed; give true or false
            waves: [[environments: [[a: 1]]]]      | amiRefreshPipeline: waves[0].environments: '{a=1}' is not allowed
            waves: 'dev,prod'                      | amiRefreshPipeline: waves: 'dev,prod' is not allowed; give a list
            waves: ['dev', 3]                      | amiRefreshPipeline: waves[1]: '3' is not allowed; give
            waves: ['dev', null]                   | amiRefreshPipeline: waves[1]: 'null' is not allowed; give
            waves: ['dev', ' ']                    | amiRefreshPipeline: waves[1]: ' ' is not allowed; give
            waves: [[:]]                           | amiRefreshPipeline: waves[0]: '[:]' is not allowed; give
            families: 'web'                        | amiRefreshPipeline: families: 'web' is not allowed; give a list
            families: ['web', null]                | amiRefreshPipeline: families[1]: 'null' is not allowed; give
            families: ['web'], image: 'x'          | amiRefreshPipeline: image: 'x' is not allowed; give a map
            families: ['web'], image: [templat: 'x'] | amiRefreshPipeline: image.templat: there is no such parameter, did you mean 'template'?
            families: ['web'], image: [variables: 3] | amiRefreshPipeline: image.variables: '3' is not allowed; give a map
            image: [template: 'x']                 | amiRefreshPipeline: image: nothing is built without 'families'
            launchTemplateVersion: 'newest'        | amiRefreshPipeline: launchTemplateVersion: 'newest' is not allowed; give
            launchTemplateVersion: null            | amiRefreshPipeline: launchTemplateVersion: null is not allowed; give a value, or leave it out
            launchTemplateVersion: ' '             | amiRefreshPipeline: launchTemplateVersion: ' ' is not allowed; give a number or
            launchTemplateVersion: 2, families: ['web'] | amiRefreshPipeline: launchTemplateVersion: 'families' build images
            label: [a: 1], families: ['web']       | amiRefreshPipeline: label: '[a:1]' is not allowed; give a text
            checks: 'x'                            | amiRefreshPipeline: checks: 'x' is not allowed; give a list
            checks: [[htp: '/x']]                  | amiRefreshPipeline: checks.htp: '/x' is not allowed; give only the keys http,
            defaults: 'x'                          | amiRefreshPipeline: defaults: 'x' is not allowed; give a map
            recycleAsgs: [strategy: 'roling']      | amiRefreshPipeline: 'recycleAsgs' is no parameter; allowed: families,
            """)
    void whenTheOneLineIsGivenWhatNothingTakes_thenItIsRefusedAtOnce(String argument, String line) throws Exception {
        Rehearsal run = rehearse("@Library('ami-refresh') _\namiRefreshPipeline(" + argument + ")\n");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains(line);
        assertThat(run.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            [[enviroments: 'dev']]                             | recycleAsgs: waves.enviroments: 'dev' is not allowed; give only the keys environments, REST did you mean 'environments'?
            "dev"                                              | recycleAsgs: waves: 'dev' is not allowed; give a list of maps with environments,
            []                                                 | recycleAsgs: waves: '[]' is not allowed; give at least one wave
            [[environments: 'dev']], smokeTest: [:]            | recycleAsgs: smokeTest: '[:]' is not allowed; give parameters of smokeTestAsg
            [[environments: 'dev'], [:]]                       | recycleAsgs: waves[1]: it names no groups; give environments, families, asgs or tags
            [[environments: 'dev'], [soak: '1h']]              | recycleAsgs: waves[1]: it names no groups
            [[environments: 'dev', soak: '3650d']]             | recycleAsgs: waves[0].soak: '87600h' is not allowed; give 14d at most: the build waits for it
            [[environments: 'dev', soak: 'long']]              | recycleAsgs: waves[0].soak: 'long' is not allowed; give a duration
            [[environments: 'dev', maxConcurrent: 0]]          | recycleAsgs: waves[0].maxConcurrent: '0' is not allowed; give a whole number from 1
            [[environments: 'dev', maxFailures: 'few']]        | recycleAsgs: waves[0].maxFailures: 'few' is not allowed; give a whole number
            [[environments: 'dev'], [environments: 'qa,DEV']]  | recycleAsgs: waves[1].environments: 'DEV' is not allowed; give each environment to one wave: waves[0] has it already
            [[environments: 'dev'], [environments: 'dev', families: 'web']] | recycleAsgs: waves[1].environments: 'dev' is not allowed; give each environment to one wave
            [[environments: 'dev', families: 'web'], [environments: 'dev', families: 'w*,web']] | recycleAsgs: waves[1].environments: 'dev' is not allowed
            [[environments: 'dve']]                            | recycleAsgs: waves[0]: environments: 'dve' matches no group in the accounts and regions of this step; nearest: dev
            [[environments: 'dev'], [families: 'wed']]         | recycleAsgs: waves[1]: families: 'wed' matches no group in the accounts and regions of this step; nearest: web
            [[environments: 'dev', regions: 'eu-west-9']]      | recycleAsgs: waves[0].regions: 'eu-west-9' is not allowed; give one of this step's: eu-west-1
            [[environments: 'dev'], [asgs: 'good']]            | recycleAsgs: waves[1]: every group that it names is in an earlier wave
            """)
    void whenAWaveMeansNothing_thenItIsRefusedBeforeAnythingChanges(String waves, String line) throws Exception {
        Rehearsal run = rehearse("recycleAsgs regions: 'eu-west-1', windows: 'ignore', waves: " + waves + "\n");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains(line.split(" REST "));
        assertThat(run.mutatingCalls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            [check: [[http: '/h']]]            | recycleAsgs: smokeTest.check: '[{http=/h}]' is not allowed; give only the keys checks, REST did you mean 'checks'?
            [checks: [[htp: '/h']]]            | recycleAsgs: smokeTest.checks.htp: '/h' is not allowed; give only the keys
            [checks: '/health']                | recycleAsgs: smokeTest.checks: '/health' is not allowed; give a list of maps
            [quorum: 200]                      | recycleAsgs: smokeTest.quorum: '200' is not allowed; give a number from 1 to 100
            [onFailure: 'explode']             | recycleAsgs: smokeTest.onFailure: 'explode' is not allowed; give one of rollback, fail, continue
            """)
    void whenASmokeTestMeansNothing_thenItIsRefusedBeforeAnythingChanges(String test, String line) throws Exception {
        Rehearsal run = rehearse("recycleAsgs regions: 'eu-west-1', windows: 'ignore', smokeTest: " + test + "\n");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains(line.split(" REST "));
        assertThat(run.mutatingCalls()).isEmpty();
    }
}
