package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others set while a group is refreshed stays set. */
class OthersTest {

    private static final Map<String, ?> OUT_IN = Map.of("strategy", "out-in");

    /** Somebody updates the group's sizes just before our {@code nth} call that changes something. */
    private static Scenario updating(Scenario scenario, int nth, String size, int value) {
        return scenario.watchedBy(new MortalHttpClient.Watcher() {
            private int calls;

            @Override
            public void sending(MortalHttpClient.Call call) {
                if (call.isMutating() && ++calls == nth) {
                    // A look that is younger than a second is not repeated.
                    scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(2));
                    update(scenario, size, value);
                }
            }
        });
    }

    private static void update(Scenario scenario, String size, int value) {
        String account = scenario.simulator().account().defaultAccount().id();
        Caller caller = new Caller(account, "eu-west-1", "arn:aws:iam::" + account + ":user/colleague", "test");
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("AutoScalingGroupName", "web").put(size, value);
        scenario.simulator().call("autoscaling", "UpdateAutoScalingGroup", input, caller);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whenAnAutoscalerIsFasterThanOurCall_thenItsDesiredCapacityStays(int call) {
        // given
        Scenario scenario = updating(Scenario.of("fleet.yaml"), call, "DesiredCapacity", 2);

        // when
        Progress progress = scenario.run("recycleAsgs", OUT_IN);

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        Fleet.Group web = scenario.fleet().group("web");
        assertThat(web.desired()).as(scenario.console().toString()).isEqualTo(2);
        assertThat(web.max()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whenAColleagueIsFasterThanOurCall_thenTheirMaximumStays(int call) {
        // given
        Scenario scenario = updating(Scenario.of("fleet.yaml"), call, "MaxSize", 5);

        // when
        Progress progress = scenario.run("recycleAsgs", OUT_IN);

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.fleet().group("web").max())
                .as(scenario.console().toString())
                .isEqualTo(5);
    }

    @Test
    void whenTheMaximumIsLoweredBeforeOurCall_thenItIsDecidedAnew() {
        // given: the fifth call raises desired capacity
        Scenario scenario =
                updating(Scenario.of("fleet.yaml", text -> text.replace("max: 4", "max: 6")), 5, "MaxSize", 5);

        // when
        scenario.run("recycleAsgs", OUT_IN);

        // then
        Fleet.Group web = scenario.fleet().group("web");
        assertThat(scenario.console()).anyMatch(line -> line.contains("is above max value 5"));
        assertThat(web.instances()).containsOnlyKeys("2 InService Healthy");
        assertThat(web.desired() + "/" + web.max()).isEqualTo("3/5");
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenAPolicyScalesOutWhileTheHostIsDead_thenItsInstancesStay(Death.Moment moment) {
        for (int call = 1; call <= 8; call++) {
            // given
            Scenario scenario = Scenario.of("fleet.yaml", text -> text.replace("max: 4", "max: 12"))
                    .dyingAt(call, moment);
            Colleague policy = new Colleague(scenario);
            policy.calls("PutScalingPolicy", input -> input.put("AutoScalingGroupName", "web")
                    .put("PolicyName", "more")
                    .put("PolicyType", "SimpleScaling")
                    .put("AdjustmentType", "ChangeInCapacity")
                    .put("ScalingAdjustment", 2));
            boolean[] done = {false};
            scenario.passingTimeBy(until -> {
                if (scenario.deaths() == 1 && !done[0]) {
                    done[0] = true;
                    scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(2));
                    policy.calls("ExecutePolicy", input -> input.put("AutoScalingGroupName", "web")
                            .put("PolicyName", "more")
                            .put("HonorCooldown", false));
                }
                scenario.simulator().advanceTo(until);
            });

            // when
            scenario.run("recycleAsgs", Map.of("strategy", "rolling"));

            // then
            assertThat(done[0]).isTrue();
            assertThat(scenario.fleet().group("web").desired())
                    .as("killed at call " + call + " " + scenario.console())
                    .isEqualTo(5);
        }
    }

    @Test
    void whenTheMinimumIsRaisedIntoTheSurge_thenThatPartStays() {
        // given: the sixth call terminates the first old instance
        Scenario scenario = updating(Scenario.of("fleet.yaml"), 6, "MinSize", 5);

        // when
        Progress progress = scenario.run("recycleAsgs", OUT_IN);

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        Fleet.Group web = scenario.fleet().group("web");
        assertThat(web.min() + "/" + web.desired() + "/" + web.max())
                .as(scenario.console().toString())
                .isEqualTo("5/5/5");
        assertThat(web.instances()).containsOnlyKeys("2 InService Healthy");
        assertThat(web.tags()).doesNotContainKey("ami-refresh:restore");
    }

    /** A colleague's schedule moves the sizes as soon as the console shows this. */
    private static void schedule(Scenario scenario, String atLine, int min, int desired, int max) {
        Colleague colleague = new Colleague(scenario);
        boolean[] done = {false};
        scenario.passingTimeBy(until -> {
            scenario.simulator().advanceTo(until);
            if (!done[0] && scenario.console().toString().contains(atLine)) {
                done[0] = true;
                colleague.calls("UpdateAutoScalingGroup", input -> input.put("AutoScalingGroupName", "web")
                        .put("MinSize", min)
                        .put("DesiredCapacity", desired)
                        .put("MaxSize", max));
            }
        });
    }

    private static String sizes(Scenario scenario) {
        Fleet.Group web = scenario.fleet().group("web");
        return web.min() + "/" + web.desired() + "/" + web.max();
    }

    @ParameterizedTest
    @CsvSource({
        "out-in, replacement",
        "rolling, replacement",
        "in-out, the group replaces it",
        "instance-refresh, InProgress"
    })
    void whenASizeIsMovedMeanwhile_thenItStaysAndTheRowSaysSo(String strategy, String atLine) {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", text -> text.replace("max: 4", "max: 12"));
        schedule(scenario, atLine, 2, strategy.equals("out-in") ? 8 : 6, 12);

        // when
        scenario.run("recycleAsgs", Map.of("strategy", strategy));

        // then
        String console = scenario.console().toString();
        assertThat(scenario.row("web").outcome()).as(console).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.row("web").reason())
                .as(console)
                .containsPattern(
                        "; others moved desired capacity from 3 to \\d meanwhile, which stays(; once from .*)?$");
        assertThat(scenario.fleet().group("web").desired()).as(console).isGreaterThan(3);
        assertThat(console).contains("web: others moved desired capacity from 3 to ");
    }

    @ParameterizedTest
    @CsvSource({
        "out-in, replacement, REFRESHED",
        "rolling, replacement, REFRESHED",
        "in-out, the group replaces it, REFRESHED",
        "instance-refresh, InProgress, REFRESHED",
        "canary, replacement, ROLLED_BACK",
        "canary, watching canary, ROLLED_BACK"
    })
    void whenAScheduleSendsTheGroupToZero_thenItWinsOverOurSurge(String strategy, String atLine, GroupOutcome outcome) {
        // given
        Scenario scenario = Scenario.of("fleet.yaml");
        schedule(scenario, atLine, 0, 0, 0);

        // when
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "failOn", "none"));
        scenario.settle();

        // then
        String console = scenario.console().toString();
        assertThat(sizes(scenario)).as(console).isEqualTo("0/0/0");
        assertThat(scenario.fleet().group("web").instances()).as(console).isEmpty();
        assertThat(scenario.row("web").outcome()).as(console).isEqualTo(outcome);
        assertThat(scenario.row("web").reason()).contains("others moved desired capacity from 3 to 0");
        assertThat(scenario.fleet().group("web").suspended()).isEmpty();
        assertThat(scenario.fleet().group("web").tags()).doesNotContainKey("ami-refresh:restore");
    }

    @Test
    void whenTheCanaryIsAllThereIs_thenItIsWatchedAllTheSame() {
        // given: one instance, which breaks while it is watched
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("desired: 3", "desired: 1").replace("min: 2", "min: 1")
                        + "  - {match: {image: web-new}, breaks: {after: 5m, how: http}}\n");

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "canary", "failOn", "none"));

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.ROLLED_BACK);
    }
}
