package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Fleet;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How groups grow, shrink, heal and balance. */
class GroupLifeTest {

    private final Rig rig = new Rig();

    private List<String> zones() {
        List<String> zones = new ArrayList<>();
        rig.instances().forEach(one -> zones.add(one.path("AvailabilityZone").asText()));
        return zones;
    }

    private JsonNode latest() {
        return rig.activities().path(0);
    }

    @Nested
    class Sizes {

        @Test
        void whenCreated_thenPendingAndThenInServiceEvenlyOverItsZones() {
            rig.call(
                    "CreateAutoScalingGroup",
                    "{'AutoScalingGroupName':'web','MinSize':1,'MaxSize':4,'DesiredCapacity':4,"
                            + "'LaunchTemplate':{'LaunchTemplateName':'web'},"
                            + "'VPCZoneIdentifier':'subnet-a,subnet-b'}");
            rig.pass(Duration.ofSeconds(3));
            assertThat(rig.states()).containsOnly("Pending").hasSize(4);
            assertThat(latest().path("StatusCode").asText()).isEqualTo("PreInService");
            assertThat(latest().path("Cause").asText())
                    .isEqualTo("At 2026-11-22T12:00:00Z a user request created an AutoScalingGroup changing the"
                            + " desired capacity from 0 to 4.  At 2026-11-22T12:00:02Z an instance was started in"
                            + " response to a difference between desired and actual capacity, increasing the capacity"
                            + " from 0 to 4.");

            rig.pass(Duration.ofSeconds(20));

            assertThat(rig.states()).containsOnly("InService");
            assertThat(zones()).containsExactlyInAnyOrder("a", "a", "b", "b");
            assertThat(rig.group().path("LaunchTemplate").path("Version").asText())
                    .isEqualTo("$Default");
            assertThat(rig.versions()).containsOnly("1");
            assertThat(latest().path("StatusCode").asText()).isEqualTo("Successful");
        }

        @Test
        void whenDesiredIsOutsideTheBounds_thenIsRefused() {
            rig.group(1, "");
            rig.call("UpdateAutoScalingGroup", "{'AutoScalingGroupName':'web','MinSize':1,'MaxSize':3}");
            rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':3}");
            assertThatThrownBy(
                            () -> rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':4}"))
                    .hasMessage("New SetDesiredCapacity value 4 is above max value 3 for the AutoScalingGroup.");
            assertThatThrownBy(
                            () -> rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':0}"))
                    .hasMessage("New SetDesiredCapacity value 0 is below min value 1 for the AutoScalingGroup.");
        }

        @Test
        void whenMinRisesAboveDesired_thenDesiredFollows() {
            rig.group(1, "");
            rig.call("UpdateAutoScalingGroup", "{'AutoScalingGroupName':'web','MinSize':3}");
            assertThat(rig.group().path("DesiredCapacity").asInt()).isEqualTo(3);
        }

        @Test
        void whenItShrinks_thenTheOldestTemplateGoesAndProtectedOnesStay() {
            rig.group(2, "");
            rig.call(
                    "UpdateAutoScalingGroup",
                    "{'AutoScalingGroupName':'web','DesiredCapacity':4,'LaunchTemplate':"
                            + "{'LaunchTemplateName':'web','Version':'2'}}");
            rig.passMinutes(5);
            rig.call(
                    "SetInstanceProtection",
                    "{'AutoScalingGroupName':'web','InstanceIds':['%s'],'ProtectedFromScaleIn':true}",
                    rig.ids().get(0));
            rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':2}");
            rig.passMinutes(5);
            assertThat(rig.versions()).containsExactly("1", "2");
            assertThat(latest().path("Cause").asText())
                    .contains("a user request explicitly set group desired capacity changing the desired capacity"
                            + " from 4 to 2.")
                    .contains("shrinking the capacity from 4 to 2.")
                    .endsWith("was selected for termination.");
        }

        @Test
        void whenAllAreProtected_thenNothingShrinks() {
            rig.group(2, "'NewInstancesProtectedFromScaleIn':true");
            rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':1}");
            rig.passMinutes(5);
            assertThat(rig.ids()).hasSize(2);
        }

        @Test
        void whenCooldownIsHonored_thenItBlocksUntilItsEnd() {
            rig.group(1, "");
            String up = "{'AutoScalingGroupName':'web','DesiredCapacity':2,'HonorCooldown':true}";
            assertThatThrownBy(() -> rig.call("SetDesiredCapacity", up))
                    .isInstanceOfSatisfying(
                            AwsError.class, error -> assertThat(error.code()).isEqualTo("ScalingActivityInProgress"));
            rig.passMinutes(5);
            rig.call("SetDesiredCapacity", up);
        }

        @Test
        void whenDeleted_thenInstancesMustBeForced() {
            rig.group(1, "");
            assertThatThrownBy(() -> rig.call("DeleteAutoScalingGroup", "{'AutoScalingGroupName':'web'}"))
                    .isInstanceOfSatisfying(
                            AwsError.class, error -> assertThat(error.code()).isEqualTo("ResourceInUse"));
            rig.call("DeleteAutoScalingGroup", "{'AutoScalingGroupName':'web','ForceDelete':true}");
            assertThat(rig.group().path("Status").asText()).isEqualTo("Delete in progress");
            rig.passMinutes(2);
            assertThat(rig.call("DescribeAutoScalingGroups", "{}").path("AutoScalingGroups"))
                    .isEmpty();
            assertThat(rig.autoScaling.recorder().orphans(Rig.AT)).isEmpty();
        }
    }

    @Nested
    class Failures {

        @Test
        void whenTheAmiIsBad_thenFailsAndBacksOff() {
            rig.group(1, "");
            AwsError bad = AwsError.client("InvalidAMIID.NotFound", "The image id '[ami-9]' does not exist.");
            rig.fleet.refusalByZone.put("a", Optional.of(bad));
            rig.fleet.refusalByZone.put("b", Optional.of(bad));
            rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':2}");
            rig.passMinutes(10);
            assertThat(latest().path("StatusCode").asText()).isEqualTo("Failed");
            assertThat(latest().path("Description").asText())
                    .isEqualTo("Launching a new EC2 instance.  Status Reason: The image id '[ami-9]' does not exist."
                            + " Launching EC2 instance failed.");
            assertThat(rig.activities().size()).isBetween(5, 8);

            rig.fleet.refusalByZone.clear();
            rig.passMinutes(20);
            assertThat(rig.ids()).hasSize(2);
        }

        @Test
        void whenOneZoneHasNoCapacity_thenTriesTheOther() {
            rig.fleet.refusalByZone.put(
                    "a",
                    Optional.of(
                            AwsError.client("InsufficientInstanceCapacity", "We currently do not have sufficient.")));
            rig.group(2, "");
            assertThat(zones()).containsExactly("b", "b");
        }

        @Test
        void whenTheZoneRecovers_thenTheGroupRebalances() {
            rig.fleet.refusalByZone.put(
                    "a",
                    Optional.of(
                            AwsError.client("InsufficientInstanceCapacity", "We currently do not have sufficient.")));
            rig.group(4, "");
            rig.fleet.refusalByZone.clear();
            rig.passMinutes(30);
            assertThat(zones()).containsExactlyInAnyOrder("a", "a", "b", "b");
        }

        @Test
        void whenRebalancingIsSuspended_thenZonesStayUneven() {
            rig.fleet.refusalByZone.put(
                    "a",
                    Optional.of(
                            AwsError.client("InsufficientInstanceCapacity", "We currently do not have sufficient.")));
            rig.call(
                    "CreateAutoScalingGroup",
                    "{'AutoScalingGroupName':'web','MinSize':0,'MaxSize':4,'LaunchTemplate':"
                            + "{'LaunchTemplateName':'web'},'VPCZoneIdentifier':'subnet-a,subnet-b'}");
            rig.call("SuspendProcesses", "{'AutoScalingGroupName':'web','ScalingProcesses':['AZRebalance']}");
            rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':4}");
            rig.passMinutes(3);
            rig.fleet.refusalByZone.clear();
            rig.passMinutes(30);
            assertThat(zones()).containsOnly("b");
        }
    }

    @Nested
    class Health {

        @Test
        void whenAnInstanceIsKilled_thenItIsReplaced() {
            rig.group(2, "'HealthCheckGracePeriod':600");
            String id = rig.ids().get(0);
            rig.fleet.kill(Rig.AT, id);
            rig.passMinutes(2);
            assertThat(rig.ids()).hasSize(2).doesNotContain(id);
            assertThat(rig.activities().path(1).path("Cause").asText())
                    .endsWith("an instance was taken out of service in response to an EC2 health check indicating it"
                            + " has been terminated or stopped.");
            assertThat(latest().path("Cause").asText())
                    .endsWith("an instance was launched in response to an unhealthy instance needing to be replaced.");
        }

        @Test
        void whenStatusChecksFail_thenItIsReplacedAfterTheGracePeriod() {
            rig.group(1, "'HealthCheckGracePeriod':600");
            String id = rig.ids().get(0);
            rig.fleet.become(Rig.AT, id, Fleet.Condition.IMPAIRED);
            rig.passMinutes(5);
            assertThat(rig.ids()).contains(id);
            rig.passMinutes(6);
            assertThat(rig.ids()).doesNotContain(id);
        }

        @Test
        void whenTheProcessIsSuspended_thenItIsMarkedOnlyOrNotAtAll() {
            rig.group(1, "");
            String id = rig.ids().get(0);
            rig.call("SuspendProcesses", "{'AutoScalingGroupName':'web','ScalingProcesses':['ReplaceUnhealthy']}");
            rig.fleet.become(Rig.AT, id, Fleet.Condition.IMPAIRED);
            rig.passMinutes(5);
            assertThat(rig.instances().path(0).path("HealthStatus").asText()).isEqualTo("Unhealthy");
            rig.call("ResumeProcesses", "{'AutoScalingGroupName':'web','ScalingProcesses':['ReplaceUnhealthy']}");
            rig.passMinutes(5);
            assertThat(rig.ids()).doesNotContain(id);
        }

        @Test
        void whenThePolicyWantsIt_thenTheReplacementIsLaunchedFirst() {
            rig.group(1, "'InstanceMaintenancePolicy':{'MinHealthyPercentage':100,'MaxHealthyPercentage':200}");
            String id = rig.ids().get(0);
            rig.call("SetInstanceHealth", "{'InstanceId':'%s','HealthStatus':'Unhealthy'}", id);
            rig.pass(Duration.ofSeconds(4));
            assertThat(rig.states()).containsExactly("InService", "Pending");
            rig.passMinutes(2);
            assertThat(rig.ids()).hasSize(1).doesNotContain(id);
        }
    }

    @Nested
    class Hooks {

        private void hook(String transition, String result) {
            rig.call(
                    "PutLifecycleHook",
                    "{'AutoScalingGroupName':'web','LifecycleHookName':'h','LifecycleTransition':"
                            + "'autoscaling:EC2_INSTANCE_%s','HeartbeatTimeout':300,'DefaultResult':'%s'}",
                    transition,
                    result);
        }

        private void grow() {
            rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':1}");
            rig.pass(Duration.ofSeconds(20));
        }

        @Test
        void whenCompleted_thenGoesIntoService() {
            rig.group(0, "");
            hook("LAUNCHING", "ABANDON");
            grow();
            assertThat(rig.states()).containsExactly("Pending:Wait");
            rig.call(
                    "CompleteLifecycleAction",
                    "{'AutoScalingGroupName':'web','LifecycleHookName':'h','InstanceId':'%s',"
                            + "'LifecycleActionResult':'CONTINUE'}",
                    rig.ids().get(0));
            assertThat(rig.states()).containsExactly("InService");
        }

        @Test
        void whenNobodyAnswers_thenTheDefaultResultHolds() {
            rig.group(0, "");
            hook("LAUNCHING", "ABANDON");
            grow();
            String id = rig.ids().get(0);
            rig.pass(Duration.ofSeconds(280));
            assertThat(rig.states()).containsExactly("Pending:Wait");
            rig.pass(Duration.ofSeconds(20));
            assertThat(rig.ids().get(0)).isEqualTo(id);
            assertThat(rig.states()).contains("Terminating:Proceed");
            JsonNode abandoned = rig.call("DescribeScalingActivities", "{}").path("Activities");
            assertThat(abandoned.toString()).contains("was abandoned: Heartbeat Timeout");
        }

        @Test
        void whenAHeartbeatComes_thenWaitsOn() {
            rig.group(0, "");
            hook("LAUNCHING", "CONTINUE");
            grow();
            rig.pass(Duration.ofSeconds(200));
            rig.call(
                    "RecordLifecycleActionHeartbeat",
                    "{'AutoScalingGroupName':'web','LifecycleHookName':'h','InstanceId':'%s'}",
                    rig.ids().get(0));
            rig.pass(Duration.ofSeconds(290));
            assertThat(rig.states()).containsExactly("Pending:Wait");
            rig.pass(Duration.ofSeconds(20));
            assertThat(rig.states()).containsExactly("InService");
        }

        @Test
        void whenTerminating_thenWaitsBeforeTheEnd() {
            rig.group(1, "");
            hook("TERMINATING", "CONTINUE");
            rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':0}");
            rig.passMinutes(1);
            assertThat(rig.states()).containsExactly("Terminating:Wait");
            rig.passMinutes(6);
            assertThat(rig.ids()).isEmpty();
        }
    }

    @Nested
    class Excursions {

        @Test
        void whenStandbyIsNotDecremented_thenAReplacementIsLaunched() {
            rig.group(1, "");
            String id = rig.ids().get(0);
            rig.call(
                    "EnterStandby",
                    "{'AutoScalingGroupName':'web','InstanceIds':['%s'],'ShouldDecrementDesiredCapacity':false}",
                    id);
            rig.passMinutes(1);
            assertThat(rig.states()).containsExactly("Standby", "InService");
            rig.call("ExitStandby", "{'AutoScalingGroupName':'web','InstanceIds':['%s']}", id);
            rig.passMinutes(1);
            assertThat(rig.states()).containsExactly("InService", "InService");
            assertThat(rig.group().path("DesiredCapacity").asInt()).isEqualTo(2);
        }

        @Test
        void whenDetachedAndAttached_thenItRunsOnAndComesBack() {
            rig.group(2, "");
            String id = rig.ids().get(0);
            rig.call(
                    "DetachInstances",
                    "{'AutoScalingGroupName':'web','InstanceIds':['%s'],'ShouldDecrementDesiredCapacity':true}",
                    id);
            rig.passMinutes(1);
            assertThat(rig.ids()).hasSize(1);
            rig.call("AttachInstances", "{'AutoScalingGroupName':'web','InstanceIds':['%s']}", id);
            rig.passMinutes(1);
            assertThat(rig.ids()).contains(id).hasSize(2);
        }

        @Test
        void whenTerminatedByRequest_thenReplacedOrShrunk() {
            rig.group(2, "");
            JsonNode activity = rig.call(
                            "TerminateInstanceInAutoScalingGroup",
                            "{'InstanceId':'%s','ShouldDecrementDesiredCapacity':false}",
                            rig.ids().get(0))
                    .path("Activity");
            assertThat(activity.path("Cause").asText())
                    .endsWith("was taken out of service in response to a user request.");
            rig.passMinutes(2);
            assertThat(rig.ids()).hasSize(2);
            rig.call(
                    "TerminateInstanceInAutoScalingGroup",
                    "{'AutoScalingGroupName':'web','InstanceIds':['%s','%s'],'ShouldDecrementDesiredCapacity':true}",
                    rig.ids().get(0),
                    rig.ids().get(1));
            rig.passMinutes(2);
            assertThat(rig.ids()).isEmpty();
        }

        @Test
        void whenLaunchedByRequest_thenAnswersAtOnceAndOncePerToken() {
            rig.group(1, "");
            String request = "{'AutoScalingGroupName':'web','RequestedCapacity':2,'ClientToken':'t'}";
            JsonNode first = rig.call("LaunchInstances", request);
            JsonNode second = rig.call("LaunchInstances", request);
            assertThat(first.path("Instances")).hasSize(2);
            assertThat(second).isEqualTo(first);
            assertThat(rig.group().path("DesiredCapacity").asInt()).isEqualTo(3);
            rig.passMinutes(2);
            assertThat(rig.ids()).hasSize(3);
        }
    }
}
