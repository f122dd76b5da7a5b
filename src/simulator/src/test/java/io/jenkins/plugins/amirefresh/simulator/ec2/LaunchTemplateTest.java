package io.jenkins.plugins.amirefresh.simulator.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMappingRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Launch templates and their versions. */
class LaunchTemplateTest {

    private final Simulator simulator = Ec2Fixtures.simulator();
    private final Ec2Client ec2 = Ec2Fixtures.client(simulator, "AKIDMAIN");

    private String create(String name) {
        return ec2.createLaunchTemplate(r -> r.launchTemplateName(name).launchTemplateData(d -> d.imageId(
                                Ec2Fixtures.BASE)
                        .instanceType("t3.micro")
                        .blockDeviceMappings(LaunchTemplateBlockDeviceMappingRequest.builder()
                                .deviceName("/dev/sdf")
                                .ebs(e -> e.snapshotId("snap-0123456789abcdef0").volumeSize(9))
                                .build())))
                .launchTemplate()
                .launchTemplateId();
    }

    private LaunchTemplateVersion version(String id, String source, RequestLaunchTemplateData data) {
        return ec2.createLaunchTemplateVersion(
                        r -> r.launchTemplateId(id).sourceVersion(source).launchTemplateData(data))
                .launchTemplateVersion();
    }

    private static RequestLaunchTemplateData image(String id) {
        return RequestLaunchTemplateData.builder().imageId(id).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Nested
    class GivenATemplate {

        private final String id = create("web");

        @Test
        void whenAVersionNamesItsSource_thenItInheritsEverythingElseButSnapshots() {
            // when
            var version = version(id, "1", image("ami-0cccccccccccccccc"));

            // then
            assertThat(version.versionNumber()).isEqualTo(2);
            assertThat(version.launchTemplateData().imageId()).isEqualTo("ami-0cccccccccccccccc");
            assertThat(version.launchTemplateData().instanceTypeAsString()).isEqualTo("t3.micro");
            var device = version.launchTemplateData().blockDeviceMappings().get(0);
            assertThat(device.ebs().volumeSize()).isEqualTo(9);
            assertThat(device.ebs().snapshotId()).isNull();
        }

        @Test
        void whenAVersionNamesNoSource_thenItHasOnlyWhatIsGiven() {
            // when
            var version = ec2.createLaunchTemplateVersion(
                            r -> r.launchTemplateId(id).launchTemplateData(image(Ec2Fixtures.ARM)))
                    .launchTemplateVersion();

            // then
            assertThat(version.launchTemplateData().instanceTypeAsString()).isNull();
        }

        @Test
        void whenATokenComesAgain_thenTheFirstVersionIsTheAnswer() {
            // given
            ec2.createLaunchTemplateVersion(
                    r -> r.launchTemplateId(id).clientToken("t").launchTemplateData(image("ami-0c")));

            // when
            var again = ec2.createLaunchTemplateVersion(
                    r -> r.launchTemplateId(id).clientToken("t").launchTemplateData(image("ami-0c")));

            // then
            assertThat(again.launchTemplateVersion().versionNumber()).isEqualTo(2);
            assertThat(ec2.describeLaunchTemplates(r -> r.launchTemplateIds(id))
                            .launchTemplates()
                            .get(0)
                            .latestVersionNumber())
                    .isEqualTo(2);
            assertThatThrownBy(() -> ec2.createLaunchTemplateVersion(
                            r -> r.launchTemplateId(id).clientToken("t").launchTemplateData(image("ami-0d"))))
                    .isInstanceOfSatisfying(
                            Ec2Exception.class, e -> assertThat(code(e)).isEqualTo("IdempotentParameterMismatch"));
        }

        @Test
        void whenTheDefaultMoves_thenReferencesFollow() {
            // given
            version(id, "1", image("ami-0c"));

            // when
            ec2.modifyLaunchTemplate(r -> r.launchTemplateId(id).defaultVersion("2"));

            // then
            var versions = ec2.describeLaunchTemplateVersions(
                            r -> r.launchTemplateName("web").versions("$Default"))
                    .launchTemplateVersions();
            assertThat(versions)
                    .extracting(LaunchTemplateVersion::versionNumber)
                    .containsExactly(2L);
        }

        @Test
        void whenVersionsAreDeleted_thenTheDefaultStaysAndNumbersAreNotUsedAgain() {
            // given
            version(id, "1", image("ami-0c"));
            version(id, "1", image("ami-0d"));

            // when
            var answer =
                    ec2.deleteLaunchTemplateVersions(r -> r.launchTemplateId(id).versions("1", "3", "9"));

            // then
            assertThat(answer.successfullyDeletedLaunchTemplateVersions())
                    .extracting(item -> item.versionNumber())
                    .containsExactly(3L);
            assertThat(answer.unsuccessfullyDeletedLaunchTemplateVersions())
                    .extracting(item -> item.responseError().codeAsString())
                    .containsExactly("unexpectedError", "launchTemplateVersionDoesNotExist");
            assertThat(version(id, "1", image("ami-0e")).versionNumber()).isEqualTo(4);
        }

        @Test
        void whenItsNameIsUsedAgain_thenItIsRefused() {
            assertThatThrownBy(() -> create("web")).isInstanceOfSatisfying(Ec2Exception.class, e -> assertThat(code(e))
                    .isEqualTo("InvalidLaunchTemplateName.AlreadyExistsException"));
        }

        @Test
        void whenAVersionIsMissing_thenTheRefusalNamesIt() {
            assertThatThrownBy(() -> ec2.describeLaunchTemplateVersions(
                            r -> r.launchTemplateId(id).versions("7")))
                    .hasMessageContaining(
                            "Could not find the specified version 7 for the launch template with ID " + id + ".");
        }

        @Test
        void whenInstancesAreLaunchedFromIt_thenTheyCarryItsTagsAndAws() {
            // given
            var data = RequestLaunchTemplateData.builder()
                    .tagSpecifications(LaunchTemplateTagSpecificationRequest.builder()
                            .resourceType(ResourceType.INSTANCE)
                            .tags(tag("App", "shop"), tag("Tier", "old"))
                            .build())
                    .build();
            version(id, "1", data);

            // when
            var instance = ec2.runInstances(r -> r.minCount(1)
                            .maxCount(1)
                            .launchTemplate(t -> t.launchTemplateId(id).version("$Latest"))
                            .tagSpecifications(Ec2Fixtures.instanceTag("Tier", "web")))
                    .instances()
                    .get(0);

            // then
            assertThat(instance.tags())
                    .extracting(tag -> tag.key() + "=" + tag.value())
                    .containsExactlyInAnyOrder(
                            "App=shop",
                            "Tier=web",
                            "aws:ec2launchtemplate:id=" + id,
                            "aws:ec2launchtemplate:version=2");
        }
    }

    @Nested
    class GivenManyTemplates {

        @Test
        void whenSweptWithoutAnId_thenEveryLatestAndDefaultComesInPages() {
            // given
            for (int n = 0; n < 150; n++) {
                String id = create("t-" + n);
                version(id, "1", image("ami-0c"));
            }

            // when
            var versions = ec2
                    .describeLaunchTemplateVersionsPaginator(
                            r -> r.versions("$Latest", "$Default").maxResults(200))
                    .launchTemplateVersions()
                    .stream()
                    .toList();

            // then
            assertThat(versions).hasSize(300);
            assertThat(simulator.calls().stream()
                            .filter(call -> call.operation().equals("DescribeLaunchTemplateVersions")))
                    .hasSize(2);
            assertThat(versions.stream().filter(LaunchTemplateVersion::defaultVersion))
                    .hasSize(150);
        }

        @Test
        void whenANumberIsAskedForWithoutAnId_thenItIsRefused() {
            assertThatThrownBy(() -> ec2.describeLaunchTemplateVersions(r -> r.versions("1")))
                    .isInstanceOf(Ec2Exception.class);
        }
    }

    private static String code(Ec2Exception refusal) {
        return refusal.awsErrorDetails().errorCode();
    }
}
