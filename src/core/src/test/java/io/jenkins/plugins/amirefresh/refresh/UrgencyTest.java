package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Act;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Done;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Wait;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrgencyTest extends Deciding {

    private RefreshPlan plan;
    private Instant launched = model.now;

    @BeforeEach
    void launchOneThatAnswersWrongly() {
        model.max = 8;
        model.badVersion = 2;
        model.answersWrongly = true;
        model.gracePeriod = Duration.ofMinutes(4);
        begin(RefreshPolicy.DEFAULT, RefreshStrategy.ROLLING);
    }

    private void begin(RefreshPolicy policy, RefreshStrategy strategy) {
        plan = plan(strategy, policy.but().batchSize(BatchSize.of(1)).build());
        while (model.healthyOn(2) == 0 && model.effects.stream().noneMatch("launch 2"::equals)) {
            drive(plan, 1);
        }
        launched = model.now;
    }

    private void endOld(int count) {
        model.machines.entrySet().stream()
                .filter(entry -> entry.getValue().version == 1 && entry.getValue().endedAt == null)
                .limit(count)
                .toList()
                .forEach(entry -> model.end(entry.getKey(), "age"));
    }

    private Duration untilFailed() {
        RefreshDecision end = drive(plan, 200);
        assertThat(end).isInstanceOf(Failed.class);
        return Duration.between(launched.plus(GroupModel.BOOT), model.now);
    }

    @Test
    void whenTheFloorHolds_thenItHasAllItsTime() {
        // when
        Duration had = untilFailed();

        // then
        assertThat(had).isGreaterThan(RefreshPolicy.DEFAULT.instanceTimeLimit());
    }

    /** The model's default warmup is half a minute. */
    @ParameterizedTest
    @CsvSource({"PT4M, PT4M", "PT10S, PT2M", "PT0S, PT2M", "PT7M, PT7M"})
    void whenTheFloorDoesNotHold_thenItHasTheTimeThatItsGroupGives(Duration grace, Duration least) {
        // given
        model.gracePeriod = grace;
        endOld(1);

        // when
        RefreshDecision end = drive(plan, 200);
        Duration had = Duration.between(launched.plus(GroupModel.BOOT), model.now);

        // then
        assertThat(had).isBetween(least, least.plusSeconds(30));
        assertThat(((Failed) end).blamesVersion()).isEqualTo(least.compareTo(Duration.ofMinutes(5)) >= 0);
        assertThat(end.reason())
                .contains("answers wrongly after")
                .contains("while 3 instances of 4 serve, minimum is 4");
    }

    @Test
    void whenTheGroupSaysNothing_thenItHasAUsualTime() {
        // given
        model.gracePeriod = Duration.ZERO;
        model.defaultWarmup = Duration.ZERO;
        endOld(1);

        // then
        assertThat(untilFailed()).isBetween(Haste.ENOUGH, Haste.ENOUGH.plusSeconds(30));
    }

    @Test
    void whenItAnswersWronglyWhileItStartsOnly_thenItIsRefreshed() {
        // given
        endOld(1);
        drive(plan, 12);

        // when
        model.badVersion = -1;
        RefreshDecision end = drive(plan);

        // then
        assertThat(end).isInstanceOf(Done.class);
    }

    @Test
    void whenOldOnesFailAlike_thenNothingIsHurried() {
        // given
        drive(plan, 8);
        model.badVersion = GroupModel.EVERY;

        // when
        RefreshDecision decision = drive(plan, 60);

        // then
        assertThat(decision).isInstanceOf(Wait.class);
        assertThat(model.healthy()).isZero();
    }

    @Test
    void whenSomebodyGaveATimeLimit_thenThatCounts() {
        // given
        Duration limit = Duration.ofMinutes(9);
        plan = plan.with(plan.policy().but().instanceTimeLimit(limit).build());
        endOld(1);

        // then
        assertThat(untilFailed()).isGreaterThan(limit);
    }

    @Nested
    class GivenHalfOfTheFloorIsGone {

        @Test
        void whenReplacementsComeBesideIt_thenTwoMinutesAreEnough() {
            // given
            endOld(2);

            // then
            assertThat(untilFailed()).isBetween(Broken.ALONE, Broken.ALONE.plusSeconds(30));
        }

        @Test
        void whenItGoesBack_thenAllThatIsMissingIsLaunchedAtOnce() {
            // given
            endOld(2);
            untilFailed();
            state = state.next(model.now);
            RefreshPlan back = plan.backTo(new LaunchTemplateVersion(1));

            // when
            model.effects.clear();
            RefreshDecision first = drive(back, 1);
            drive(back, 3);

            // then
            assertThat(first).isInstanceOf(Act.class);
            assertThat(model.effects).containsExactly("launch 1", "launch 1");
            assertThat(model.machines.values())
                    .filteredOn(machine -> machine.version == 2)
                    .allMatch(machine -> machine.endedAt == null);
            assertThat(drive(back)).isInstanceOf(Done.class);
            assertThat(model.desired).isEqualTo(4);
            assertThat(model.isWhollyOn(1)).isTrue();
        }
    }
}
