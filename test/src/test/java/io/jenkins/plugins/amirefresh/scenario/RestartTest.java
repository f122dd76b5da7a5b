package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refresh whose host is restarted comes to what it would have come to. */
class RestartTest {

    private static Progress refresh(Scenario scenario, String strategy) {
        return scenario.run("recycleAsgs", Map.of("strategy", strategy, "checkpointDelay", "1m"));
    }

    private static void same(Scenario restarted, Scenario whole) {
        assertThat(restarted.fleet()).isEqualTo(whole.fleet());
        assertThat(Happened.in(restarted)).isEqualTo(Happened.in(whole));
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenEveryTickStartsFromTheDisk_thenNothingIsDifferent(String strategy) {
        // given
        Scenario whole = Scenario.of("fleet.yaml");
        assertThat(refresh(whole, strategy)).isInstanceOf(Progress.Done.class);
        Scenario restarted = Scenario.of("fleet.yaml").restartingAfter(tick -> true);

        // when
        refresh(restarted, strategy);

        // then
        same(restarted, whole);
        assertThat(restarted.console()).isEqualTo(whole.console());
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenTheHostRestartsOnce_thenItDoesNotMatterAfterWhichTick(String strategy) {
        // given
        Scenario whole = Scenario.of("fleet.yaml");
        refresh(whole, strategy);

        for (int restart = 1; restart < whole.ticks(); restart++) {
            // when
            int last = restart;
            Scenario restarted = Scenario.of("fleet.yaml").restartingAfter(tick -> tick == last);
            refresh(restarted, strategy);

            // then
            same(restarted, whole);
        }
    }
}
