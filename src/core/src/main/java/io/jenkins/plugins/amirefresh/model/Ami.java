package io.jenkins.plugins.amirefresh.model;

import java.time.Instant;
import java.util.Map;

/**
 * An image as one read described it.
 *
 * @param state AWS's word: {@code pending}, {@code available}, {@code failed}, {@code deregistered}, ...
 * @param architecture {@code x86_64}, {@code arm64}, ...
 * @param bootMode {@code uefi}, {@code legacy-bios}, {@code uefi-preferred}, or empty
 * @param rootDeviceType {@code ebs} or {@code instance-store}
 * @param blockDevices the volumes that it brings
 */
public record Ami(
        AmiId id,
        String name,
        String ownerId,
        String state,
        Instant createdAt,
        String architecture,
        String bootMode,
        boolean enaSupport,
        String rootDeviceName,
        String rootDeviceType,
        BlockDevices blockDevices,
        Map<String, String> tags) {

    /** Copies the tags. */
    public Ami {
        tags = Map.copyOf(tags);
    }

    /** 0 when unknown. */
    public int rootVolumeSizeGib() {
        return blockDevices.sizeGib(rootDeviceName);
    }

    /** Instances can be launched from it. */
    public boolean isAvailable() {
        return "available".equals(state);
    }
}
