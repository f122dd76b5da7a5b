package io.jenkins.plugins.amirefresh.model;

import java.time.Instant;
import java.util.List;

/**
 * What a version of a launch template needs to launch, and its age.
 *
 * @param image as it is named: an AMI id, {@code resolve:ssm:...}, or empty
 * @param snapshots those that its volumes name
 */
public record VersionBrief(LaunchTemplateVersion version, String image, List<String> snapshots, Instant createdAt) {

    /** Copies the list. */
    public VersionBrief {
        snapshots = List.copyOf(snapshots);
    }

    /** Of a version as it was read. */
    public static VersionBrief of(LaunchTemplateVersionData data) {
        return new VersionBrief(
                data.version(),
                data.imageId(),
                data.blockDevices().devices().stream()
                        .map(BlockDevice::snapshotId)
                        .filter(snapshot -> !snapshot.isEmpty())
                        .toList(),
                data.createdAt());
    }
}
