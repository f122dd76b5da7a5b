package io.jenkins.plugins.amirefresh.model;

/**
 * What a block device mapping says of one device.
 *
 * @param name {@code /dev/xvda}
 * @param snapshotId the snapshot its volume is made from, empty when none is named
 * @param sizeGib 0 when none is named
 */
public record BlockDevice(String name, String snapshotId, int sizeGib) {}
