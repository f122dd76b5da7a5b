package io.jenkins.plugins.amirefresh.simulator.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.Tag;

/** AMIs: made, copied, shared, retired. */
class ImageLifeTest {

    private final Simulator simulator = Ec2Fixtures.simulator();
    private final Ec2Client ec2 = Ec2Fixtures.client(simulator, "AKIDMAIN");
    private final Ec2Client other = Ec2Fixtures.client(simulator, "AKIDSECOND");

    private String create(String name) {
        String instance = ec2.runInstances(r -> r.imageId(Ec2Fixtures.BASE)
                        .instanceType("t3.micro")
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .get(0)
                .instanceId();
        return ec2.createImage(r -> r.instanceId(instance).name(name)).imageId();
    }

    private Image image(String id) {
        return ec2.describeImages(r -> r.imageIds(id)).images().get(0);
    }

    @Nested
    class GivenANewImage {

        private final String id = create("web-1");

        @Test
        void whenTimePasses_thenItBecomesAvailableWithItsSnapshot() {
            // when
            String before = image(id).stateAsString();
            Ec2Fixtures.pass(simulator, Duration.ofMinutes(2));

            // then
            assertThat(before).isEqualTo("pending");
            assertThat(image(id).stateAsString()).isEqualTo("available");
            String snapshot = image(id).blockDeviceMappings().get(0).ebs().snapshotId();
            assertThat(ec2.describeSnapshots(r -> r.snapshotIds(snapshot))
                            .snapshots()
                            .get(0)
                            .stateAsString())
                    .isEqualTo("completed");
            assertThatThrownBy(() -> ec2.deleteSnapshot(r -> r.snapshotId(snapshot)))
                    .hasMessageContaining("is currently in use by " + id);
        }

        @Test
        void whenItsNameIsUsedAgain_thenItIsRefused() {
            assertThatThrownBy(() -> create("web-1"))
                    .hasMessageContaining("AMI name web-1 is already in use by AMI " + id);
        }

        @Test
        void whenItIsLaunchedTooEarly_thenItIsNotAvailable() {
            assertThatThrownBy(() -> ec2.runInstances(r ->
                            r.imageId(id).instanceType("t3.micro").minCount(1).maxCount(1)))
                    .isInstanceOfSatisfying(
                            Ec2Exception.class, e -> assertThat(code(e)).isEqualTo("InvalidAMIID.Unavailable"));
        }
    }

    @Nested
    class GivenAnAvailableImage {

        private final String id = create("web-1");

        GivenAnAvailableImage() {
            Ec2Fixtures.pass(simulator, Duration.ofMinutes(2));
        }

        @Test
        void whenItIsShared_thenTheOtherAccountSeesIt() {
            // given
            assertThatThrownBy(() -> other.describeImages(r -> r.imageIds(id)))
                    .hasMessageContaining("The image id '[" + id + "]' does not exist");

            // when
            ec2.modifyImageAttribute(r -> r.imageId(id)
                    .launchPermission(p -> p.add(
                            LaunchPermission.builder().userId("222222222222").build())));

            // then
            assertThat(other.describeImages(r -> r.executableUsers("self")).images())
                    .extracting(Image::imageId)
                    .containsExactly(id);
            assertThat(other.describeImages(r -> r.owners("self")).images()).isEmpty();
        }

        @Test
        void whenItIsShared_thenEachAccountSeesItsOwnTagsOnly() {
            // given
            ec2.createTags(r -> r.resources(id)
                    .tags(Tag.builder().key("Family").value("web").build()));
            ec2.modifyImageAttribute(r -> r.imageId(id)
                    .launchPermission(p -> p.add(
                            LaunchPermission.builder().userId("222222222222").build())));

            // when
            other.createTags(r ->
                    r.resources(id).tags(Tag.builder().key("Seen").value("yes").build()));

            // then
            assertThat(image(id).tags()).extracting(Tag::key).containsExactly("Family");
            assertThat(other.describeImages(r -> r.imageIds(id)).images().get(0).tags())
                    .extracting(Tag::key)
                    .containsExactly("Seen");
        }

        @Test
        void whenItIsCopiedToAnotherRegion_thenTheCopyTakesTime() {
            // given
            Ec2Client east = Ec2Fixtures.client(simulator, "AKIDMAIN", Region.US_EAST_1);

            // when
            String copy = east.copyImage(r -> r.sourceRegion("eu-west-1")
                            .sourceImageId(id)
                            .name("web-1")
                            .encrypted(true))
                    .imageId();

            // then
            assertThat(east.describeImages(r -> r.imageIds(copy))
                            .images()
                            .get(0)
                            .stateAsString())
                    .isEqualTo("pending");
            Ec2Fixtures.pass(simulator, Duration.ofMinutes(3));
            Image copied = east.describeImages(r -> r.imageIds(copy)).images().get(0);
            assertThat(copied.stateAsString()).isEqualTo("available");
            assertThat(copied.blockDeviceMappings().get(0).ebs().encrypted()).isTrue();
        }

        @Test
        void whenItIsDeprecated_thenOthersNoLongerFindIt() {
            // given
            ec2.modifyImageAttribute(r -> r.imageId(id)
                    .launchPermission(
                            p -> p.add(LaunchPermission.builder().group("all").build())));

            // when
            ec2.enableImageDeprecation(
                    r -> r.imageId(id).deprecateAt(simulator.now().plusSeconds(3600)));
            Ec2Fixtures.pass(simulator, Duration.ofHours(2));

            // then
            assertThat(ec2.describeImages(r -> r.owners("self")).images())
                    .extracting(Image::imageId)
                    .contains(id);
            assertThat(other.describeImages().images())
                    .extracting(Image::imageId)
                    .doesNotContain(id);
            assertThat(other.describeImages(r -> r.includeDeprecated(true)).images())
                    .extracting(Image::imageId)
                    .contains(id);
        }

        @Test
        void whenItIsDeregistered_thenItIsGoneAndItsSnapshotStays() {
            // given
            String snapshot = image(id).blockDeviceMappings().get(0).ebs().snapshotId();

            // when
            ec2.deregisterImage(r -> r.imageId(id));

            // then
            assertThat(ec2.describeImages(r -> r.imageIds(id)).images()).isEmpty();
            ec2.deleteSnapshot(r -> r.snapshotId(snapshot));
            assertThatThrownBy(() -> ec2.describeSnapshots(r -> r.snapshotIds(snapshot)))
                    .hasMessageContaining("does not exist");
        }

        @Test
        void whenItIsDeregisteredWithItsSnapshots_thenTheyGoToo() {
            // given
            String snapshot = image(id).blockDeviceMappings().get(0).ebs().snapshotId();

            // when
            var answer = ec2.deregisterImage(r -> r.imageId(id).deleteAssociatedSnapshots(true));

            // then
            assertThat(answer.deleteSnapshotResults().get(0).returnCodeAsString())
                    .isEqualTo("success");
            assertThatThrownBy(() -> ec2.describeSnapshots(r -> r.snapshotIds(snapshot)))
                    .isInstanceOf(Ec2Exception.class);
        }

        @Test
        void whenItIsDisabled_thenItCannotBeLaunchedUntilEnabled() {
            // when
            ec2.disableImage(r -> r.imageId(id));

            // then
            assertThatThrownBy(() -> ec2.runInstances(r ->
                            r.imageId(id).instanceType("t3.micro").minCount(1).maxCount(1)))
                    .isInstanceOf(Ec2Exception.class);
            ec2.enableImage(r -> r.imageId(id));
            assertThat(image(id).stateAsString()).isEqualTo("available");
        }
    }

    private static String code(Ec2Exception refusal) {
        return refusal.awsErrorDetails().errorCode();
    }
}
