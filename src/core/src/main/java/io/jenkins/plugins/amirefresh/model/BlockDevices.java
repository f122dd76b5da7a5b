package io.jenkins.plugins.amirefresh.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The EBS volumes that a version of a launch template maps, or that an image brings. A version's mapping goes before the
 * image's, member by member. Source: EC2 User Guide, "Block device mappings for volumes on Amazon EC2 instances".
 *
 * @param devices those with a volume; one that is left out ({@code NoDevice}) is none
 */
public record BlockDevices(List<BlockDevice> devices) {

    /** Nothing is mapped. */
    public static final BlockDevices NONE = new BlockDevices(List.of());

    /** Copies the list. */
    public BlockDevices {
        devices = List.copyOf(devices);
    }

    /** Some device is made from a snapshot that is named. */
    public boolean nameSnapshots() {
        return devices.stream().anyMatch(device -> !device.snapshotId().isEmpty());
    }

    /**
     * Devices of a version whose snapshot is not the version's own but that of its image: one that the image brings, or that of
     * the root device, which holds the image. With another image they have to follow that one.
     */
    public Set<String> followingImage(Ami image) {
        Set<String> own = image.blockDevices().devices.stream()
                .map(BlockDevice::snapshotId)
                .filter(snapshot -> !snapshot.isEmpty())
                .collect(Collectors.toSet());
        return devices.stream()
                .filter(device -> !device.snapshotId().isEmpty())
                .filter(device ->
                        own.contains(device.snapshotId()) || device.name().equals(image.rootDeviceName()))
                .map(BlockDevice::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same without the snapshots of some devices. */
    public BlockDevices withoutSnapshots(Set<String> names) {
        return new BlockDevices(devices.stream()
                .map(device ->
                        names.contains(device.name()) ? new BlockDevice(device.name(), "", device.sizeGib()) : device)
                .toList());
    }

    /**
     * A volume of the image that a version with these mappings makes smaller than the image has it, one line; empty when there
     * is none. AWS launches nothing then: {@code InvalidBlockDeviceMapping}, "Volume of size ... is smaller than snapshot".
     */
    public Optional<String> tooSmallFor(Ami image) {
        return image.blockDevices().devices.stream()
                .flatMap(needed -> devices.stream()
                        .filter(device -> device.name().equals(needed.name()) && isOf(image, needed, device))
                        .filter(device -> device.sizeGib() > 0 && device.sizeGib() < needed.sizeGib())
                        .map(device -> "maps " + device.name() + " to " + device.sizeGib() + " GiB, and "
                                + (device.name().equals(image.rootDeviceName()) ? "the root volume" : "that volume")
                                + " of " + image.id() + " needs " + needed.sizeGib()))
                .findFirst();
    }

    /** A volume made from a snapshot of its own has that one's size, whatever the image has there. */
    private static boolean isOf(Ami image, BlockDevice needed, BlockDevice mapped) {
        return mapped.snapshotId().isEmpty()
                || mapped.snapshotId().equals(needed.snapshotId())
                || mapped.name().equals(image.rootDeviceName());
    }

    /** The size of a device's volume, 0 when it is not named. */
    public int sizeGib(String name) {
        return devices.stream()
                .filter(device -> device.name().equals(name))
                .mapToInt(BlockDevice::sizeGib)
                .findFirst()
                .orElse(0);
    }
}
