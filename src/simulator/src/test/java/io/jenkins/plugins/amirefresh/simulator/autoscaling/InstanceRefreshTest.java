package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** StartInstanceRefresh and what follows, preference by preference. */
class InstanceRefreshTest {

    private final Rig rig = new Rig();

    @Test
    void whenNothingIsSaid_thenReplacesAllAndStoresTheConfiguration() {
        rig.group(4, "");
        String id = rig.refresh("");
        assertThat(rig.status()).isEqualTo("Pending");

        rig.passMinutes(30);

        assertThat(rig.status()).isEqualTo("Successful");
        assertThat(rig.refresh().path("InstanceRefreshId").asText()).isEqualTo(id);
        assertThat(rig.refresh().path("PercentageComplete").asInt()).isEqualTo(100);
        assertThat(rig.refresh().path("InstancesToUpdate").asInt()).isZero();
        assertThat(rig.versions()).containsOnly("2").hasSize(4);
        assertThat(rig.group().path("LaunchTemplate").path("Version").asText()).isEqualTo("2");
        assertThat(rig.refresh()
                        .path("Preferences")
                        .path("MinHealthyPercentage")
                        .asInt())
                .isEqualTo(90);
    }

    @Nested
    class Bounds {

        @Test
        void whenNinetyPercentOfFourLeavesNoRoom_thenOneAtATimeIsTerminatedFirst() {
            rig.group(4, "");
            Instant from = rig.now();
            rig.refresh("");
            rig.passMinutes(30);
            assertThat(rig.lowest(from)).isEqualTo(3);
        }

        @Test
        void whenHalfMustStay_thenTwoOfFourGoAtOnce() {
            rig.group(4, "");
            Instant from = rig.now();
            rig.refresh("'MinHealthyPercentage':50");
            rig.passMinutes(30);
            assertThat(rig.lowest(from)).isEqualTo(2);
            assertThat(rig.status()).isEqualTo("Successful");
        }

        @Test
        void whenNoneMustStay_thenAllGoAtOnce() {
            rig.group(4, "");
            Instant from = rig.now();
            rig.refresh("'MinHealthyPercentage':0");
            rig.pass(Duration.ofSeconds(8));
            assertThat(rig.states()).filteredOn("Terminating:Proceed"::equals).hasSize(4);
            rig.passMinutes(30);
            assertThat(rig.lowest(from)).isZero();
        }

        @Test
        void whenAllMustStay_thenLaunchesOneFirst() {
            rig.group(1, "");
            Instant from = rig.now();
            rig.refresh("'MinHealthyPercentage':100");
            rig.pass(Duration.ofSeconds(8));
            assertThat(rig.states()).containsExactly("InService", "Pending");
            rig.passMinutes(5);
            assertThat(rig.lowest(from)).isEqualTo(1);
            assertThat(rig.status()).isEqualTo("Successful");
        }

        @Test
        void whenTheOnlyInstanceIsReplacedByDefault_thenNothingServesMeanwhile() {
            rig.group(1, "");
            Instant from = rig.now();
            rig.refresh("");
            rig.passMinutes(5);
            assertThat(rig.lowest(from)).isZero();
        }

        @Test
        void whenMaxIsGiven_thenSurgesAndNeverFalls() {
            rig.group(4, "");
            Instant from = rig.now();
            rig.refresh("'MinHealthyPercentage':100,'MaxHealthyPercentage':150");
            rig.pass(Duration.ofSeconds(8));
            assertThat(rig.states()).filteredOn("Pending"::equals).hasSize(2);
            rig.passMinutes(10);
            assertThat(rig.lowest(from)).isEqualTo(4);
            assertThat(rig.status()).isEqualTo("Successful");
            assertThat(rig.ids()).hasSize(4);
        }

        @Test
        void whenTheGroupHasAMaintenancePolicy_thenItIsTheDefault() {
            rig.group(4, "'InstanceMaintenancePolicy':{'MinHealthyPercentage':100,'MaxHealthyPercentage':200}");
            rig.refresh("");
            rig.pass(Duration.ofSeconds(8));
            assertThat(rig.states()).filteredOn("Pending"::equals).hasSize(4);
        }

        @Test
        void whenMinAndMaxAreMoreThanHundredApart_thenIsRefused() {
            rig.group(1, "");
            assertThatThrownBy(() -> rig.refresh("'MinHealthyPercentage':99,'MaxHealthyPercentage':200"))
                    .isInstanceOf(AwsError.class)
                    .hasMessageContaining("cannot be greater than 100");
            rig.refresh("'MinHealthyPercentage':100,'MaxHealthyPercentage':200");
        }
    }

    @Nested
    class Warmup {

        @Test
        void whenAnInstanceWarmsUp_thenTheNextWaits() {
            rig.group(2, "'DefaultInstanceWarmup':600");
            rig.passMinutes(10);
            rig.refresh("");
            rig.passMinutes(9);
            assertThat(rig.refresh().path("StatusReason").asText())
                    .startsWith("Waiting for instances to warm up before continuing. For example: i-")
                    .endsWith(" is warming up.");
            assertThat(rig.refresh().path("InstancesToUpdate").asInt()).isEqualTo(1);
            rig.passMinutes(3);
            assertThat(rig.refresh().path("PercentageComplete").asInt()).isEqualTo(50);
            rig.passMinutes(12);
            assertThat(rig.status()).isEqualTo("Successful");
        }

        @Test
        void whenTheRequestSaysItsOwnWarmup_thenItHolds() {
            rig.group(1, "'DefaultInstanceWarmup':600");
            rig.passMinutes(10);
            rig.refresh("'InstanceWarmup':0");
            rig.passMinutes(2);
            assertThat(rig.status()).isEqualTo("Successful");
        }
    }

    @Nested
    class Checkpoints {

        @Test
        void whenACheckpointIsReached_thenWaitsItsDelay() {
            rig.group(10, "");
            rig.refresh("'MinHealthyPercentage':50,'CheckpointPercentages':[20,100],'CheckpointDelay':600");
            rig.passMinutes(9);
            assertThat(rig.versions()).filteredOn("2"::equals).hasSize(2);
            assertThat(rig.refresh().path("PercentageComplete").asInt()).isEqualTo(20);
            rig.passMinutes(10);
            assertThat(rig.status()).isEqualTo("Successful");
            assertThat(rig.versions()).containsOnly("2");
        }

        @Test
        void whenTheLastIsBelowHundred_thenStopsThereSuccessfully() {
            rig.group(4, "");
            rig.refresh("'CheckpointPercentages':[50]");
            rig.passMinutes(20);
            assertThat(rig.status()).isEqualTo("Successful");
            assertThat(rig.refresh().path("PercentageComplete").asInt()).isEqualTo(50);
            assertThat(rig.versions()).filteredOn("2"::equals).hasSize(2);
        }

        @Test
        void whenTheyDescend_thenIsRefused() {
            rig.group(1, "");
            assertThatThrownBy(() -> rig.refresh("'CheckpointPercentages':[50,50]"))
                    .isInstanceOf(AwsError.class);
            assertThatThrownBy(() -> rig.refresh("'CheckpointDelay':60")).isInstanceOf(AwsError.class);
        }
    }

    @Nested
    class SkipMatching {

        @Test
        void whenAllMatch_thenNothingIsReplaced() {
            rig.group(2, "");
            List<String> before = rig.ids();
            rig.call("StartInstanceRefresh", "{'AutoScalingGroupName':'web','Preferences':{'SkipMatching':true}}");
            rig.passMinutes(2);
            assertThat(rig.status()).isEqualTo("Successful");
            assertThat(rig.ids()).isEqualTo(before);
        }

        @Test
        void whenItIsOff_thenMatchingInstancesAreReplacedToo() {
            rig.group(2, "");
            List<String> before = rig.ids();
            rig.call("StartInstanceRefresh", "{'AutoScalingGroupName':'web'}");
            rig.passMinutes(10);
            assertThat(rig.ids()).doesNotContainAnyElementsOf(before);
        }
    }

    @Nested
    class ProtectedAndStandby {

        private String protectOne() {
            String id = rig.ids().get(0);
            rig.call(
                    "SetInstanceProtection",
                    "{'AutoScalingGroupName':'web','InstanceIds':['%s'],'ProtectedFromScaleIn':true}",
                    id);
            return id;
        }

        @Test
        void whenWaiting_thenFailsAfterOneHour() {
            rig.group(2, "");
            String id = protectOne();
            rig.refresh("");
            rig.passMinutes(55);
            assertThat(rig.status()).isEqualTo("InProgress");
            assertThat(rig.refresh().path("StatusReason").asText()).contains(id);
            rig.passMinutes(10);
            assertThat(rig.status()).isEqualTo("Failed");
            assertThat(rig.group().path("LaunchTemplate").path("Version").asText())
                    .isEqualTo("1");
        }

        @Test
        void whenProtectionIsLiftedWithinTheHour_thenGoesOn() {
            rig.group(2, "");
            String id = protectOne();
            rig.refresh("");
            rig.passMinutes(50);
            rig.call(
                    "SetInstanceProtection",
                    "{'AutoScalingGroupName':'web','InstanceIds':['%s'],'ProtectedFromScaleIn':false}",
                    id);
            rig.passMinutes(10);
            assertThat(rig.status()).isEqualTo("Successful");
        }

        @Test
        void whenIgnored_thenTheyStay() {
            rig.group(2, "");
            String id = protectOne();
            rig.refresh("'ScaleInProtectedInstances':'Ignore'");
            rig.passMinutes(10);
            assertThat(rig.status()).isEqualTo("Successful");
            assertThat(rig.ids()).contains(id);
        }

        @Test
        void whenRefreshed_thenTheyGo() {
            rig.group(2, "");
            String id = protectOne();
            rig.refresh("'ScaleInProtectedInstances':'Refresh'");
            rig.passMinutes(10);
            assertThat(rig.ids()).doesNotContain(id);
        }

        @Test
        void whenStandbyIsTerminated_thenItIsReplacedByNothing() {
            rig.group(2, "");
            String id = rig.ids().get(0);
            rig.call(
                    "EnterStandby",
                    "{'AutoScalingGroupName':'web','InstanceIds':['%s'],'ShouldDecrementDesiredCapacity':true}",
                    id);
            rig.refresh("'StandbyInstances':'Terminate'");
            rig.passMinutes(10);
            assertThat(rig.status()).isEqualTo("Successful");
            assertThat(rig.versions()).containsExactly("2");
        }

        @Test
        void whenStandbyIsWaitedFor_thenFailsAfterOneHour() {
            rig.group(2, "");
            rig.call(
                    "EnterStandby",
                    "{'AutoScalingGroupName':'web','InstanceIds':['%s'],'ShouldDecrementDesiredCapacity':true}",
                    rig.ids().get(0));
            rig.refresh("");
            rig.passMinutes(70);
            assertThat(rig.status()).isEqualTo("Failed");
        }
    }
}
