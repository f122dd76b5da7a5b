package io.jenkins.plugins.amirefresh.step.buildami;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
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
        assertThat(message(last)).startsWith("web: stopped; ").contains(WEST_1, "had been built and stays");
    }
}
