package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build left that is gone for good, the next one undoes. */
class RestoreTest {

    private static int ticks(String strategy) {
        Scenario whole = Scenario.of("fleet.yaml");
        whole.run("recycleAsgs", Map.of("strategy", strategy));
        return whole.ticks();
    }

    private static void whole(Scenario scenario, String where) {
        Fleet.Group group = scenario.fleet().group("web");
        assertThat(group.tags()).as(where).doesNotContainKey("ami-refresh:restore");
        assertThat(group.suspended()).as(where).isEmpty();
        assertThat(group.min()).as(where).isEqualTo(2);
        assertThat(group.desired()).as(where).isEqualTo(3);
        assertThat(group.max()).as(where).isEqualTo(4);
        assertThat(scenario.lowestHealthy("web")).as(where).isGreaterThanOrEqualTo(3);
        assertThat(scenario.effects().resources("^terminated")).as(where).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0})
    void whenABuildVanishedInAnOutIn_thenRestoreAsgsUndoesWhatIsTemporary(int batchSize) {
        int ticks = ticks("out-in");
        for (int tick = 1; tick < ticks; tick++) {
            // given
            Scenario gone = Scenario.of("fleet.yaml");
            gone.runAndVanish(
                    "recycleAsgs",
                    batchSize == 0
                            ? Map.of("strategy", "out-in")
                            : Map.of("strategy", "out-in", "batchSize", batchSize),
                    tick);
            Scenario next = gone.nextBuild("weekly-2");

            // when
            Progress progress = next.run("restoreAsgs", Map.of());

            // then
            assertThat(progress).isInstanceOf(Progress.Done.class);
            whole(next, "vanished after tick " + tick + " of " + ticks + next.console());
        }
    }

    @Test
    void whenABuildVanishedInAnOutIn_thenTheNextRecycleLeavesItsGroupAloneUntilItIsRestored() {
        int ticks = ticks("out-in");
        for (int tick = 1; tick < ticks; tick++) {
            // given
            Scenario gone = Scenario.of("fleet.yaml");
            gone.runAndVanish("recycleAsgs", Map.of("strategy", "out-in"), tick);
            Scenario next = gone.nextBuild("weekly-2");
            Fleet.Group before = next.fleet().group("web");
            if (!before.tags().containsKey("ami-refresh:restore")) {
                continue;
            }

            // when
            next.run("recycleAsgs", Map.of("strategy", "out-in", "failOn", "none"));

            // then
            assertThat(next.fleet().group("web").tags()).isEqualTo(before.tags());
            assertThat(next.console().toString()).contains("undo them with restoreAsgs");
            Scenario restored = next.nextBuild("weekly-3");
            restored.run("restoreAsgs", Map.of());
            boolean isHalfWay = restored.fleet().group("web").launches().equals("2")
                    && restored.console().toString().contains(" 0 of 3 instances on version 2");
            assertThat(isHalfWay
                            && !restored.console()
                                    .toString()
                                    .contains("launches version 2; recycleAsgs to go on, rollbackAsgs to go back"))
                    .as(restored.console().toString())
                    .isFalse();
            whole(restored, "vanished after tick " + tick + " of " + ticks + restored.console());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-in", "rolling", "canary"})
    void whenABuildVanished_thenRollbackAsgsUndoesWhatIsTemporaryAsWell(String strategy) {
        int ticks = ticks(strategy);
        for (int tick = 1; tick < ticks; tick++) {
            // given
            Scenario gone = Scenario.of("fleet.yaml");
            gone.runAndVanish("recycleAsgs", Map.of("strategy", strategy), tick);
            Scenario next = gone.nextBuild("weekly-2");

            // when
            next.run("rollbackAsgs", Map.of("failOn", "none"));

            // then
            String where = strategy + " vanished after tick " + tick + " of " + ticks + next.console();
            Fleet.Group group = next.fleet().group("web");
            assertThat(group.tags()).as(where).doesNotContainKey("ami-refresh:restore");
            assertThat(group.suspended()).as(where).isEmpty();
            assertThat(group.desired()).as(where).isEqualTo(3);
            assertThat(group.max()).as(where).isEqualTo(4);
            assertThat(group.launches()).as(where).isEqualTo("1");
        }
    }
}
