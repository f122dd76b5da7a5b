package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.ScaleInProtectedInstances;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Act;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Done;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Stopped;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Wait;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshDeciderTest extends Deciding {

    @Nested
    class OutInStrategy {

        private final RefreshPlan plan = plan(RefreshStrategy.OUT_IN, RefreshPolicy.DEFAULT);

        @Test
        void whenThereIsNoRoom_thenTagsBeforeItRaisesTheMaximum() {
            Act act = (Act) decide(plan);

            assertThat(act.changes())
                    .containsExactly(
                            new Change.SetLaunchSource(GroupModel.template(2)),
                            new Change.PutTags(
                                    Map.of(RestoreTag.NAME, "run=run-1 desired=4:8 max=4:8 suspended=AZRebalance")),
                            new Change.Suspend(Set.of(ScalingProcess.AZ_REBALANCE)),
                            new Change.SetMax(8),
                            new Change.SetDesired(4, 8));
            RestoreTag tag = tagOf(act);
            assertThat(tag.temporary().max()).isEqualTo(new Temporary.RaisedMax(4, 4, 8));
            assertThat(tag.temporary().suspended()).containsExactly(ScalingProcess.AZ_REBALANCE);
        }

        @Test
        void whenTheReadIsNotNewerThanTheChange_thenWaits() {
            decideAndMake(plan);

            assertThat(decide(plan).reason()).isEqualTo("waiting for a read that is newer than the last change");
        }

        @Test
        void whenTheClockIsSetBackWhileTheHostIsDead_thenTheRefreshGoesOnAtOnce() {
            Instant ahead = model.now.plusSeconds(3600);
            Decided before = RefreshDecider.decide(plan, model.sight(), RefreshState.start(ahead), ahead);
            ((Act) before.decision()).changes().forEach(model::make);
            state = before.state();

            RefreshDecision end = drive(plan, 40);

            assertThat(end).isEqualTo(new RefreshDecision.Done("all 4 instances healthy on version 2"));
        }

        @Test
        void whenAwsRetainsAnInstance_thenTheRefreshEndsWithoutIt() {
            model.retains = true;

            RefreshDecision end = drive(plan);

            assertThat(end).isEqualTo(new RefreshDecision.Done("all 4 instances healthy on version 2"));
            assertThat(model.machines).hasSize(8);
        }

        @ParameterizedTest
        @CsvSource({"65, false", "70, true"})
        void whenTheWarmupOfTheLastReplacementEnds_thenTheOldOnesGo(int seconds, boolean goes) {
            decideAndMake(plan);
            for (int at = 5; at < seconds; at += 5) {
                model.advance(Duration.ofSeconds(5));
                decide(plan);
            }
            model.advance(Duration.ofSeconds(5));

            assertThat(decide(plan) instanceof Act).isEqualTo(goes);
        }

        @Test
        void whenALaunchFails_thenGivesUpWithAwsReason() {
            model.launchesFail = true;
            decideAndMake(plan);
            model.advance(Duration.ofSeconds(15));

            assertThat(decide(plan)).as("AWS may try another zone").isInstanceOf(Wait.class);

            model.advance(Duration.ofMinutes(1));

            assertThat(decide(plan)).isEqualTo(new Failed("a launch failed: no capacity"));
        }

        @Test
        void whenAFailedLaunchWasMadeGood_thenItDoesNotCountWhenAnotherInstanceIsMissing() {
            model.launchesFail = true;
            decideAndMake(plan);
            model.advance(Duration.ofSeconds(5));
            model.launchesFail = false;
            model.advance(Duration.ofSeconds(5));
            model.activities.add(new ScalingActivity(
                    "good", model.now, model.now, "Successful", "Launching a new EC2 instance: i-0abc", "", ""));
            model.machines.remove(model.machines.keySet().stream()
                    .reduce((first, last) -> last)
                    .orElseThrow());
            model.launchesFail = true;

            assertThat(decide(plan)).isNotInstanceOf(Failed.class);
        }

        @Test
        void whenAnAttemptToEvenOutZonesFails_thenItDoesNotCount() {
            model.launchesFail = true;
            decideAndMake(plan);
            model.advance(Duration.ofMinutes(2));
            model.activities.replaceAll(failed -> new ScalingActivity(
                    failed.id(),
                    failed.startedAt(),
                    failed.endedAt(),
                    failed.status(),
                    failed.description(),
                    "An instance was launched to aid in balancing the group's zones.",
                    failed.statusMessage()));

            assertThat(decide(plan)).isNotInstanceOf(Failed.class);
        }

        @Test
        void whenTheHostDiesBeforeItsCallsAndOthersScaleOut_thenTheirSizeStays() {
            model.max = 20;
            decide(plan);
            model.desired = 10;

            RefreshDecision end = drive(plan);

            assertThat(end).isInstanceOf(Done.class);
            assertThat(model.desired).isEqualTo(10);
        }

        @Test
        void whenOthersScaleOutAboveTheMaximumThatGoesBack_thenWaitsUntilAwsMayChoose() {
            decideAndMake(plan);
            drive(plan, 5);
            while (model.desired > 4) {
                drive(plan, 1);
            }
            model.desired = 5;

            RefreshDecision end = new Wait("");
            for (int tick = 0; tick < 60 && !(end instanceof Done); tick++) {
                end = drive(plan, 1);
                assertThat(model.healthy()).isGreaterThanOrEqualTo(4);
            }

            assertThat(end).isInstanceOf(Done.class);
            assertThat(model.desired + "/" + model.max).isEqualTo("4/4");
        }

        @Test
        void whenThereAreTooMany_thenThoseThatServeNobodyGoFirst() {
            RefreshPlan two = warmingUpFor(Duration.ofMinutes(5), plan(RefreshStrategy.OUT_IN, policy(2, null)));
            model.advance(Duration.ofSeconds(5));
            decideAndMake(two);
            model.advance(Duration.ofSeconds(75));
            assertThat(decide(two).reason()).contains("warming up");
            model.end(model.machines.keySet().iterator().next(), "lost");
            model.advance(Duration.ofSeconds(5));
            state = state.endingBy(Ending.Way.LEAVE, "the build was aborted");

            decideAndMake(two);

            assertThat(model.desired).isEqualTo(4);
            assertThat(model.healthy()).isEqualTo(4);
        }

        @Test
        void whenTheReplacementsStayUnhealthy_thenGivesUpAfterTheTimeLimit() {
            model.badVersion = 2;
            decideAndMake(plan);

            RefreshDecision end = drive(plan);

            assertThat(end).isInstanceOf(Failed.class);
            assertThat(end.reason()).contains("is not healthy after 20m and its warmup: target health initial");
            assertThat(model.now).isBefore(state.startedAt().plus(Duration.ofMinutes(25)));
        }

        @Test
        void whenItShallStopWithinABatch_thenTheBatchIsFinishedAndNothingTemporaryIsLeft() {
            RefreshPlan batches = plan(RefreshStrategy.OUT_IN, policy(2, null));
            decideAndMake(batches);
            state = state.endingBy(Ending.Way.FINISH_BATCH, "the build was aborted");

            RefreshDecision end = drive(batches);

            assertThat(end).isEqualTo(new Stopped("the build was aborted; 2 of 4 instances on version 2", false));
            assertThat(model.desired + "/" + model.max).isEqualTo("4/4");
            assertThat(model.tags).isEmpty();
            assertThat(model.suspended).isEmpty();
        }

        @Test
        void whenItShallLeave_thenTheSurgeGoesAtOnce() {
            decideAndMake(plan);
            state = state.endingBy(Ending.Way.LEAVE, "the build was aborted");

            RefreshDecision end = drive(plan);

            assertThat(end).isInstanceOf(Stopped.class);
            assertThat(model.desired + "/" + model.max).isEqualTo("4/4");
            model.advance(GroupModel.DRAIN.plusSeconds(5));
            assertThat(model.isWhollyOn(1)).isTrue();
        }

        @Test
        void whenTheMinimumIsRaisedIntoTheSurge_thenThatPartStays() {
            decideAndMake(plan);
            model.min = 6;

            RefreshDecision end = drive(plan);

            assertThat(end).isInstanceOf(Done.class);
            assertThat(model.desired + "/" + model.max).isEqualTo("6/6");
            assertThat(model.isWhollyOn(2)).isTrue();
        }

        @Test
        void whenAProtectedInstanceIsToBeWaitedFor_thenWaitsForItsRelease() {
            model.machines.values().iterator().next().isProtected = true;
            RefreshPlan waiting = plan(RefreshStrategy.OUT_IN, policy(0, ScaleInProtectedInstances.WAIT));

            assertThat(drive(waiting, 40).reason()).contains("is neither protected from scale in nor in standby");
        }

        @Test
        void whenNobodySaidToWaitForAProtectedInstance_thenAllElseIsDoneAndItIsTold() {
            model.machines.values().iterator().next().isProtected = true;

            RefreshDecision end = drive(plan, 40);

            assertThat(end.reason())
                    .contains("all others are healthy on version 2")
                    .contains("protected from scale in");
            assertThat(((Failed) end).stay()).isEqualTo(Failed.Stay.UNTOUCHABLE);
        }

        @Test
        void whenProtectedInstancesMayGo_thenTheyAreReplacedLikeOthers() {
            model.machines.values().iterator().next().isProtected = true;

            RefreshDecision end = drive(plan(RefreshStrategy.OUT_IN, policy(0, ScaleInProtectedInstances.REFRESH)));

            assertThat(end).isInstanceOf(Done.class);
            assertThat(model.isWhollyOn(2)).isTrue();
        }
    }

    @Nested
    class InOutStrategy {

        @ParameterizedTest
        @CsvSource({"1, 3", "2, 2", "4, 0"})
        void whenABatchIsGiven_thenTheFloorLeavesRoomForItAlone(int batch, int floor) {
            RefreshPlan plan = plan(RefreshStrategy.IN_OUT, policy(batch, null));

            Act act = (Act) decide(plan);

            assertThat(plan.floor()).isEqualTo(floor);
            assertThat(act.changes().get(1).terminates()).hasSize(batch);
        }

        @Test
        void whenAnInstanceIsMissingAlready_thenWaitsSinceTheFloorIsReached() {
            model.suspended.add(ScalingProcess.LAUNCH);
            model.end(model.machines.keySet().iterator().next(), "spot");
            RefreshPlan plan = plan(RefreshStrategy.IN_OUT, RefreshPolicy.DEFAULT);

            assertThat(decide(plan)).isInstanceOf(Wait.class);
            assertThat(decide(plan).reason()).startsWith("waiting, 3 of 4 healthy, minimum is 3");
        }

        @Test
        void whenTheNetworkInterfaceIsFixed_thenTheReplacementStartsAfterTheOldIsGone() {
            GroupModel single = new GroupModel(1, 1, 1);
            RefreshPlan plan = RefreshPlan.of(
                    "run-1",
                    single.sight().group(),
                    RefreshStrategy.IN_OUT,
                    GroupModel.TEMPLATE,
                    new LaunchTemplateVersion(2),
                    true,
                    RefreshPolicy.DEFAULT);
            state = RefreshState.start(single.now);
            int mostAtOnce = 0;
            RefreshDecision decision = new Wait("");
            for (int tick = 0; tick < 200 && !(decision instanceof Done); tick++) {
                Decided decided = RefreshDecider.decide(plan, single.sight(), state, single.now);
                state = decided.state();
                decision = decided.decision();
                if (decision instanceof Act act) {
                    act.changes().forEach(single::make);
                    state = state.made(act.changes(), 0);
                }
                single.advance(Duration.ofSeconds(15));
                mostAtOnce = Math.max(mostAtOnce, single.machines.size());
            }

            assertThat(decision).isInstanceOf(Done.class);
            assertThat(mostAtOnce).isEqualTo(1);
            assertThat(single.suspended).isEmpty();
            assertThat(single.tags).isEmpty();
        }
    }

    @Test
    void whenRollingHasRoomForPercents_thenBatchesAreThatBig() {
        GroupModel twelve = new GroupModel(0, 12, 24);

        assertThat(Shape.of(
                        RefreshStrategy.ROLLING,
                        RefreshPolicy.DEFAULT,
                        twelve.sight().group(),
                        false))
                .isEqualTo(new Shape(3, true, 12));
        assertThat(Shape.of(
                        RefreshStrategy.ROLLING,
                        RefreshPolicy.DEFAULT,
                        twelve.sight().group(),
                        true))
                .isEqualTo(new Shape(3, false, 9));
    }

    @Test
    void whenNewInstancesAreProtected_thenTheWayBackTakesThemNevertheless() {
        // given
        RefreshPlan plan = plan(RefreshStrategy.OUT_IN, policy(0, ScaleInProtectedInstances.IGNORE));
        drive(plan);
        model.protectEverything();
        state = state.next(model.now);

        // when
        RefreshDecision end = drive(plan.backTo(new LaunchTemplateVersion(1)));

        // then
        assertThat(end).isInstanceOf(Done.class);
        assertThat(model.isWhollyOn(1)).isTrue();
    }

    @Test
    void whenNewOnesBrokeLater_thenTheWayBackOfInOutTakesAllWhoServeNobody() {
        // given
        RefreshPlan plan = plan(RefreshStrategy.IN_OUT, policy(0, ScaleInProtectedInstances.IGNORE));
        while (model.machines.values().stream()
                        .filter(machine -> machine.version == 1)
                        .count()
                > 1) {
            drive(plan, 1);
        }
        state = state.next(model.now);
        model.badVersion = 2;
        model.advance(Duration.ofMinutes(5));

        // when
        Act act = (Act) decide(plan.backTo(new LaunchTemplateVersion(1)));

        // then
        assertThat(act.changes().stream()
                        .mapToInt(change -> change.terminates().size())
                        .sum())
                .as(act.reason())
                .isEqualTo(3);
    }

    @Test
    void whenNothingIsOutdated_thenNothingIsChanged() {
        RefreshPlan plan = RefreshPlan.of(
                "run-1",
                model.sight().group(),
                RefreshStrategy.OUT_IN,
                GroupModel.TEMPLATE,
                new LaunchTemplateVersion(1),
                false,
                RefreshPolicy.DEFAULT);

        assertThat(decide(plan)).isEqualTo(new Done("all 4 instances healthy on version 1"));
    }
}
