package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A group belongs to one step at a time, also among the steps of one build. */
class LockTest {

    private static final Map<String, ?> PARAMETERS = Map.of("strategy", "out-in", "onAbort", "rollback");
    private static final String WAITING = "web: waiting, step-1 of run weekly-1 is working on the group";

    /** A build whose first step was cut off in mid-refresh, as by a timeout. */
    private static Scenario cutOff() {
        Scenario scenario = Scenario.of("fleet.yaml");
        scenario.runAndVanish("recycleAsgs", PARAMETERS, 4);
        assertThat(scenario.fleet().group("web").tags()).containsKey("ami-refresh:record");
        return scenario;
    }

    @Test
    void whenAnEarlierStepOfTheBuildIsStillBeingFinished_thenALaterOneWaitsForIt() {
        // given
        Scenario scenario = cutOff();
        List<String> calls = List.copyOf(scenario.mutating());

        // when
        scenario.runAndVanish("rollbackAsgs", Map.of("asgs", List.of("web")), 5);

        // then
        assertThat(scenario.console()).contains(WAITING);
        assertThat(scenario.mutating()).isEqualTo(calls);
    }

    @Test
    void whenTheEarlierStepHasBeenFinished_thenTheLaterOneGoesByWhatIsThere() {
        // given
        Scenario scenario = cutOff();
        Map<String, ?> back = Map.of("asgs", List.of("web"), "failOn", "none");
        scenario.runAndVanish("rollbackAsgs", back, 5);

        // when
        scenario.finish(1, "recycleAsgs", PARAMETERS);
        Progress progress = scenario.resume(2, "rollbackAsgs", back);

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("web").reason()).isEqualTo("all instances are on version 1 already");
        assertThat(scenario.fleet().group("web").tags()).doesNotContainKey("ami-refresh:restore");
        scenario.settle();
        assertThat(scenario.fleet().group("web").instances()).containsOnlyKeys("1 InService Healthy");
    }

    @Test
    void whenAStepThatWaitsForAGroupIsAborted_thenItEndsAtOnceAndChangesNothing() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml")
                .locked("web", new LockHolder("other-7", "step-3"))
                .abortingAfter(tick -> tick == 2);

        // when
        scenario.run("recycleAsgs", PARAMETERS);

        // then
        assertThat(scenario.ticks()).isLessThan(10);
        assertThat(scenario.mutating()).isEmpty();
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.SKIPPED);
        assertThat(scenario.row("web").reason()).endsWith("step-3 of run other-7 is working on the group");
    }
}
