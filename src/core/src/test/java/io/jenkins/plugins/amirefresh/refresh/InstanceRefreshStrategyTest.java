package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.InstanceRefreshStatus;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Done;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Stopped;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Wait;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstanceRefreshStrategyTest extends Deciding {

    private final RefreshPlan plan = plan(RefreshStrategy.INSTANCE_REFRESH, RefreshPolicy.DEFAULT);

    @ParameterizedTest
    @EnumSource(InstanceRefreshStatus.class)
    void whenOursIsInAnyState_thenThereIsAnAnswer(InstanceRefreshStatus status) {
        decideAndMake(plan);
        model.advance(Duration.ofSeconds(15));
        model.refreshes.set(0, model.refresh(status, GroupModel.template(2)));

        RefreshDecision decision = decide(plan);

        switch (status) {
            case PENDING, IN_PROGRESS, BAKING, CANCELLING, ROLLBACK_IN_PROGRESS, UNRECOGNISED, SUCCESSFUL ->
                assertThat(decision).isInstanceOf(Wait.class);
            case FAILED, CANCELLED, ROLLBACK_FAILED, ROLLBACK_SUCCESSFUL ->
                assertThat(decision).isInstanceOf(Failed.class);
        }
    }

    @Test
    void whenItWasSuccessfulAndTheListingIsOlder_thenANewerOneIsLookedAt() {
        decideAndMake(plan);
        model.advance(Duration.ofSeconds(15));
        model.refreshes.set(0, model.refresh(InstanceRefreshStatus.SUCCESSFUL, GroupModel.template(2)));

        RefreshDecision early = decide(plan);
        model.make(new Change.SetLaunchSource(GroupModel.template(2)));
        model.machines.keySet().stream().toList().forEach(id -> model.end(id, "refresh"));
        RefreshDecision end = drive(plan);

        assertThat(early).isInstanceOf(Wait.class);
        assertThat(end).isInstanceOf(Done.class);
    }

    @Test
    void whenItWasSuccessfulAndOldInstancesStay_thenItFailed() {
        decideAndMake(plan);
        model.advance(Duration.ofSeconds(15));
        model.refreshes.set(0, model.refresh(InstanceRefreshStatus.SUCCESSFUL, GroupModel.template(2)));

        RefreshDecision end = drive(plan, 20);

        assertThat(end).isInstanceOf(Failed.class);
        assertThat(((Failed) end).reason()).startsWith("the instance refresh was successful, but i-");
    }

    @Test
    void whenOneThatWantsTheSameRunsAlready_thenItIsAdopted() {
        model.refreshes.add(model.refresh(InstanceRefreshStatus.IN_PROGRESS, GroupModel.template(2)));

        assertThat(decide(plan)).isInstanceOf(Wait.class);
        assertThat(state.drivenRefresh().orElseThrow().adopted()).isTrue();
    }

    @Test
    void whenOneThatWantsAnotherVersionRuns_thenItIsLeftAlone() {
        model.refreshes.add(model.refresh(InstanceRefreshStatus.IN_PROGRESS, GroupModel.template(3)));

        assertThat(drive(plan, 5)).isInstanceOf(Failed.class);
        assertThat(model.effects).isEmpty();
    }

    @Test
    void whenTheAnswerOfTheStartWasLost_thenItIsFoundAndNotStartedTwice() {
        decideAndMake(plan);
        model.advance(Duration.ofSeconds(15));

        decide(plan);

        assertThat(model.effects).containsExactly("start-refresh");
        assertThat(state.drivenRefresh().orElseThrow().adopted()).isFalse();
    }

    @Test
    void whenItShallStop_thenOursIsCancelledAndNothingElse() {
        decideAndMake(plan);
        model.advance(Duration.ofSeconds(15));
        decide(plan);
        state = state.endingBy(Ending.Way.FINISH_BATCH, "aborted");

        RefreshDecision end = drive(plan);

        assertThat(end).isInstanceOf(Stopped.class);
        assertThat(model.effects).containsExactly("start-refresh", "cancel-refresh-waiting");
    }

    @Test
    void whenWhatIsInFlightNeverEnds_thenItIsCancelledWithoutWaiting() {
        model.transitionNeverEnds = true;
        decideAndMake(plan);
        model.advance(Duration.ofSeconds(15));
        decide(plan);
        state = state.endingBy(Ending.Way.FINISH_BATCH, "aborted");

        RefreshDecision end = drive(plan);

        assertThat(end)
                .isEqualTo(
                        new Failed(
                                "a batch is not finished within its time limit of 1h"
                                        + "; inconclusive, so its image is not marked bad: look what it waited for, or raise batchTimeLimit"));
        assertThat(model.effects).containsExactly("start-refresh", "cancel-refresh-waiting", "cancel-refresh");
    }

    @Test
    void whenItTakesTooLong_thenItIsCancelledWithoutWaiting() {
        model.transitionNeverEnds = true;

        RefreshDecision end = drive(plan);

        assertThat(end)
                .isEqualTo(
                        new Failed(
                                "a batch is not finished within its time limit of 1h"
                                        + "; inconclusive, so its image is not marked bad: look what it waited for, or raise batchTimeLimit"));
        assertThat(model.effects).containsExactly("start-refresh", "cancel-refresh");
    }

    @Test
    void whenTheGroupGoesBackWhileItRuns_thenItIsCancelledBeforeTheOneThatGoesBack() {
        decideAndMake(plan);
        state = state.next(model.now);
        RefreshPlan back = plan.backTo(new LaunchTemplateVersion(1));

        drive(back, 20);

        assertThat(model.effects).startsWith("start-refresh", "cancel-refresh");
        assertThat(model.refreshes.get(0).status()).isEqualTo(InstanceRefreshStatus.CANCELLED);
    }

    @Test
    void whenTheGroupGoesBackWhileAnAdoptedOneRuns_thenThatIsLeftAlone() {
        model.refreshes.add(model.refresh(InstanceRefreshStatus.IN_PROGRESS, GroupModel.template(2)));
        decide(plan);
        state = state.next(model.now);

        RefreshDecision end = drive(plan.backTo(new LaunchTemplateVersion(1)));

        assertThat(end).isInstanceOf(Failed.class);
        assertThat(model.effects).isEmpty();
    }
}
