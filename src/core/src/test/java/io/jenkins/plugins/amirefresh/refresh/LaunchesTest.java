package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.Ailment.Evidence;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Act;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Launches that do not come, come late, or end before they served. */
class LaunchesTest extends Deciding {

    private static final InstanceId NEW = new InstanceId("i-0000000000000abcd");

    @Test
    void whenALaunchComesJustBeforeTheCapacityIsLowered_thenAwsDoesNotChooseWhoGoes() {
        // given
        RefreshPlan plan = plan(RefreshStrategy.OUT_IN, policy(1, null));
        model.launchesFail = true;
        decideAndMake(plan);
        model.advance(Duration.ofSeconds(15));
        state = state.endingBy(Ending.Way.LEAVE, "told to");

        // when
        Act first = (Act) decide(plan);
        model.launchesFail = false;
        model.advance(Duration.ofSeconds(5));
        first.changes().forEach(model::make);
        RefreshDecision end = drive(plan);

        // then
        assertThat(first.changes()).last().isEqualTo(new Change.Suspend(Set.of(ScalingProcess.LAUNCH)));
        assertThat(end).isInstanceOf(RefreshDecision.Stopped.class);
        assertThat(model.healthyOn(1)).isEqualTo(4);
        assertThat(model.effects).doesNotContain("scale-in 1");
        assertThat(model.suspended).isEmpty();
        assertThat(model.tags).isEmpty();
        assertThat(model.desired + "/" + model.max).isEqualTo("4/4");
    }

    @Test
    void whenLaunchesAreHeldAndAnotherBatchBegins_thenTheyMayComeAgain() {
        RefreshPlan plan = plan(RefreshStrategy.OUT_IN, RefreshPolicy.DEFAULT);
        model.suspended.add(ScalingProcess.LAUNCH);
        state = state.with(Temporary.NONE.with(Set.of(ScalingProcess.LAUNCH)).withTag(true));

        assertThat(((Act) decide(plan)).changes()).containsExactly(new Change.Resume(Set.of(ScalingProcess.LAUNCH)));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "-1, true"})
    void whenAProcessIsSeenSuspendedAfterItsResumption_thenItIsOursOnlyWithoutAnAnswer(int retired, boolean isOurs) {
        // given
        RefreshPlan plan = plan(RefreshStrategy.OUT_IN, RefreshPolicy.DEFAULT);
        Change resume = new Change.Resume(Set.of(ScalingProcess.LAUNCH));
        model.suspended.add(ScalingProcess.LAUNCH);
        state = state.with(Temporary.NONE.with(Set.of(ScalingProcess.LAUNCH)))
                .announcing(List.of(resume), model.now)
                .made(List.of(resume), retired);

        // when
        model.advance(Settlement.PATIENCE.plusSeconds(15));
        decide(plan);

        // then
        assertThat(state.temporary().suspended().contains(ScalingProcess.LAUNCH))
                .isEqualTo(isOurs);
    }

    @ParameterizedTest
    @CsvSource({"0, EC2, 300", "60, EC2, 300", "600, EC2, 600", "60, ELB, 60"})
    void whenAwsDoesNotLookAtTheBalancer_thenItsRefreshStillGivesTimeToStart(int grace, String type, int warmup) {
        model.gracePeriod = Duration.ofSeconds(grace);
        model.defaultWarmup = Duration.ZERO;
        model.checksBalancers = type.equals("ELB");

        assertThat(plan(RefreshStrategy.INSTANCE_REFRESH, RefreshPolicy.DEFAULT).warmup())
                .isEqualTo(Duration.ofSeconds(warmup));
    }

    @ParameterizedTest
    @CsvSource({"true, false, true", "false, false, false", "false, true, true"})
    void whenALaunchFails_thenASlotThatIsNotFreeYetExcusesIt(boolean isAfterTheEnd, boolean hasRoom, boolean counts) {
        // given
        RefreshPlan plan = withSlots(plan(RefreshStrategy.INSTANCE_REFRESH, RefreshPolicy.DEFAULT), !hasRoom);
        model.launchesFail = true;
        InstanceId old = model.machines.keySet().iterator().next();
        model.end(old, "refresh");
        model.advance(Duration.ofSeconds(5));
        if (isAfterTheEnd) {
            model.advance(GroupModel.DRAIN.plusSeconds(5));
            model.activities.clear();
            model.activities.add(new ScalingActivity(
                    "end", model.now, model.now, "Successful", "Terminating EC2 instance: " + old, "", ""));
            model.advance(Duration.ofSeconds(65));
        }

        // when
        Tick tick = new Tick(plan, model.sight(), state, model.now.plus(Duration.ofMinutes(2)));

        // then
        assertThat(FailedLaunches.of(tick).isEmpty()).isEqualTo(!counts);
    }

    @ParameterizedTest
    @CsvSource({"false, false, true", "true, false, false", "false, true, false"})
    void whenTheBalancerEndsANewInstanceThatHasPassed_thenItsStartIsToBlameUnlessItFailedSince(
            boolean proven, boolean hasFailedSince, boolean isTooSoon) {
        // given
        RefreshPlan plan = plan(RefreshStrategy.OUT_IN, RefreshPolicy.DEFAULT).ofHastyGroup();
        Ailment ailment = hasFailedSince ? new Ailment("answers 500", Evidence.FAULT) : null;
        Sighting sighting = new Sighting(model.now, model.now, proven, null, ailment, null, null, null);
        RefreshState passed = state.withSeen(Map.of(NEW, sighting), Set.of(), 0)
                .with(new Watch(-1, null, Set.of(NEW), false, null, null, null, null));

        // when
        Tick tick = new Tick(plan, model.sight(), passed, model.now);

        // then
        assertThat(Haste.cameTooSoon(tick, NEW)).isEqualTo(isTooSoon);
    }

    @Test
    void whenNothingServesOnAWayBack_thenTheirReplacementsComeTogether() {
        RefreshPlan plan = plan(RefreshStrategy.OUT_IN, policy(1, null)).asWayBack();
        model.max = 20;
        model.badVersion = 1;

        assertThat(((Act) decide(plan)).changes()).last().isEqualTo(new Change.SetDesired(4, 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void whenThereIsNoRoomForThem_thenWhatServesNobodyGoesFirst(int max) {
        // given
        RefreshPlan plan = plan(RefreshStrategy.OUT_IN, policy(1, null)).asWayBack();
        model.max = max;
        model.badVersion = 1;
        decideAndMake(plan);
        model.advance(Duration.ofSeconds(15));

        // when
        Act act = (Act) decide(plan);

        // then
        assertThat(act.changes()).singleElement().isInstanceOf(Change.Replace.class);
        assertThat(act.changes().get(0).terminates()).hasSize(4);
    }

    private static RefreshPlan withSlots(RefreshPlan plan, boolean reusesSlots) {
        return reusesSlots ? plan.reusingSlots() : plan;
    }
}
