package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/** Warm pools by the AWS SDK: two instances serve, two are kept stopped. */
class WarmPoolTest {

    private final SdkAccount account = new SdkAccount(SdkAccount.WEB);

    @BeforeEach
    void putWarmPool() {
        account.autoScaling.putWarmPool(r ->
                r.autoScalingGroupName("web").poolState("Stopped").instanceReusePolicy(p -> p.reuseOnScaleIn(true)));
    }

    private DescribeWarmPoolResponse pool() {
        return account.autoScaling.describeWarmPool(r -> r.autoScalingGroupName("web"));
    }

    private List<String> warmIds() {
        return pool().instances().stream().map(Instance::instanceId).toList();
    }

    @Test
    void whenItIsPut_thenInstancesUpToTheMaximumArePreparedAndStopped() {
        // when
        account.pass(Duration.ofMinutes(5));

        // then
        assertThat(pool().instances())
                .hasSize(2)
                .allMatch(instance -> instance.lifecycleState() == LifecycleState.WARMED_STOPPED);
        assertThat(account.group().instances()).hasSize(2);
        assertThat(account.group().warmPoolSize()).isEqualTo(2);
        assertThat(account.ec2.describeInstances(r -> r.instanceIds(warmIds())).reservations())
                .allMatch(reservation ->
                        reservation.instances().get(0).state().nameAsString().equals("stopped"));
        assertThat(account.autoScaling.describeAutoScalingInstances(r -> {}).autoScalingInstances())
                .hasSize(4);
    }

    @Test
    void whenTheGroupScalesOutAndIn_thenInstancesLeaveThePoolAndComeBack() {
        // given
        account.pass(Duration.ofMinutes(5));
        List<String> warm = warmIds();

        // when
        account.autoScaling.setDesiredCapacity(
                r -> r.autoScalingGroupName("web").desiredCapacity(4));
        account.pass(Duration.ofMinutes(5));

        // then
        assertThat(account.group().instances()).extracting(Instance::instanceId).containsAll(warm);
        assertThat(pool().instances()).isEmpty();
        assertThat(account.autoScaling
                        .describeScalingActivities(r -> r.autoScalingGroupName("web"))
                        .activities())
                .anyMatch(activity -> activity.description().startsWith("Launching a new EC2 instance from warm pool"));

        // when
        account.autoScaling.setDesiredCapacity(
                r -> r.autoScalingGroupName("web").desiredCapacity(2));
        account.pass(Duration.ofMinutes(5));

        // then
        assertThat(pool().instances())
                .hasSize(2)
                .allMatch(instance -> instance.lifecycleState() == LifecycleState.WARMED_STOPPED);
        assertThat(account.group().instances()).hasSize(2);
    }

    @Test
    void whenTheGroupHasALaunchHook_thenItWaitsForItOnTheWayIntoThePoolAndOutOfIt() {
        // given
        account.autoScaling.putLifecycleHook(r -> r.autoScalingGroupName("web")
                .lifecycleHookName("prepare")
                .lifecycleTransition("autoscaling:EC2_INSTANCE_LAUNCHING")
                .heartbeatTimeout(600)
                .defaultResult("CONTINUE"));

        // when
        account.pass(Duration.ofMinutes(2));

        // then
        assertThat(pool().instances())
                .allMatch(instance -> instance.lifecycleState() == LifecycleState.WARMED_PENDING_WAIT);
        warmIds()
                .forEach(id -> account.autoScaling.completeLifecycleAction(r -> r.autoScalingGroupName("web")
                        .lifecycleHookName("prepare")
                        .instanceId(id)
                        .lifecycleActionResult("CONTINUE")));
        account.pass(Duration.ofMinutes(2));
        assertThat(pool().instances()).allMatch(instance -> instance.lifecycleState() == LifecycleState.WARMED_STOPPED);
    }

    @Test
    void whenTheGroupIsRefreshed_thenThePoolIsToo() {
        // given
        account.pass(Duration.ofMinutes(5));
        List<String> old = warmIds();

        // when
        account.autoScaling.startInstanceRefresh(r -> r.autoScalingGroupName("web")
                .desiredConfiguration(
                        d -> d.launchTemplate(t -> t.launchTemplateName("web").version("2")))
                .preferences(p -> p.minHealthyPercentage(50).instanceWarmup(30).skipMatching(true)));
        account.pass(Duration.ofSeconds(10));

        // then
        assertThat(account.refresh().progressDetails().warmPoolProgress().instancesToUpdate())
                .isEqualTo(2);
        account.pass(Duration.ofMinutes(30));
        assertThat(account.refresh().status()).isEqualTo(InstanceRefreshStatus.SUCCESSFUL);
        assertThat(account.refresh().percentageComplete()).isEqualTo(100);
        assertThat(pool().instances())
                .hasSize(2)
                .allMatch(instance -> instance.launchTemplate().version().equals("2"));
        assertThat(warmIds()).doesNotContainAnyElementsOf(old);
    }

    @Test
    void whenItIsDeleted_thenItsInstancesAreTerminated() {
        // given
        account.pass(Duration.ofMinutes(5));

        // when
        account.autoScaling.deleteWarmPool(r -> r.autoScalingGroupName("web"));

        // then
        assertThat(pool().warmPoolConfiguration().statusAsString()).isEqualTo("PendingDelete");
        account.pass(Duration.ofMinutes(5));
        assertThat(pool().warmPoolConfiguration()).isNull();
        assertThat(account.group().instances()).hasSize(2);
        assertThatThrownBy(() -> account.autoScaling.deleteWarmPool(r -> r.autoScalingGroupName("web")))
                .isInstanceOf(AutoScalingException.class)
                .hasMessageContaining("No warm pool found");
    }
}
