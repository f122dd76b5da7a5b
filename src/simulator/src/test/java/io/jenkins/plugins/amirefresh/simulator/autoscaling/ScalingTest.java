package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Cron;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Room;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies, schedules, tags, pages and the arithmetic behind them. */
class ScalingTest {

    private final Rig rig = new Rig();

    @ParameterizedTest
    @CsvSource({
        // desired, min, max or -1, floor, ceiling, launches first
        "10, 90, -1, 9, 10, false",
        "10, 91, -1, 10, 10, false",
        "4, 90, -1, 4, 4, false",
        "4, 75, -1, 3, 4, false",
        "4, 100, -1, 4, 4, true",
        "4, 90, 100, 4, 4, true",
        "4, 100, 125, 4, 5, true",
        "4, 100, 124, 4, 4, true",
        "1, 0, -1, 0, 1, false",
        "100, 90, 120, 90, 120, true"
    })
    void roomBetweenPercentages(int desired, int min, int max, int floor, int ceiling, boolean first) {
        assertThat(Room.of(desired, min, max)).isEqualTo(new Room(floor, ceiling, first));
    }

    @ParameterizedTest
    @CsvSource({
        "30 6 * * 1-5, UTC, 2026-11-20T06:30:00Z, 2026-11-23T06:30:00Z",
        "*/15 * * * *, UTC, 2026-11-20T06:31:00Z, 2026-11-20T06:45:00Z",
        "0 2 29 2 *, UTC, 2026-11-20T06:31:00Z, 2028-02-29T02:00:00Z",
        "0 20 * * SUN, Europe/Berlin, 2026-11-20T00:00:00Z, 2026-11-22T19:00:00Z",
        // summer time ends: half past two comes twice
        "30 2 * * *, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
        "30 2 * * *, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        // summer time begins: it does not come at all
        "30 2 * * *, Europe/Berlin, 2026-03-28T02:00:00Z, 2026-03-30T00:30:00Z"
    })
    void nextMoment(String expression, String zone, Instant after, Instant next) {
        assertThat(new Cron(expression, ZoneId.of(zone)).next(after)).contains(next);
    }

    @ParameterizedTest
    @CsvSource({"'* * * *'", "'60 * * * *'", "'a * * * *'", "'5-1 * * * *'"})
    void badExpressionsAreRefused(String expression) {
        assertThatThrownBy(() -> new Cron(expression, ZoneId.of("UTC"))).isInstanceOf(AwsError.class);
    }

    @Test
    void whenASimplePolicyIsExecuted_thenDesiredChangesWithinBounds() {
        rig.group(4, "");
        rig.call(
                "PutScalingPolicy",
                "{'AutoScalingGroupName':'web','PolicyName':'half','AdjustmentType':'PercentChangeInCapacity',"
                        + "'ScalingAdjustment':-50}");
        rig.call("ExecutePolicy", "{'AutoScalingGroupName':'web','PolicyName':'half'}");
        assertThat(rig.group().path("DesiredCapacity").asInt()).isEqualTo(2);
        assertThat(rig.call("DescribePolicies", "{}").path("ScalingPolicies")).hasSize(1);
    }

    @Test
    void whenAStepPolicyIsExecuted_thenTheFittingStepCounts() {
        rig.group(4, "");
        rig.call(
                "PutScalingPolicy",
                "{'AutoScalingGroupName':'web','PolicyName':'up','PolicyType':'StepScaling',"
                        + "'AdjustmentType':'ChangeInCapacity','StepAdjustments':["
                        + "{'MetricIntervalLowerBound':0,'MetricIntervalUpperBound':10,'ScalingAdjustment':1},"
                        + "{'MetricIntervalLowerBound':10,'ScalingAdjustment':3}]}");
        rig.call(
                "ExecutePolicy",
                "{'AutoScalingGroupName':'web','PolicyName':'up','MetricValue':59.9,'BreachThreshold':50}");
        assertThat(rig.group().path("DesiredCapacity").asInt()).isEqualTo(5);
        rig.call(
                "ExecutePolicy",
                "{'AutoScalingGroupName':'web','PolicyName':'up','MetricValue':60,'BreachThreshold':50}");
        assertThat(rig.group().path("DesiredCapacity").asInt()).isEqualTo(8);
    }

    @Test
    void whenAScheduledActionIsDue_thenItResizesAndComesAgain() {
        rig.group(4, "");
        rig.call(
                "PutScheduledUpdateGroupAction",
                "{'AutoScalingGroupName':'web','ScheduledActionName':'night','Recurrence':'0 20 * * *',"
                        + "'MinSize':0,'DesiredCapacity':1}");
        rig.passMinutes(9 * 60);
        assertThat(rig.ids()).hasSize(1);
        assertThat(rig.activities().path(0).path("Cause").asText())
                .contains("a scheduled action update of AutoScalingGroup constraints to min: 0, max: 20, desired: 1"
                        + " changing the desired capacity from 4 to 1.");
        assertThat(rig.call("DescribeScheduledActions", "{}")
                        .path("ScheduledUpdateGroupActions")
                        .path(0)
                        .path("StartTime")
                        .asText())
                .isEqualTo("2026-11-23T20:00:00Z");
    }

    @Test
    void whenScheduledActionsAreSuspended_thenNothingHappens() {
        rig.group(4, "");
        rig.call("SuspendProcesses", "{'AutoScalingGroupName':'web','ScalingProcesses':['ScheduledActions']}");
        rig.call(
                "PutScheduledUpdateGroupAction",
                "{'AutoScalingGroupName':'web','ScheduledActionName':'night','StartTime':'2026-11-22T20:00:00Z',"
                        + "'DesiredCapacity':1}");
        rig.passMinutes(9 * 60);
        assertThat(rig.group().path("DesiredCapacity").asInt()).isEqualTo(4);
    }

    @Test
    void whenTagsPropagate_thenNewInstancesCarryThem() {
        rig.group(0, "'Tags':[{'Key':'a','Value':'1','PropagateAtLaunch':true},{'Key':'b','Value':'2'}]");
        rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':1}");
        rig.passMinutes(1);
        assertThat(rig.fleet.orders.get(0).tags())
                .containsEntry("a", "1")
                .containsEntry("aws:autoscaling:groupName", "web")
                .doesNotContainKey("b");
    }

    @Test
    void whenMoreThanFiftyGroups_thenPagesFollowAwsLimits() {
        for (int i = 0; i < 120; i++) {
            rig.call(
                    "CreateAutoScalingGroup",
                    "{'AutoScalingGroupName':'g%s','MinSize':0,'MaxSize':1,'LaunchTemplate':"
                            + "{'LaunchTemplateName':'web'},'VPCZoneIdentifier':'subnet-a',"
                            + "'Tags':[{'Key':'n','Value':'%s'}]}",
                    i,
                    i % 2);
        }
        var first = rig.call("DescribeAutoScalingGroups", "{}");
        assertThat(first.path("AutoScalingGroups")).hasSize(50);
        var second = rig.call(
                "DescribeAutoScalingGroups",
                "{'NextToken':'%s'}",
                first.path("NextToken").asText());
        assertThat(second.path("AutoScalingGroups")).hasSize(50);
        assertThat(rig.call("DescribeAutoScalingGroups", "{'MaxRecords':100}").path("AutoScalingGroups"))
                .hasSize(100);
        assertThatThrownBy(() -> rig.call("DescribeAutoScalingGroups", "{'MaxRecords':101}"))
                .isInstanceOf(AwsError.class);
        assertThat(rig.call(
                                "DescribeAutoScalingGroups",
                                "{'Filters':[{'Name':'tag:n','Values':['1']}],'MaxRecords':100}")
                        .path("AutoScalingGroups"))
                .hasSize(60);
        String names = String.join("','", java.util.Collections.nCopies(51, "g1"));
        assertThatThrownBy(() -> rig.call("DescribeAutoScalingGroups", "{'AutoScalingGroupNames':['" + names + "']}"))
                .hasMessageContaining("limited to 50");
        rig.call("DescribeAutoScalingGroups", "{'MaxRecords':100,'AutoScalingGroupNames':['" + names + "']}");
    }

    @Test
    void whenAMixedPolicyHasWeightsAndSpot_thenBothCount() {
        rig.call(
                "CreateAutoScalingGroup",
                "{'AutoScalingGroupName':'web','MinSize':0,'MaxSize':20,'DesiredCapacity':8,"
                        + "'VPCZoneIdentifier':'subnet-a,subnet-b','MixedInstancesPolicy':{'LaunchTemplate':{"
                        + "'LaunchTemplateSpecification':{'LaunchTemplateName':'web','Version':'1'},'Overrides':["
                        + "{'InstanceType':'m5.large','WeightedCapacity':'2'},"
                        + "{'InstanceType':'m5.xlarge','WeightedCapacity':'4'}]},"
                        + "'InstancesDistribution':{'OnDemandBaseCapacity':2,"
                        + "'OnDemandPercentageAboveBaseCapacity':0}}}");
        rig.passMinutes(2);
        assertThat(rig.fleet.orders).extracting(order -> order.spot()).containsExactly(false, true, true);
        assertThat(rig.fleet.orders)
                .extracting(order -> order.instanceType().orElse(""))
                .containsExactly("m5.large", "m5.large", "m5.xlarge");
        assertThat(rig.instances().path(0).path("WeightedCapacity").asText()).isEqualTo("2");
    }
}
