package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new version is the old one but for its image: also in what AWS does not copy, and in what would not fit. */
class VolumesTest {

    private static final String TEMPLATE = "lt-0000000000000000a";
    private static final String OWN = "snap-0123456789abcdef0";
    private static final String ROOT = "DeviceName: /dev/xvda, Ebs: {VolumeSize: 40";

    private static Scenario scenario(String root) {
        return Scenario.of("volumes.yaml", text -> text.replace("SNAPSHOT", OWN).replace(ROOT, root));
    }

    private static Progress update(Scenario scenario) {
        return scenario.run("updateLaunchTemplates", Map.of("ami", "newest"));
    }

    private static Progress recycle(Scenario scenario, Map<String, Object> more) {
        Map<String, Object> parameters = new HashMap<>(more);
        parameters.put("windows", "ignore");
        parameters.put("failOn", "none");
        return scenario.run("recycleAsgs", parameters);
    }

    private static ObjectNode version(Scenario scenario, String number) {
        JsonNode answer = new Colleague(scenario)
                .calls("ec2", "DescribeLaunchTemplateVersions", input -> input.put("LaunchTemplateId", TEMPLATE)
                        .putArray("Versions")
                        .add(number));
        JsonNode data = answer.get("LaunchTemplateVersions").get(0).get("LaunchTemplateData");
        try {
            // Read anew: a number is a number, whoever wrote it.
            return (ObjectNode) new ObjectMapper().readTree(data.toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a snapshot of this volume on that device, and one for the root. */
    private static String registers(Scenario scenario, String name, Map<String, String> snapshots) {
        return new Colleague(scenario)
                .calls("ec2", "RegisterImage", input -> {
                    input.put("Name", name).put("RootDeviceName", "/dev/xvda").put("Architecture", "x86_64");
                    input.put("VirtualizationType", "hvm").put("EnaSupport", true);
                    ObjectNode tags = input.putArray("TagSpecifications").addObject();
                    tags.put("ResourceType", "image")
                            .putArray("Tags")
                            .addObject()
                            .put("Key", "ami-refresh:family")
                            .put("Value", "agent");
                    snapshots.forEach((device, snapshot) -> input.withArray("BlockDeviceMappings")
                            .addObject()
                            .put("DeviceName", device)
                            .putObject("Ebs")
                            .put("SnapshotId", snapshot));
                })
                .get("ImageId")
                .asText();
    }

    private static String snapshot(Scenario scenario, int gib) {
        Colleague colleague = new Colleague(scenario);
        String volume = colleague
                .calls("ec2", "CreateVolume", input -> input.put("AvailabilityZone", "eu-west-1a")
                        .put("Size", gib))
                .get("VolumeId")
                .asText();
        passes(scenario, 60);
        String snapshot = colleague
                .calls("ec2", "CreateSnapshot", input -> input.put("VolumeId", volume))
                .get("SnapshotId")
                .asText();
        passes(scenario, 3600);
        return snapshot;
    }

    private static void passes(Scenario scenario, int seconds) {
        scenario.simulator().advanceTo(scenario.simulator().now().plus(Duration.ofSeconds(seconds)));
    }

    @Test
    void whenAVersionIsMade_thenEveryMemberButTheImageIsTheSame() {
        // given
        Scenario scenario = scenario(ROOT);

        // when
        update(scenario);

        // then
        ObjectNode old = version(scenario, "1");
        ObjectNode made = version(scenario, "2");
        assertThat(made.get("BlockDeviceMappings").toString()).contains(OWN);
        assertThat(made.remove("ImageId").asText()).isEqualTo("ami-0000000000000bbbb");
        assertThat(old.remove("ImageId").asText()).isEqualTo("ami-0000000000000aaaa");
        assertThat(made).isEqualTo(old);
    }

    @Test
    void whenMappingsNameTheOldImagesOwnSnapshots_thenThoseFollowTheNewImageAndOthersStay() {
        // given
        Scenario scenario = scenario(ROOT);
        Map<String, String> old = Map.of("/dev/xvda", snapshot(scenario, 10), "/dev/sdb", snapshot(scenario, 20));
        String oldImage = registers(scenario, "with-data-1", old);
        new Colleague(scenario).calls("ec2", "CreateLaunchTemplateVersion", input -> {
            ObjectNode data = input.put("LaunchTemplateId", TEMPLATE)
                    .put("SourceVersion", "1")
                    .putObject("LaunchTemplateData");
            data.put("ImageId", oldImage);
            Map.of("/dev/xvda", old.get("/dev/xvda"), "/dev/sdb", old.get("/dev/sdb"), "/dev/sdh", OWN)
                    .forEach((device, snapshot) -> data.withArray("BlockDeviceMappings")
                            .addObject()
                            .put("DeviceName", device)
                            .putObject("Ebs")
                            .put("SnapshotId", snapshot)
                            .put("VolumeSize", 50));
        });
        new Colleague(scenario).calls("ec2", "ModifyLaunchTemplate", input -> input.put("LaunchTemplateId", TEMPLATE)
                .put("DefaultVersion", "2"));
        registers(
                scenario,
                "with-data-2",
                Map.of("/dev/xvda", snapshot(scenario, 12), "/dev/sdb", snapshot(scenario, 24)));

        // when
        update(scenario);
        update(scenario.nextBuild("weekly-2"));

        // then
        JsonNode made = version(scenario, "3").get("BlockDeviceMappings");
        assertThat(made).hasSize(3).allSatisfy(mapping -> {
            boolean isOwn = mapping.get("DeviceName").asText().equals("/dev/sdh");
            assertThat(mapping.get("Ebs").path("SnapshotId").asText()).isEqualTo(isOwn ? OWN : "");
            assertThat(mapping.get("Ebs").get("VolumeSize").asInt()).isEqualTo(50);
        });
        assertThat(scenario.fleet().templates()).containsEntry("agent", "default 2, latest 3");
    }

    @Test
    void whenTheTemplateMapsTheRootVolumeTooSmall_thenNothingIsMadeOrEnded() {
        // given
        Scenario scenario = scenario(ROOT.replace("40", "22"));

        // when
        update(scenario);
        recycle(scenario, Map.of());

        // then
        assertThat(scenario.mutating()).isEmpty();
        assertThat(scenario.row("agents").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("agents").reason())
                .contains("maps /dev/xvda to 22 GiB, and the root volume of ami-0000000000000bbbb needs 30");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DeviceName: /dev/xvda, Ebs: {VolumeSize: 40 | false",
                "DeviceName: /dev/xvda, Ebs: {VolumeSize: 30 | false",
                "DeviceName: /dev/sdb, Ebs: {VolumeSize: 40  | true",
            })
    void whenTheRootVolumeIsMapped_thenItsSizeIsWhatTheTemplateSays(String root, boolean isGrowing) {
        // given
        Scenario scenario = scenario(root);

        // when
        update(scenario);

        // then
        assertThat(scenario.console().stream().anyMatch(line -> line.contains("root volume grows from 22 to 30 GiB")))
                .isEqualTo(isGrowing);
        assertThat(scenario.fleet().templates()).containsEntry("agent", "default 1, latest 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"otherSettings | REFUSED", "otherSettings, unlaunchableTarget | ROLLED_BACK"})
    void whenAVersionOfOthersMapsItTooSmall_thenItIsRefusedUnlessThatIsTakenOn(String allow, GroupOutcome outcome) {
        // given
        Scenario scenario = scenario(ROOT.replace("40", "22"));
        new Colleague(scenario)
                .calls("ec2", "CreateLaunchTemplateVersion", input -> input.put("LaunchTemplateId", TEMPLATE)
                        .put("SourceVersion", "1")
                        .putObject("LaunchTemplateData")
                        .put("ImageId", "ami-0000000000000bbbb"));

        // when
        recycle(scenario, Map.of("allow", allow, "strategy", "rolling"));

        // then
        assertThat(scenario.row("agents").outcome())
                .as(scenario.row("agents").reason())
                .isEqualTo(outcome);
        if (outcome == GroupOutcome.REFUSED) {
            assertThat(scenario.row("agents").reason())
                    .startsWith(
                            "version 2 maps /dev/xvda to 22 GiB, and the root volume of ami-0000000000000bbbb needs 30")
                    .contains("that maps it as large, or says no size");
            assertThat(scenario.mutating()).isEmpty();
        }
    }
}
