package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Reads that lag behind, by the AWS SDK. */
class LaggingReadsTest {

    private final SdkAccount account = new SdkAccount(
            SdkAccount.WEB
                    + """
            faults:
              - {service: autoscaling, operation: "Describe*", stale: 15s}
            """);

    @Test
    void whenReadsLag_thenAChangeShowsOnceTheOldAnswerIsTooOld() {
        // given
        assertThat(account.group().desiredCapacity()).isEqualTo(2);

        // when
        account.pass(Duration.ofSeconds(5));
        account.autoScaling.setDesiredCapacity(
                r -> r.autoScalingGroupName("web").desiredCapacity(3));

        // then
        assertThat(account.group().desiredCapacity()).isEqualTo(2);
        account.pass(Duration.ofSeconds(10));
        assertThat(account.group().desiredCapacity()).isEqualTo(2);
        account.pass(Duration.ofSeconds(1));
        assertThat(account.group().desiredCapacity()).isEqualTo(3);
    }

    @Test
    void whenOtherServicesAreRead_thenTheyDoNotLag() {
        // given
        int before = account.ec2.describeInstances().reservations().size();

        // when
        account.ec2.runInstances(r -> r.minCount(1).maxCount(1).launchTemplate(t -> t.launchTemplateName("web")));

        // then
        assertThat(account.ec2.describeInstances().reservations()).hasSize(before + 1);
    }
}
