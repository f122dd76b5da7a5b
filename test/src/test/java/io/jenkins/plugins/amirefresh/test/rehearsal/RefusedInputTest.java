package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong input of every kind: one clear line each, the exit code of the contract, and nothing changed. */
class RefusedInputTest {

    private static final Path FILES = Rehearsal.root().resolve("test/src/test/resources/rehearsals");

    @TempDir
    private Path folder;

    private Rehearsal rehearse(String jenkinsfile, String... more) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                FILES.resolve(jenkinsfile).toString(),
                "--account",
                FILES.resolve("account.yaml").toString()));
        arguments.addAll(List.of(more));
        return Rehearsal.run(folder, arguments.toArray(String[]::new));
    }

    private static List<String> mutating(Rehearsal rehearsal) throws IOException {
        return rehearsal.mutatingCalls().stream()
                .map(call -> call.path("operation").asText())
                .toList();
    }

    @Test
    void whenAStepCannotDoWhatItIsTold_thenOneLineSaysWhyAndNothingIsChanged() throws Exception {
        Rehearsal run = rehearse("refused.jenkinsfile");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .doesNotContain("WAS ACCEPTED", "Exception", "[[")
                .contains(
                        "strategy: recycleAsgs: strategy: 'yolo' is not allowed; give one of auto, instance-refresh,",
                        "missing template: buildAmi: template: 'nowhere' is not allowed; give the path of a Packer"
                                + " template",
                        "no communicator: buildAmi: template hang: build amazon-ebs.image has communicator none and"
                                + " provisioner shell, so Packer would wait for ever",
                        "Packer: buildAmi: web: amazon-ebs.image:",
                        "architecture: updateLaunchTemplates: web in 111111111111/eu-west-1: ami-0a0a0a0a0a0a0a0a0 is arm64,",
                        "AMI: updateLaunchTemplates: ami: 'ami-0b0b0b0b0b0b0b0b0' is not allowed; give an AMI that is"
                                + " visible in",
                        "number: recycleAsgs: batchSize: 'many' is not allowed; give a whole number, or a percentage",
                        "duration: recycleAsgs: waitAtMost: 'a week' is not allowed; give a duration",
                        "check: smokeTestAsg: checks.htp: '/health' is not allowed; give only the keys http,",
                        "file: smokeTestAsg: junitFile: '../../verdicts.xml' is not allowed; give a file inside the"
                                + " workspace",
                        "folder: refreshReport: directory: 'a/../../b' is not allowed; give a folder inside the"
                                + " workspace");
        assertThat(mutating(run)).isEmpty();
    }

    @Test
    void whenATagIsWrong_thenThatGroupIsRefusedAndTheOthersGoOn() throws Exception {
        Rehearsal run = rehearse("tags.jenkinsfile");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(3);
        assertThat(run.groups("refreshed")).extracting(RefusedInputTest::name).containsExactly("good");
        assertThat(run.groups("refused"))
                .extracting(RefusedInputTest::name)
                .containsExactlyInAnyOrder("bad-day", "bad-time", "bad-strategy");
        assertThat(run.output())
                .contains(
                        "bad-day: refused: AMI_update_day: 'tues' is not allowed; give mon, tue, wed,",
                        "bad-time: refused: AMI_update_time: '25:00' is not allowed; give HH:MM from 00:00 to 23:59",
                        "bad-strategy: refused: tag autorecycle_strategy: 'yolo' is not allowed; give one of"
                                + " instance-refresh,");
        assertThat(Files.readString(run.folder().resolve("calls.json"))).doesNotContain("bad-");
        assertThat(Files.readString(run.folder().resolve("junit.xml")))
                .contains("tests=\"4\" failures=\"3\"", "name=\"bad-day\"><failure");
    }

    @Test
    void whenADeclarativeStepHasAWrongConstant_thenNothingRunsAtAll() throws Exception {
        Path jenkinsfile = Files.writeString(
                folder.resolve("Jenkinsfile"),
                """
                pipeline {
                    agent none
                    stages {
                        stage('Refresh') {
                            steps {
                                updateLaunchTemplates ami: 'newest', regions: 'eu-west-1'
                                recycleAsgs strategy: 'yolo'
                            }
                        }
                    }
                }
                """);

        Rehearsal run = Rehearsal.run(folder, jenkinsfile.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("Jenkinsfile:7: recycleAsgs: strategy: 'yolo' is not allowed; give one of auto,");
        assertThat(run.calls()).isEmpty();
    }

    @Test
    void whenABuildParameterIsWrong_thenTheBuildDoesNotStart() throws Exception {
        Rehearsal run = Rehearsal.run(folder, "Jenkinsfile", "--param", "MODE=relpay");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output().strip())
                .isEqualTo("parameter MODE: 'relpay' is not allowed; it is one of scheduled, replay");
    }

    private static String name(JsonNode group) {
        return group.path("autoScalingGroupName").asText();
    }
}
