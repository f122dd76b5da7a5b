package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whenever a build is aborted, the fleet is whole when the step has ended. */
class AbortTest {

    private static Map<String, ?> parameters(String strategy, String onAbort) {
        return Map.of("strategy", strategy, "checkpointDelay", "1m", "onAbort", onAbort);
    }

    private static int ticks(String strategy) {
        Scenario whole = Scenario.of("fleet.yaml");
        whole.run("recycleAsgs", parameters(strategy, "finish-batch"));
        return whole.ticks();
    }

    private static void whole(Scenario scenario, int floor, String where) {
        Fleet.Group group = scenario.fleet().group("web");
        assertThat(group.tags()).as(where).doesNotContainKey("ami-refresh:restore");
        assertThat(group.suspended()).as(where).isEmpty();
        assertThat(group.min()).as(where).isEqualTo(2);
        assertThat(group.desired()).as(where).isEqualTo(3);
        assertThat(group.max()).as(where).isEqualTo(4);
        assertThat(scenario.lowestHealthy("web")).as(where).isGreaterThanOrEqualTo(floor);
        assertThat(scenario.effects().resources("^terminated")).as(where).doesNotHaveDuplicates();
    }

    /** Whoever is complete did not fail, and who failed says what it launches now. */
    private static void toldAsItIs(Scenario scenario, String where) {
        GroupResult row = scenario.row("web");
        boolean isComplete = scenario.fleet().group("web").launches().equals("2")
                && scenario.fleet().group("web").instances().keySet().equals(Set.of("2 InService Healthy"));
        if (isComplete && !row.reason().contains(" of those ")) {
            assertThat(row.outcome()).as(where).isEqualTo(GroupOutcome.REFRESHED);
        } else if (row.outcome() == GroupOutcome.FAILED) {
            assertThat(row.reason())
                    .as(where)
                    .contains(
                            "launches version " + scenario.fleet().group("web").launches() + "; run again to go on");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "out-in, finish-batch, 3",
        "out-in, rollback, 3",
        "out-in, leave, 3",
        "in-out, finish-batch, 2",
        "in-out, rollback, 2",
        "in-out, leave, 1",
        "rolling, finish-batch, 3",
        "rolling, rollback, 3",
        "canary, finish-batch, 3",
        "canary, rollback, 3",
        "canary, leave, 3",
        "instance-refresh, finish-batch, 2",
        "instance-refresh, rollback, 2",
        "instance-refresh, leave, 2"
    })
    void whenTheBuildIsAborted_thenTheFleetIsWholeWhateverTheTick(String strategy, String onAbort, int floor) {
        int ticks = ticks(strategy);
        for (int abort = 1; abort < ticks; abort++) {
            // given
            int last = abort;
            Scenario scenario = Scenario.of("fleet.yaml").abortingAfter(tick -> tick == last);

            // when
            scenario.run("recycleAsgs", parameters(strategy, onAbort));

            // then
            String where = strategy + ", " + onAbort + " after tick " + abort + " of " + ticks;
            whole(scenario, floor, where + scenario.console());
            toldAsItIs(scenario, where + scenario.console());
            if (onAbort.equals("rollback")) {
                assertThat(scenario.fleet().group("web").launches()).as(where).isEqualTo("1");
                scenario.settle();
                assertThat(scenario.fleet().group("web").instances()).as(where).containsOnlyKeys("1 InService Healthy");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            finish-batch | web: finishing the batch in flight, at most 1 h 15 min
            rollback     | web: going back to version 1, at most 4 h
            leave        | web: undoing what is temporary, at most 15 min
            """)
    void whenTheBuildIsAborted_thenItSaysAtOnceWhatIsStillDoneAndHowLongThatMayTake(String onAbort, String line) {
        // given
        int middle = ticks("out-in") / 2;
        Scenario scenario =
                Scenario.of("fleet.yaml").abortingAfter(tick -> tick == middle).restartingAfter(tick -> true);

        // when
        scenario.run("recycleAsgs", parameters("out-in", onAbort));

        // then
        List<String> console = scenario.console();
        String limit = line.substring(line.indexOf("at most ") + 8);
        String first =
                "recycleAsgs: the build was aborted; 1 group is brought to a safe place first, which may take " + limit;
        assertThat(console).containsOnlyOnce(first).containsOnlyOnce(line);
        assertThat(console.get(console.indexOf(first) + 1)).isEqualTo(line);
    }

    @Test
    void whenTheHostRestartsAtEveryTickOfAnAbort_thenNothingIsDifferent() {
        for (int abort = 1; abort < ticks("out-in"); abort++) {
            // given
            int last = abort;
            Scenario kept = Scenario.of("fleet.yaml").abortingAfter(tick -> tick == last);
            kept.run("recycleAsgs", parameters("out-in", "rollback"));
            Scenario restarted = Scenario.of("fleet.yaml")
                    .abortingAfter(tick -> tick == last)
                    .restartingAfter(tick -> true);

            // when
            restarted.run("recycleAsgs", parameters("out-in", "rollback"));

            // then
            assertThat(restarted.fleet()).isEqualTo(kept.fleet());
            assertThat(restarted.effects().lines())
                    .containsExactlyElementsOf(kept.effects().lines());
        }
    }
}
