package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Act;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Done;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes that people and policies set while ours are on the group. */
class OthersSizesTest extends Deciding {

    private final RefreshPlan plan = plan(RefreshStrategy.OUT_IN, RefreshPolicy.DEFAULT);

    @Test
    void whenOthersMoveTheRaisedMaximum_thenItIsTheirsEvenWhenTheySetOurNumberLater() {
        // given
        decideAndMake(plan);
        drive(plan, 1);
        model.max = 10;
        drive(plan, 1);
        model.max = 8;

        // when
        RefreshDecision end = drive(plan);

        // then
        assertThat(end).isInstanceOf(Done.class);
        assertThat(model.desired + "/" + model.max).isEqualTo("4/8");
    }

    @Test
    void whenAwsAnsweredAndItIsLoweredAndNobodyTellsByWhom_thenThatEatsOurSurge() {
        // given
        Act act = (Act) decide(plan);
        act.changes().forEach(model::make);
        state = state.made(act.changes(), 0);
        model.desired = 5;

        // when
        model.advance(Duration.ofSeconds(15));
        RefreshDecision first = decide(plan);
        model.advance(Duration.ofSeconds(60));
        decide(plan);

        // then
        assertThat(first.reason()).isEqualTo("waiting until AWS tells who moved desired capacity from 8 to 5");
        assertThat(state.temporary().surge()).isEqualTo(1);
        assertThat(state.movedByOthers(""))
                .isEqualTo(
                        "others moved desired capacity from 8, 4 of it launched first to replace others, to 5; without"
                                + " those it stays 4");
    }

    @Test
    void whenTheyMoveItWithOursAndAgain_thenTheRowTellsOnceThatTheyMovedIt() {
        // given
        OthersMove first = OthersMove.after(null, 4, 5, null);

        // when
        OthersMove both = OthersMove.setting(first, 9, 7, 4, 5);

        // then
        assertThat(both.text())
                .isEqualTo("others moved desired capacity from 4 to 5 meanwhile, which stays; once from 9, 4 of it"
                        + " launched first to replace others, to 7");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "5, a user request explicitly set group desired capacity changing the desired capacity from 8 to 5.",
                "7, a user request explicitly set group desired capacity changing the desired capacity from 8 to 7.",
                "12, \"a scheduled action update of AutoScalingGroup constraints to min: 1, max: 20, desired: 12 changing"
                        + " the desired capacity from 8 to 12.\"",
            })
    void whenOthersSetANumberInTheSurge_thenItIsMeantAsItIs(int size, String cause) {
        // given
        model.max = 20;
        decideAndMake(plan);
        model.desired = size;
        model.advance(Duration.ofSeconds(15));
        model.activities.add(new ScalingActivity(
                "theirs", model.now, model.now, "Successful", "Terminating EC2 instance: i-1", "At now " + cause, ""));

        // when
        decide(plan);

        // then
        assertThat(state.temporary().surge()).isZero();
        assertThat(state.movedByOthers(""))
                .isEqualTo("others moved desired capacity from 4 to " + size + " meanwhile, which stays");
    }

    @Test
    void whenTheHostDiedBeforeTheVersionWasSet_thenASizeIsTheirsEvenIfItIsTheOneAnnounced() {
        // given
        model.max = 20;
        tagOf((Act) decide(plan));
        model.desired = 8;

        // when
        RefreshDecision end = drive(plan);

        // then
        assertThat(end).isInstanceOf(Done.class);
        assertThat(model.desired).isEqualTo(8);
    }

    @Test
    void whenTheHostDiedAfterItsCallsAndTheTagsAreRemoved_thenTheSizeIsStillOurs() {
        // given
        decideAndMake(plan);
        model.tags.clear();

        // when
        RefreshDecision end = drive(plan);

        // then
        assertThat(end).isInstanceOf(Done.class);
        assertThat(model.desired + "/" + model.max).isEqualTo("4/4");
    }

    @Test
    void whenItShallLeaveAndOthersScaledOut_thenWhatIsNotHealthyGoesBeforeTheMaximum() {
        // given
        model.max = 8;
        model.desired = 7;
        model.advance(Duration.ofSeconds(15));
        state = state.with(new Temporary(0, new Temporary.RaisedMax(4, 4, 8), Set.of(), true, null, null, Map.of()))
                .withDesired(7)
                .endingBy(Ending.Way.LEAVE, "told to");

        // when
        Act first = (Act) decide(plan);

        // then
        assertThat(first.reason()).startsWith("terminating what has no room when the maximum goes back: ");
        assertThat(first.changes()).singleElement().isInstanceOf(Change.Retire.class);
        assertThat(first.changes().get(0).terminates()).hasSize(3);
        first.changes().forEach(model::make);
        drive(plan);
        assertThat(model.healthy()).isEqualTo(4);
        assertThat(model.desired + "/" + model.max).isEqualTo("4/4");
    }

    @Test
    void whenOthersScaleOutDuringABatch_thenTheTagNoLongerTakesTheirsForOurs() {
        // given
        model.max = 20;
        decideAndMake(plan);
        model.desired = 10;

        // when
        drive(plan, 6);

        // then
        assertThat(model.tags.get(RestoreTag.NAME)).contains(" desired=6:10");
        model.desired = 8;
        RestoreTag tag = RestoreTag.of(model.sight().group()).orElseThrow();
        assertThat(tag.temporary().surge()).isEqualTo(2);
    }

    @Test
    void whenOthersSuspendWhatWeHaveResumed_thenItStaysSuspended() {
        // given
        RefreshPlan fixed = RefreshPlan.of(
                "run-1",
                model.sight().group(),
                RefreshStrategy.IN_OUT,
                GroupModel.TEMPLATE,
                new LaunchTemplateVersion(2),
                true,
                RefreshPolicy.DEFAULT);
        decideAndMake(fixed);
        for (int tick = 0; tick < 20 && !model.suspended.isEmpty(); tick++) {
            drive(fixed, 1);
        }
        drive(fixed, 1);
        model.suspended.add(ScalingProcess.LAUNCH);

        // when
        drive(fixed, 1);

        // then
        assertThat(model.suspended).containsExactly(ScalingProcess.LAUNCH);
    }
}
