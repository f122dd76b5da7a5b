package io.jenkins.plugins.amirefresh.simulator.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours.InstanceBehaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConductTest {

    private static final Instant LAUNCHED = Instant.parse("2026-11-22T19:00:00Z");

    /** Boots for 10 s, then works for 60 s and is broken for 20 s, over and over. */
    private static final Conduct FLAPPING = conduct(new Behaviour.Breaks(seconds(60), "http", seconds(20), null));

    private static final Request CHECK = new Request(80, "/", Asked.of(80, new Asked.Check(80, "/")), List.of());

    private static Conduct conduct(Behaviour.Breaks breaks) {
        return new Conduct(
                new InstanceBehaviour(
                        seconds(10), true, List.of(), List.of(), breaks, null, List.of(), null, true, List.of()),
                LAUNCHED);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource({"10, 200", "69, 200", "70, 503", "89, 503", "90, 200", "149, 200", "150, 503", "170, 200"})
    void whenItRecovers_thenItWorksUntilItBreaksAgain(int second, int status) {
        assertThat(FLAPPING.answer(LAUNCHED.plusSeconds(second), CHECK).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "10, 70", "70, 90", "89, 90", "90, 150", "155, 170"})
    void whenItRecovers_thenItsAnswersChangeAtEachBreakAndRecovery(int second, int next) {
        assertThat(FLAPPING.nextChange(LAUNCHED.plusSeconds(second))).contains(LAUNCHED.plusSeconds(next));
    }

    @Test
    void whenItDoesNotRecover_thenItStaysBroken() {
        Conduct conduct = conduct(new Behaviour.Breaks(seconds(60), "http", null, null));

        assertThat(conduct.answer(LAUNCHED.plusSeconds(100_000), CHECK).status())
                .isEqualTo(503);
        assertThat(conduct.nextChange(LAUNCHED.plusSeconds(70))).isEmpty();
    }
}
