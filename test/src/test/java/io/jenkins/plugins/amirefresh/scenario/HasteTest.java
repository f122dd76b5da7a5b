package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load balancer's check that gives new instances no time to start says nothing of their image. */
class HasteTest {

    private static final String NEW = "  - {match: {image: web-new}, ";

    private static Scenario recycled(String behaviour, String strategy) {
        Scenario scenario = Scenario.of("fleet.yaml", text -> text + NEW + behaviour + "}\n");
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "windows", "ignore", "failOn", "none"));
        return scenario;
    }

    private static long blamed(Scenario scenario) {
        return scenario.journal().stream()
                .map(JournalEvent::fact)
                .filter(JournalFact.AmiMarkedBad.class::isInstance)
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenTheGracePeriodIsTooShortForANewInstance_thenTheRowNamesItAndNothingIsBlamed(String strategy) {
        // when: the application answers two minutes after its machine runs, and may take 30 s
        Scenario scenario = recycled("boot: 2m", strategy);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason())
                .contains("before it ever passed: the group's health check grace period is 30s; inconclusive, so its"
                        + " image is not marked bad: set healthCheckGracePeriod to longer than its application takes"
                        + " to start");
        assertThat(blamed(scenario)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http: [{path: /health, status: 500}]", "breaks: {after: 0, how: connection}"})
    void whenANewInstanceAnswersWronglyInAShortGracePeriod_thenItsImageIsBlamed(String behaviour) {
        // when
        Scenario scenario = recycled(behaviour, "out-in");

        // then
        assertThat(blamed(scenario)).isEqualTo(1);
    }
}
