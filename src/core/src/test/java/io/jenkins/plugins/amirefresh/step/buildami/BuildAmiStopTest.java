package io.jenkins.plugins.amirefresh.step.buildami;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildAmiStopTest extends Building {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            1   | web: stopped; Packer ended by itself, its lines above say what it removed
            0   | had been built and stays: the next build from the same files reuses it, or deregister it with its snapshots
            -1  | Packer did not end by itself (exit code -1): look for its temporary instance
            137 | Packer did not end by itself (exit code 137): look for its temporary instance
            """)
    void saysWhatIsLeftWhenItIsStopped(int exitCode, String expected) {
        // given
        String artifacts = exitCode == 0
                ? "1795250746,a,artifact,0,id,eu-west-1:" + WEST_1 + "%!(PACKER_COMMA)eu-west-2:" + WEST_2 + "\n"
                : "1795250746,,ui,error,Cancelling build\n";
        host.fakeProcesses.answer("build", artifacts, exitCode);
        BuildAmiStep step = new BuildAmiStep();
        var operation = step.operation(Parameters.parse("buildAmi", step.parameters(), given()));
        StepState state = StepState.EMPTY;
        while (BuildState.of(state)
                .filter(build -> build.phase() == BuildState.Phase.BUILD && build.isRunning())
                .isEmpty()) {
            state = operation.advance(state, host).state();
        }

        // when
        Progress first = operation.stop(state, StopReason.ABORTED, host);
        Progress last = first;
        for (int i = 0; i < 10 && last instanceof Progress.Again again; i++) {
            last = operation.stop(again.state(), StopReason.ABORTED, host);
        }

        // then
        assertThat(first).isInstanceOf(Progress.Again.class);
        assertThat(host.fakeProcesses.stopped).containsExactly("step-7/packer-build");
        assertThat(message(last)).startsWith("web: stopped; ").contains(expected);
        assertThat(message(last).contains(WEST_1)).isEqualTo(exitCode == 0);
    }

    @Test
    void namesTheAmisWhenItIsStoppedWhileTheyBecomeAvailable() {
        // given
        BuildAmiStep step = new BuildAmiStep();
        var operation = step.operation(Parameters.parse("buildAmi", step.parameters(), given()));
        StepState state = StepState.EMPTY;
        while (BuildState.of(state)
                .filter(build -> build.phase() == BuildState.Phase.VERIFY)
                .isEmpty()) {
            state = operation.advance(state, host).state();
        }

        // when
        Progress last = operation.stop(state, StopReason.ABORTED, host);

        // then
        assertThat(message(last))
                .startsWith("web: stopped; ")
                .contains(WEST_1, "had been built and stays: the next build");
        assertThat(host.changes).hasSize(2).allMatch(change -> change.contains("ami-refresh:build-key="));
    }

    private static final String NAME = "packer_6b0d2bff-3886-1a34-e071-62f23387b267";
    private static final String STARTED =
            """
            1,,ui,say,==> amazon-ebs.image: Creating temporary keypair: packer_6b0d2bff-3886-1a34-e071-62f23387b267
            1,,ui,say,==> amazon-ebs.image: Creating temporary security group for this instance: packer_6b0d2bff-3886-1a34-e071-62f23387b267
            1,,ui,message,    amazon-ebs.image: Instance ID: i-0aaaaaaaaaaaaaaaa
            1,,ui,message,    amazon-ebs.image: AMI: ami-00000000000000001
            """;

    private void packerLeaves(int exitCode) {
        host.fakeProcesses.answer("build", STARTED, exitCode);
        west1.temporary.instances.put("i-00000000000000001", NAME);
        west1.temporary.instances.put("i-0aaaaaaaaaaaaaaaa", "the-teams-own");
        west1.temporary.keyPairs.add(NAME);
        west1.temporary.keyPairs.add("the-teams-own");
        west1.temporary.securityGroups.put(NAME, "sg-1");
        west1.temporary.securityGroups.put("default", "sg-2");
    }

    @Test
    void removesWhatAKilledPackerLeftAndNothingElse() {
        // given
        packerLeaves(137);

        // when
        String line = message(run());

        // then
        assertThat(west1.temporary.changes)
                .containsExactly(
                        "terminate i-00000000000000001", "delete key pair " + NAME, "delete security group sg-1");
        assertThat(line)
                .isEqualTo("web: it ended with exit code 137 and no message; removed what Packer left: instance"
                        + " i-00000000000000001 in eu-west-1, key pair " + NAME
                        + " in eu-west-1, security group sg-1 in"
                        + " eu-west-1; ami-00000000000000001 in eu-west-1 was begun and not finished: deregister it with"
                        + " its snapshots");
    }

    @Test
    void namesWhatItMayNotRemove() {
        // given
        packerLeaves(-1);
        west1.temporary.denied = true;

        // when
        String line = message(run());

        // then
        assertThat(line)
                .contains("its process vanished")
                .contains("Packer left instance i-00000000000000001 in eu-west-1, key pair " + NAME)
                .contains("remove it (terminate i-00000000000000001 in eu-west-1: UnauthorizedOperation)");
    }

    @Test
    void removesItAfterAnAbortAndAfterARestartAtEveryTick() {
        // given
        packerLeaves(137);
        BuildAmiStep step = new BuildAmiStep();
        var operation = step.operation(Parameters.parse("buildAmi", step.parameters(), given()));
        StepState state = StepState.EMPTY;
        while (BuildState.of(state)
                .filter(build -> build.phase() == BuildState.Phase.BUILD && build.isRunning())
                .isEmpty()) {
            state = operation.advance(state, host).state();
        }

        // when: each state is used twice, as after a crash before it was saved
        Progress last = new Progress.Again(state, Duration.ZERO);
        for (int i = 0; i < 30 && last instanceof Progress.Again again; i++) {
            operation.stop(again.state(), StopReason.ABORTED, host);
            last = step.operation(Parameters.parse("buildAmi", step.parameters(), given()))
                    .stop(again.state(), StopReason.ABORTED, host);
        }

        // then
        assertThat(message(last))
                .contains("stopped; Packer did not end by itself (exit code 137), its temporary names");
        assertThat(west1.temporary.instances).containsOnlyKeys("i-0aaaaaaaaaaaaaaaa");
        assertThat(west1.temporary.keyPairs).containsExactly("the-teams-own");
        assertThat(west1.temporary.securityGroups).containsOnlyKeys("default");
    }
}
