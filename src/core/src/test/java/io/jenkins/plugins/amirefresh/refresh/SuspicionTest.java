package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.Suspicion.Verdict;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an image is held for that was late, as the version gone back to shows. */
class SuspicionTest extends Deciding {

    /** The host dies between any two ticks. */
    private Set<Verdict> goBack(RefreshPlan plan) {
        Failed failed = (Failed) drive(plan, 400);
        assertThat(failed.blamesVersion()).isTrue();
        assertThat(Objects.requireNonNull(failed.late()).had())
                .isGreaterThanOrEqualTo(RefreshPolicy.DEFAULT.instanceTimeLimit());
        state = Suspicion.begun(state.next(model.now), model.now, failed.late());
        RefreshPlan back = plan.backTo(new LaunchTemplateVersion(1));
        Set<Verdict> seen = EnumSet.noneOf(Verdict.class);
        RefreshDecision decision = failed;
        for (int tick = 0; tick < 400 && !(decision instanceof RefreshDecision.Done); tick++) {
            decision = drive(back, 1);
            state = Json.read(Json.write(state), RefreshState.class);
            seen.add(Objects.requireNonNull(state.findings().suspicion()).verdict());
        }
        assertThat(decision).isInstanceOf(RefreshDecision.Done.class);
        return seen;
    }

    private void launchThatAnswersWrongly() {
        model.badVersion = 2;
        model.answersWrongly = true;
        model.gracePeriod = Duration.ofMinutes(4);
    }

    @Test
    void whenOldOnesServeThatRunForLong_thenAFreshOneIsWaitedFor() {
        // given: one goes before one comes
        launchThatAnswersWrongly();

        // when
        Set<Verdict> seen = goBack(plan(RefreshStrategy.IN_OUT, policy(1, null)));

        // then
        assertThat(seen).containsExactly(Verdict.OPEN, Verdict.BAD);
    }

    @Test
    void whenNothingFreshIsLaunched_thenWhatAnsweredWronglyIsBadAtTheEnd() {
        // given: a canary beside all old ones
        launchThatAnswersWrongly();
        model.max = 8;

        // when
        Set<Verdict> seen = goBack(plan(RefreshStrategy.OUT_IN, policy(1, null)));

        // then
        assertThat(seen).containsExactly(Verdict.OPEN, Verdict.BAD);
    }

    @Test
    void whenWhatItGoesBackToFailsAsWell_thenNobodyCallsItNew() {
        // given
        launchThatAnswersWrongly();
        RefreshPlan plan = plan(RefreshStrategy.IN_OUT, policy(1, null));
        Failed failed = (Failed) drive(plan, 400);
        state = Suspicion.begun(state.next(model.now), model.now, failed.late());
        drive(plan.backTo(new LaunchTemplateVersion(1)), 4);

        // when
        model.badVersion = GroupModel.EVERY;
        RefreshDecision end = drive(plan.backTo(new LaunchTemplateVersion(1)), 400);

        // then
        assertThat(failed.reason()).startsWith("new instance i-");
        assertThat(end.reason()).startsWith("old-version instance i-").contains("is not healthy after 40m");
        assertThat(Objects.requireNonNull(state.findings().suspicion()).verdict())
                .isIn(Verdict.SHARED, Verdict.LATE);
    }

    @Test
    void whenNothingFreshIsLaunchedAndNobodyAnswered_thenNobodyKnows() {
        assertThat(Suspicion.unlooked(new Lateness(Duration.ofMinutes(20), false)))
                .isEqualTo(Verdict.UNCOMPARED);
        assertThat(Suspicion.unlooked(new Lateness(Duration.ofMinutes(20), true)))
                .isEqualTo(Verdict.BAD);
        assertThat(Suspicion.unlooked(null)).isEqualTo(Verdict.BAD);
    }
}
