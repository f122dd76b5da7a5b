package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.model.BlockDevice;
import io.jenkins.plugins.amirefresh.model.BlockDevices;
import io.jenkins.plugins.amirefresh.model.LaunchResources;
import io.jenkins.plugins.amirefresh.model.LaunchSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMappingRequest;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.utils.builder.Buildable;

/** What a version of a launch template holds, as it is compared and as it is sent again. */
final class LaunchData {

    private static final String SNAPSHOT = "SnapshotId";

    /** What may be seen by everybody who sees the console, and is short. */
    private static final Set<String> SHOWN = Set.of(
            "InstanceType", "KeyName", "KernelId", "RamDiskId", "EbsOptimized", "InstanceInitiatedShutdownBehavior");

    private LaunchData() {}

    static LaunchSettings settings(ResponseLaunchTemplateData data) {
        Map<String, String> settings = new TreeMap<>();
        Fingerprint.members(data, Set.of(SNAPSHOT)).forEach((name, value) -> {
            if (!name.equals("ImageId")) {
                settings.put(name, SHOWN.contains(name) ? value : LaunchSettings.HIDDEN + Fingerprint.hash(value));
            }
        });
        return new LaunchSettings(settings);
    }

    static BlockDevices blockDevices(ResponseLaunchTemplateData data) {
        return new BlockDevices(data.blockDeviceMappings().stream()
                .filter(mapping -> mapping.deviceName() != null && mapping.ebs() != null)
                .map(mapping -> new BlockDevice(
                        mapping.deviceName(),
                        Pages.text(mapping.ebs().snapshotId()),
                        Pages.number(mapping.ebs().volumeSize())))
                .toList());
    }

    static LaunchResources resources(ResponseLaunchTemplateData data) {
        var profile = data.iamInstanceProfile();
        List<String> groups = Stream.concat(
                        data.securityGroupIds().stream(),
                        data.networkInterfaces().stream().flatMap(card -> card.groups().stream()))
                .distinct()
                .toList();
        List<String> subnets = data.networkInterfaces().stream()
                .map(card -> Pages.text(card.subnetId()))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        return new LaunchResources(
                Pages.text(data.keyName()),
                groups,
                data.securityGroups(),
                subnets,
                profile == null
                        ? ""
                        : Pages.text(profile.arn()).isEmpty() ? Pages.text(profile.name()) : Pages.text(profile.arn()));
    }

    /** The mappings of a version for a request, member by member; without the snapshots of some devices. */
    static List<LaunchTemplateBlockDeviceMappingRequest> mappings(
            ResponseLaunchTemplateData data, Set<String> withoutSnapshot) {
        return data.blockDeviceMappings().stream()
                .map(mapping -> request(
                        withoutSnapshot.contains(Pages.text(mapping.deviceName()))
                                ? withoutSnapshot(mapping)
                                : mapping))
                .toList();
    }

    private static LaunchTemplateBlockDeviceMapping withoutSnapshot(LaunchTemplateBlockDeviceMapping mapping) {
        return mapping.ebs() == null
                ? mapping
                : mapping.toBuilder()
                        .ebs(mapping.ebs().toBuilder().snapshotId(null).build())
                        .build();
    }

    private static LaunchTemplateBlockDeviceMappingRequest request(LaunchTemplateBlockDeviceMapping mapping) {
        var request = LaunchTemplateBlockDeviceMappingRequest.builder();
        copy(mapping, (SdkPojo) request);
        return request.build();
    }

    /** Of every member, so that none that AWS adds later is lost. */
    private static void copy(SdkPojo from, SdkPojo to) {
        Map<String, SdkField<?>> targets =
                to.sdkFields().stream().collect(Collectors.toMap(SdkField::memberName, Function.identity()));
        for (SdkField<?> field : from.sdkFields()) {
            Object value = field.getValueOrDefault(from);
            SdkField<?> target = targets.get(field.memberName());
            if (value == null) {
                continue;
            }
            if (target == null) {
                throw new IllegalStateException("a block device mapping cannot be sent with its member "
                        + field.memberName() + ": this version of the AWS SDK does not know it in requests");
            }
            target.set(to, value instanceof SdkPojo nested ? built(nested, target) : value);
        }
    }

    private static Object built(SdkPojo from, SdkField<?> target) {
        SdkPojo builder = target.constructor().get();
        copy(from, builder);
        return ((Buildable) builder).build();
    }
}
