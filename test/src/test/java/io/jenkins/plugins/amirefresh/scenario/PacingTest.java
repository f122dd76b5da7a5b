package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Terminations go one a call and leave something of the account's request rate to others. */
class PacingTest {

    @Test
    void whenALargeGroupIsReplacedAtOnce_thenItsTerminationsArePaced() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", text -> text.replace("min: 2", "min: 130")
                .replace("desired: 3", "desired: 130")
                .replace("max: 4", "max: 260"));
        Map<Instant, Integer> terminations = new TreeMap<>();
        scenario.watchedBy(new MortalHttpClient.Watcher() {
            @Override
            public void sending(MortalHttpClient.Call call) {
                if (call.operation().equals("TerminateInstanceInAutoScalingGroup")) {
                    terminations.merge(scenario.simulator().now(), 1, Integer::sum);
                }
            }
        });

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "out-in"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(terminations.values()).containsExactly(100, 30);
        assertThat(scenario.effects().resources("^terminated")).hasSize(130).doesNotHaveDuplicates();
    }
}
