package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.account.AccountFileException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.LimitExceededException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What AWS does not let an account do: too many calls, too many machines, too many groups. */
class LimitsTest {

    private static final String BUCKETS = SdkAccount.WEB
            + """
            faults:
              - {service: ec2, bucket: {}}
              - {service: autoscaling, bucket: {capacity: 3, perSecond: 0.5}}
            """;

    private static final String QUOTAS =
            SdkAccount.WEB.replace("images:", "quotas: {vcpus: 8, autoScalingGroups: 1}\n        images:");

    private static int untilThrottled(Runnable call) {
        for (int n = 0; n < 2000; n++) {
            try {
                call.run();
            } catch (Ec2Exception refusal) {
                assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("RequestLimitExceeded");
                assertThat(refusal.statusCode()).isEqualTo(503);
                return n;
            }
        }
        return -1;
    }

    @Test
    void whenAnApiIsCalledTooOften_thenItsBucketOfAwssSizeIsEmptyAndRefills() {
        // given
        SdkAccount account = new SdkAccount(BUCKETS);
        Runnable all = () -> account.ec2.describeInstances();
        Runnable paged = () -> account.ec2.describeInstances(r -> r.maxResults(5));

        // then
        assertThat(untilThrottled(all)).isEqualTo(50);
        assertThat(untilThrottled(() -> account.ec2.describeVolumes(r -> r.maxResults(5))))
                .isEqualTo(100);
        account.pass(Duration.ofSeconds(2));
        assertThat(untilThrottled(all)).isEqualTo(20);
        account.pass(Duration.ofMinutes(1));
        assertThat(untilThrottled(paged)).isBetween(50, 100);
    }

    @Test
    void whenManyInstancesAreLaunchedAtOnce_thenEachTakesATokenToo() {
        // given
        SdkAccount account = new SdkAccount(BUCKETS);
        Runnable launch = () -> account.ec2.runInstances(r ->
                r.launchTemplate(t -> t.launchTemplateName("web")).minCount(1).maxCount(400));

        // when
        int launched = untilThrottled(launch);

        // then
        assertThat(launched).isEqualTo(2);
    }

    @Test
    void whenAServiceHasADeclaredBucket_thenOtherApisOfItGoOn() {
        // given
        SdkAccount account = new SdkAccount(BUCKETS);
        for (int n = 0; n < 3; n++) {
            account.group();
        }

        // then
        assertThatThrownBy(account::group).hasMessageContaining("Rate exceeded");
        account.autoScaling.describeScalingActivities(r -> r.autoScalingGroupName("web"));
        account.pass(Duration.ofSeconds(2));
        account.group();
        assertThatThrownBy(account::group).hasMessageContaining("Rate exceeded");
    }

    @Test
    void whenABucketHasNoFiguresAnywhere_thenTheFileIsRefusedWithItsLine() {
        assertThatThrownBy(
                        () -> new SdkAccount(
                                SdkAccount.WEB
                                        + """
                        faults:
                          - {service: autoscaling, bucket: {}}
                        """))
                .isInstanceOf(AccountFileException.class)
                .hasMessageContaining("AWS publishes the buckets of service ec2 only")
                .hasMessageContaining(":17");
    }

    @Test
    void whenTheVcpusAreUsedUp_thenTheGroupsLaunchFailsAndSaysSo() {
        // given: two t3.micro have four
        SdkAccount account = new SdkAccount(QUOTAS);

        // when
        account.autoScaling.updateAutoScalingGroup(
                r -> r.autoScalingGroupName("web").maxSize(6).desiredCapacity(5));
        account.pass(Duration.ofMinutes(5));

        // then
        assertThat(account.group().instances()).hasSize(4);
        assertThat(account.autoScaling
                        .describeScalingActivities(r -> r.autoScalingGroupName("web"))
                        .activities())
                .anySatisfy(activity -> {
                    assertThat(activity.statusCodeAsString()).isEqualTo("Failed");
                    assertThat(activity.statusMessage()).contains("your current vCPU limit of 8");
                });
    }

    @Test
    void whenTheGroupsAreUsedUp_thenAnotherIsRefused() {
        SdkAccount account = new SdkAccount(QUOTAS);

        assertThatThrownBy(() -> account.autoScaling.createAutoScalingGroup(r -> r.autoScalingGroupName("second")
                        .minSize(0)
                        .maxSize(1)
                        .availabilityZones("eu-west-1a")
                        .launchTemplate(t -> t.launchTemplateName("web"))))
                .isInstanceOf(LimitExceededException.class);
    }
}
