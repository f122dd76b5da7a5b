package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How instance refreshes end: cancelled, rolled back, failed, baked, forgotten. */
class InstanceRefreshEndTest {

    private final Rig rig = new Rig();

    @Test
    void whenOneIsActive_thenASecondIsRefused() {
        rig.group(1, "");
        rig.refresh("");
        assertThatThrownBy(() -> rig.refresh(""))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo("InstanceRefreshInProgress"));
    }

    @Test
    void whenNoneIsActive_thenCancelAndRollbackAreRefused() {
        rig.group(1, "");
        assertThatThrownBy(() -> rig.call("CancelInstanceRefresh", "{'AutoScalingGroupName':'web'}"))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo("ActiveInstanceRefreshNotFound"));
        assertThatThrownBy(() -> rig.call("RollbackInstanceRefresh", "{'AutoScalingGroupName':'web'}"))
                .isInstanceOf(AwsError.class);
    }

    @Test
    void whenCancelled_thenFinishesWhatBeganAndKeepsTheRest() {
        rig.group(4, "");
        rig.refresh("");
        rig.pass(Duration.ofSeconds(10));
        rig.call("CancelInstanceRefresh", "{'AutoScalingGroupName':'web'}");
        assertThat(rig.status()).isEqualTo("Cancelling");
        rig.passMinutes(5);
        assertThat(rig.status()).isEqualTo("Cancelled");
        assertThat(rig.refresh().path("StatusReason").asText()).isEqualTo("Cancelled due to user request.");
        assertThat(rig.versions()).filteredOn("1"::equals).hasSize(3);
        assertThat(rig.group().path("LaunchTemplate").path("Version").asText()).isEqualTo("1");
    }

    @Test
    void whenRolledBack_thenNewInstancesAreReplacedByOldOnes() {
        rig.group(4, "");
        rig.refresh("'CheckpointPercentages':[50,100]");
        rig.passMinutes(10);
        rig.call("RollbackInstanceRefresh", "{'AutoScalingGroupName':'web'}");
        assertThat(rig.status()).isEqualTo("RollbackInProgress");
        assertThat(rig.refresh()
                        .path("RollbackDetails")
                        .path("PercentageCompleteOnRollback")
                        .asInt())
                .isEqualTo(50);
        rig.passMinutes(10);
        assertThat(rig.status()).isEqualTo("RollbackSuccessful");
        assertThat(rig.versions()).containsOnly("1").hasSize(4);
        assertThat(rig.refresh().path("PercentageComplete").asInt()).isZero();
    }

    @Test
    void whenTheGroupIsOnLatest_thenRollingBackIsRefused() {
        rig.group(1, "");
        rig.call(
                "UpdateAutoScalingGroup",
                "{'AutoScalingGroupName':'web','LaunchTemplate':"
                        + "{'LaunchTemplateName':'web','Version':'$Latest'}}");
        assertThatThrownBy(() -> rig.refresh("'AutoRollback':true")).isInstanceOf(AwsError.class);
        rig.refresh("");
        rig.pass(Duration.ofSeconds(10));
        assertThatThrownBy(() -> rig.call("RollbackInstanceRefresh", "{'AutoScalingGroupName':'web'}"))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo("IrreversibleInstanceRefresh"));
    }

    @Test
    void whenLaunchesFailForAnHour_thenFailsOrRollsBack() {
        rig.group(2, "");
        rig.refresh("'AutoRollback':true");
        rig.fleet.refusalByZone.put("a", Optional.of(AwsError.client("InvalidAMIID.NotFound", "no ami")));
        rig.fleet.refusalByZone.put("b", Optional.of(AwsError.client("InvalidAMIID.NotFound", "no ami")));
        rig.passMinutes(61);
        assertThat(rig.status()).isEqualTo("RollbackInProgress");
        rig.fleet.refusalByZone.clear();
        rig.passMinutes(30);
        assertThat(rig.status()).isEqualTo("RollbackSuccessful");
        assertThat(rig.versions()).containsOnly("1").hasSize(2);
    }

    @Test
    void whenItBakes_thenSucceedsOnlyAfterwards() {
        rig.group(1, "");
        rig.refresh("'BakeTime':1800");
        rig.passMinutes(5);
        assertThat(rig.status()).isEqualTo("Baking");
        rig.passMinutes(30);
        assertThat(rig.status()).isEqualTo("Successful");
    }

    @Test
    void whenSixWeeksPass_thenItIsForgotten() {
        rig.group(1, "");
        rig.refresh("");
        rig.pass(Duration.ofDays(41));
        assertThat(rig.refresh()).isNotNull();
        rig.pass(Duration.ofDays(2));
        assertThat(rig.call("DescribeInstanceRefreshes", "{'AutoScalingGroupName':'web'}")
                        .path("InstanceRefreshes"))
                .isEmpty();
    }

    @Test
    void whenTheGroupIsReconfiguredMeanwhile_thenIsRefused() {
        rig.group(1, "");
        rig.refresh("");
        assertThatThrownBy(() -> rig.call(
                        "UpdateAutoScalingGroup",
                        "{'AutoScalingGroupName':'web','LaunchTemplate':"
                                + "{'LaunchTemplateName':'web','Version':'3'}}"))
                .hasMessageStartingWith("An active instance refresh with a desired configuration exists.");
        rig.call("UpdateAutoScalingGroup", "{'AutoScalingGroupName':'web','MaxSize':9}");
    }

    @Test
    void whenTheProcessIsSuspended_thenItPauses() {
        rig.group(2, "");
        rig.call("SuspendProcesses", "{'AutoScalingGroupName':'web','ScalingProcesses':['InstanceRefresh']}");
        rig.refresh("");
        rig.passMinutes(10);
        assertThat(rig.versions()).containsOnly("1");
        rig.call("ResumeProcesses", "{'AutoScalingGroupName':'web','ScalingProcesses':['InstanceRefresh']}");
        rig.passMinutes(10);
        assertThat(rig.versions()).containsOnly("2");
    }
}
