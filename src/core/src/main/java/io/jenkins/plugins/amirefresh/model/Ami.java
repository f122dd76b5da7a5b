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
 * @param traits what else has to fit
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
        Map<String, String> tags,
        AmiTraits traits) {

    /** Copies the tags; state files of older versions know no traits. */
    public Ami {
        tags = Map.copyOf(tags);
        traits = traits == null ? AmiTraits.UNKNOWN : traits;
    }

    /** One whose traits nobody asked for. */
    public Ami(
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
        this(
                id,
                name,
                ownerId,
                state,
                createdAt,
                architecture,
                bootMode,
                enaSupport,
                rootDeviceName,
                rootDeviceType,
                blockDevices,
                tags,
                AmiTraits.UNKNOWN);
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
