package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Done;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Paused;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Wait;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CanaryTest extends Deciding {

    private final RefreshPlan plan = plan(RefreshStrategy.CANARY, RefreshPolicy.DEFAULT);

    private RefreshDecision driveUntilWatched() {
        RefreshDecision decision = drive(plan, 1);
        while (!(decision instanceof Wait wait && wait.reason().startsWith("watching canary"))) {
            decision = drive(plan, 1);
            assertThat(decision).isNotInstanceOf(Failed.class);
        }
        return decision;
    }

    @Test
    void whenTheCanaryIsHealthy_thenItIsWatchedAloneAndThenTheRestFollows() {
        // when
        driveUntilWatched();
        Instant watched = model.now;
        long alone = model.healthyOn(2);
        RefreshDecision end = drive(plan);

        // then
        assertThat(alone).isEqualTo(1);
        assertThat(end).isInstanceOf(Done.class);
        assertThat(model.isWhollyOn(2)).isTrue();
        assertThat(model.now).isAfter(watched.plus(Duration.ofMinutes(9)));
    }

    @Test
    void whenTheCanaryBreaksWhileItIsWatched_thenNothingElseIsReplaced() {
        // given
        driveUntilWatched();
        model.badVersion = 2;

        // when
        RefreshDecision end = drive(plan);

        // then
        assertThat(((Failed) end).reason()).startsWith("canary i-").contains("did not stay healthy");
        assertThat(model.healthyOn(1)).isEqualTo(3);
    }

    @Test
    void whenItGoesBack_thenNothingIsWatched() {
        // given
        driveUntilWatched();
        state = state.next(model.now);
        Instant before = model.now;

        // when
        RefreshDecision end = drive(plan.backTo(new LaunchTemplateVersion(1)));

        // then
        assertThat(end).isInstanceOf(Done.class);
        assertThat(model.isWhollyOn(1)).isTrue();
        assertThat(Duration.between(before, model.now)).isLessThan(Duration.ofMinutes(10));
    }

    @Test
    void whenItStopsAfterTheCanary_thenTheGroupIsWholeAndTheRestIsOld() {
        // given
        RefreshPlan stopping = plan(
                RefreshStrategy.CANARY,
                RefreshPolicy.DEFAULT.but().stopsAfterCanary(true).build());

        // when
        RefreshDecision end = drive(stopping);

        // then
        assertThat(end).isInstanceOf(Paused.class);
        assertThat(end.reason()).startsWith("canary i-").endsWith("is healthy on version 2, 3 instances to go");
        assertThat(model.healthyOn(2)).isEqualTo(1);
        assertThat(model.healthyOn(1)).isEqualTo(3);
        assertThat(model.tags).doesNotContainKey(RestoreTag.NAME);
        assertThat(model.suspended).isEmpty();
        assertThat(state.temporary()).isEqualTo(Temporary.NONE);
    }

    private Instant leave() {
        drive(plan(
                RefreshStrategy.CANARY,
                RefreshPolicy.DEFAULT.but().stopsAfterCanary(true).build()));
        Instant left = model.now;
        state = LeftCanary.goingOn(left, LeftCanary.of(state));
        return left;
    }

    @Test
    void whenALaterStepGoesOn_thenTheCanaryIsNotWatchedAgain() {
        // given
        Instant stopped = leave();

        // when
        RefreshDecision end = drive(plan(RefreshStrategy.CANARY, RefreshPolicy.DEFAULT.afterCanary()));

        // then
        assertThat(end).isInstanceOf(Done.class);
        assertThat(model.isWhollyOn(2)).isTrue();
        assertThat(Duration.between(stopped, model.now)).isLessThan(Duration.ofMinutes(10));
        assertThat(LeftCanary.isLost(state)).isFalse();
    }

    @Test
    void whenItWasLeftForLongerThanTheGroupsLimit_thenThatIsNotCounted() {
        // given
        leave();
        model.now = model.now.plus(Duration.ofDays(3));

        // when
        RefreshDecision end = drive(plan(RefreshStrategy.CANARY, RefreshPolicy.DEFAULT.afterCanary()));

        // then
        assertThat(end).isInstanceOf(Done.class);
    }

    @Test
    void whenItBrokeSinceItWasLeft_thenNothingElseIsReplacedAndTheGroupIsNotAsBefore() {
        // given
        leave();
        model.badVersion = 2;

        // when
        RefreshDecision end = drive(plan(RefreshStrategy.CANARY, RefreshPolicy.DEFAULT.afterCanary()));

        // then
        assertThat(end.reason()).contains("is not healthy after 20m");
        assertThat(LeftCanary.isLost(state)).isTrue();
        assertThat(model.healthyOn(1)).isEqualTo(3);
    }
}
