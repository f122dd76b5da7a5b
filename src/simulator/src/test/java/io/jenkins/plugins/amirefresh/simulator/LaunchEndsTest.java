package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.ec2.model.Image;

/** Launches that EC2 accepts and ends while they are pending, and groups with launch configurations. */
class LaunchEndsTest {

    private static String withKey(String key) {
        return SdkAccount.WEB
                .replace("        images:", "        kmsKeys: [{name: shop, " + key + "}]\n        images:")
                .replace("{name: web-1}", "{name: web-1, kmsKey: shop}");
    }

    /** Scales out by one and says why that launch ended. */
    private static Activity launched(SdkAccount account) {
        account.autoScaling.setDesiredCapacity(
                r -> r.autoScalingGroupName("web").desiredCapacity(3));
        account.pass(Duration.ofMinutes(1));
        var launches =
                account.autoScaling.describeScalingActivities(r -> r.autoScalingGroupName("web")).activities().stream()
                        .filter(activity -> activity.description().startsWith("Launching"))
                        .toList();
        return launches.get(launches.size() - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "'how: launch', Client.InternalError: Client error on launch",
        "'how: launch, reason: Server.InternalError', Server.InternalError: Internal error on launch",
        "'how: launch, reason: Client.VolumeLimitExceeded', Client.VolumeLimitExceeded: Volume limit exceeded",
    })
    void whenALaunchEndsPending_thenItsActivitySaysWhy(String breaks, String reason) {
        var account =
                new SdkAccount(SdkAccount.WEB + "behaviours:\n  - {match: {image: web-1}, breaks: {" + breaks + "}}\n");

        assertThat(launched(account).statusMessage()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "'state: PendingDeletion', Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state",
        "'autoScaling: false', Client.InternalError: Client error on launch",
    })
    void whenAKeyCannotBeUsed_thenLaunchesEndPending(String key, String reason) {
        var account = new SdkAccount(withKey(key));

        assertThat(launched(account).statusMessage()).contains(reason);
        assertThat(account.group().instances())
                .filteredOn(instance -> instance.lifecycleStateAsString().equals("InService"))
                .hasSize(2);
    }

    @Test
    void whenAKeyCanBeUsed_thenVolumesShowIt() {
        var account = new SdkAccount(withKey("state: Enabled"));

        assertThat(launched(account).statusMessage()).isNull();
        assertThat(account.ec2.describeVolumes().volumes()).allSatisfy(volume -> {
            assertThat(volume.encrypted()).isTrue();
            assertThat(volume.kmsKeyId()).startsWith("arn:aws:kms:eu-west-1:111111111111:key/");
        });
    }

    @Test
    void whenAGroupHasALaunchConfiguration_thenItLaunchesFromIt() {
        // given
        var account = new SdkAccount(SdkAccount.WEB
                .replace(
                        "        autoScalingGroups:",
                        "        launchConfigurations: [{name: old, image: web-2, instanceType: t3.small}]\n        autoScalingGroups:")
                .replace("launchTemplate: web, version: \"1\"", "launchConfiguration: old"));

        // when
        launched(account);

        // then
        assertThat(account.group().launchTemplate()).isNull();
        assertThat(account.group().launchConfigurationName()).isEqualTo("old");
        assertThat(account.group().instances()).hasSize(3).allSatisfy(instance -> {
            assertThat(instance.launchConfigurationName()).isEqualTo("old");
            assertThat(instance.launchTemplate()).isNull();
            assertThat(instance.instanceType()).isEqualTo("t3.small");
        });
        var configuration = account.autoScaling
                .describeLaunchConfigurations()
                .launchConfigurations()
                .get(0);
        assertThat(account.ec2.describeImages(r -> r.owners("self")).images())
                .filteredOn(image -> image.imageId().equals(configuration.imageId()))
                .extracting(Image::name)
                .containsExactly("web-2");
    }
}
