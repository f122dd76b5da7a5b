package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waves of one step: who goes before whom, also when every tick starts from the disk. */
class WavesTest {

    private static final Map<String, ?> DEV_FIRST = Map.of(
            "waves",
            List.of(Map.of("environments", "dev", "soak", "20m"), Map.of("environments", "sandbox")),
            "strategy",
            "out-in");

    private static final Map<String, ?> TESTED = Map.of(
            "waves",
            List.of(Map.of("environments", "sandbox"), Map.of("environments", "dev")),
            "smokeTest",
            Map.of("checks", List.of(Map.of("http", "/health", "status", 204)), "onFailure", "rollback"),
            "failOn",
            "none");

    /** Both windows open at the same time. */
    private static Scenario together() {
        return Scenario.of(
                "waves.yaml",
                text -> text.replace("mon, AMI_update_time: \"10:00\"", "sun, AMI_update_time: \"19:00\""));
    }

    @Test
    void whenWindowsOpenTogether_thenTheLaterWaveStartsWhenTheEarlierHasSoaked() {
        // given
        Scenario scenario = together();

        // when
        scenario.run("recycleAsgs", DEV_FIRST);

        // then
        Instant done = Objects.requireNonNull(scenario.row("dev").endedAt());
        assertThat(scenario.row("dev").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.firstLaunch("sandbox"))
                .isBetween(
                        done.plus(Duration.ofMinutes(20)),
                        done.plus(Duration.ofMinutes(20)).plusSeconds(60));
    }

    @Test
    void whenTheEarlierWavesWindowOpensLater_thenItHoldsNobody() {
        // given
        Scenario scenario = Scenario.of("waves.yaml");

        // when
        scenario.run("recycleAsgs", DEV_FIRST);

        // then
        assertThat(scenario.firstLaunch("sandbox"))
                .isBetween(Instant.parse("2026-11-22T19:00:00Z"), Instant.parse("2026-11-22T19:01:00Z"));
        assertThat(scenario.firstLaunch("dev"))
                .isBetween(Instant.parse("2026-11-23T10:00:00Z"), Instant.parse("2026-11-23T10:01:00Z"));
    }

    @Test
    void whenEveryTickStartsFromTheDisk_thenNothingIsDifferent() {
        // given
        Scenario whole = together();
        whole.run("recycleAsgs", DEV_FIRST);
        Scenario restarted = together().restartingAfter(tick -> true);

        // when
        restarted.run("recycleAsgs", DEV_FIRST);

        // then
        assertThat(restarted.fleet()).isEqualTo(whole.fleet());
        assertThat(Happened.in(restarted)).isEqualTo(Happened.in(whole));
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
        assertThat(restarted.console()).isEqualTo(whole.console());
    }

    @Test
    void whenAGroupFailsItsTest_thenItGoesBackAtOnceAndTheNextWaveIsHeld() {
        // given
        Scenario scenario = together();

        // when
        scenario.run("recycleAsgs", TESTED);

        // then
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("dev").outcome()).isEqualTo(GroupOutcome.HELD);
        assertThat(scenario.row("dev").reason()).isEqualTo("sandbox was rolled back in sandbox");
        assertThat(scenario.fleet().toString()).contains("ami-refresh:hold=rolled back in " + scenario.runId());
    }

    @Test
    void whenEveryTickOfATestStartsFromTheDisk_thenNothingIsDifferent() {
        // given
        Scenario whole = together();
        whole.run("recycleAsgs", TESTED);
        Scenario restarted = together().restartingAfter(tick -> true);

        // when
        restarted.run("recycleAsgs", TESTED);

        // then
        assertThat(restarted.fleet()).isEqualTo(whole.fleet());
        assertThat(Happened.in(restarted)).isEqualTo(Happened.in(whole));
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
        assertThat(restarted.console()).isEqualTo(whole.console());
    }

    @ParameterizedTest
    @CsvSource({"BEFORE_THE_CALL", "BEFORE_THE_ANSWER"})
    void whenTheHostIsKilledAtACallOfATestedWave_thenNothingIsDoneTwice(Death.Moment moment) {
        // given
        Scenario whole = together();
        whole.run("recycleAsgs", TESTED);
        whole.settle();

        for (int call = 1; call <= whole.mutating().size(); call++) {
            // when
            Scenario killed = together().dyingAt(call, moment);
            killed.run("recycleAsgs", TESTED);
            killed.settle();

            // then
            String where = "killed " + moment + " " + call + " of " + whole.mutating();
            assertThat(killed.deaths()).as(where).isEqualTo(1);
            assertThat(Facts.of(killed)).as(where).isEqualTo(Facts.of(whole));
            assertThat(killed.fleet()).as(where).isEqualTo(whole.fleet());
            assertThat(changes(killed)).as(where).isEqualTo(changes(whole));
        }
    }

    /** Whether the image's mark was set once or twice to the same is all the same. */
    private static Map<String, ?> changes(Scenario scenario) {
        Map<String, Object> changes = new TreeMap<>(scenario.effects().counts());
        changes.keySet().removeIf(change -> change.contains("tags set: {ami-refresh:bad"));
        return changes;
    }
}
