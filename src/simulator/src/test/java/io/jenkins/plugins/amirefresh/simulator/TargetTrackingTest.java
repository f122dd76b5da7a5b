package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.MetricType;

/** A group that bears a declared load and keeps its instances at a target. */
class TargetTrackingTest {

    private static final String YAML = SdkAccount.WEB.replace(
            "min: 1, desired: 2, max: 4}", "min: 1, desired: 4, max: 8, load: 160, healthCheckGracePeriod: 1m}");

    private final SdkAccount account = new SdkAccount(YAML);

    private void track(double target, boolean disableScaleIn) {
        account.autoScaling.putScalingPolicy(r -> r.autoScalingGroupName("web")
                .policyName("cpu")
                .policyType("TargetTrackingScaling")
                .targetTrackingConfiguration(t -> t.targetValue(target)
                        .disableScaleIn(disableScaleIn)
                        .predefinedMetricSpecification(
                                m -> m.predefinedMetricType(MetricType.ASG_AVERAGE_CPU_UTILIZATION))));
    }

    @Test
    void whenTheLoadIsAboveTheTarget_thenItScalesOutAfterThreeMinutes() {
        // given: 160 on 4 instances is 40 each
        track(25, false);

        // when
        account.pass(Duration.ofSeconds(170));
        int before = account.group().desiredCapacity();
        account.pass(Duration.ofMinutes(3));

        // then: 160 / 25 is 6.4
        assertThat(before).isEqualTo(4);
        assertThat(account.group().desiredCapacity()).isEqualTo(7);
        assertThat(account.autoScaling
                        .describeScalingActivities(r -> r.autoScalingGroupName("web"))
                        .activities()
                        .get(0)
                        .cause())
                .contains("a monitor alarm TargetTracking-web-AlarmHigh in state ALARM triggered policy cpu changing"
                        + " the desired capacity from 4 to 7.");
    }

    @Test
    void whenTheLoadIsFarBelowTheTarget_thenItScalesInAfterFifteenMinutesUnlessForbidden() {
        // given
        SdkAccount kept = new SdkAccount(YAML);
        kept.autoScaling.putScalingPolicy(r -> r.autoScalingGroupName("web")
                .policyName("cpu")
                .policyType("TargetTrackingScaling")
                .targetTrackingConfiguration(t -> t.targetValue(80.0).disableScaleIn(true)));
        track(80, false);

        // when
        account.pass(Duration.ofMinutes(14));
        int before = account.group().desiredCapacity();
        account.pass(Duration.ofMinutes(5));
        kept.pass(Duration.ofMinutes(19));

        // then
        assertThat(before).isEqualTo(4);
        assertThat(account.group().desiredCapacity()).isEqualTo(2);
        assertThat(kept.group().desiredCapacity()).isEqualTo(4);
    }

    @Test
    void whenARefreshTakesInstancesAway_thenThePolicyFightsIt() {
        // given: 40 each is on target as long as all four serve
        track(45, true);
        account.pass(Duration.ofMinutes(10));
        assertThat(account.group().desiredCapacity()).isEqualTo(4);

        // when
        account.autoScaling.startInstanceRefresh(r -> r.autoScalingGroupName("web")
                .desiredConfiguration(
                        d -> d.launchTemplate(t -> t.launchTemplateName("web").version("2")))
                .preferences(p -> p.minHealthyPercentage(50).instanceWarmup(300)));
        account.pass(Duration.ofMinutes(90));

        // then: two of four bear 80 each
        assertThat(account.simulator.effects())
                .anyMatch(effect -> effect.change().equals("desired capacity 4 -> 8 by policy cpu"));
        assertThat(account.refresh().status()).isEqualTo(InstanceRefreshStatus.SUCCESSFUL);
        assertThat(account.group().instances()).hasSize(8);
    }

    @Test
    void whenAlarmNotificationIsSuspended_thenNothingScales() {
        // given
        track(10, false);
        account.autoScaling.suspendProcesses(r -> r.autoScalingGroupName("web").scalingProcesses("AlarmNotification"));

        // when
        account.pass(Duration.ofMinutes(30));

        // then
        assertThat(account.group().desiredCapacity()).isEqualTo(4);
    }
}
