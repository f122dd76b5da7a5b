package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import io.jenkins.plugins.amirefresh.simulator.ec2.images.Image;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Volume;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The volumes of a machine: its AMI's, changed by what the launch says per device. */
record VolumeLayout(String device, Volume.Specification specification, boolean deleteOnTermination) {

    private static final int BASELINE_IOPS = 3000;
    private static final int BASELINE_THROUGHPUT = 125;

    static List<VolumeLayout> of(Image image, Input parameters) {
        Map<String, Image.BlockDevice> declared = new LinkedHashMap<>();
        image.blockDevices().forEach(device -> declared.put(device.device(), device));
        Map<String, Input> overrides = new LinkedHashMap<>();
        parameters
                .structures("BlockDeviceMappings")
                .forEach(mapping -> overrides.put(mapping.text("DeviceName", ""), mapping));
        List<VolumeLayout> volumes = new ArrayList<>();
        declared.forEach((name, device) -> {
            Input mapping = overrides.remove(name);
            if (mapping == null) {
                volumes.add(layout(device, new Input(Nodes.object())));
            } else if (!mapping.has("NoDevice")) {
                volumes.add(layout(device, mapping.structure("Ebs")));
            }
        });
        overrides.forEach((name, mapping) -> {
            if (mapping.has("Ebs")) {
                volumes.add(layout(new Image.BlockDevice(name, "", 0, "gp2", true, false), mapping.structure("Ebs")));
            }
        });
        return volumes;
    }

    private static VolumeLayout layout(Image.BlockDevice device, Input ebs) {
        int size = ebs.number("VolumeSize").orElse(device.size());
        if (size < device.size()) {
            throw AwsError.client(
                    "InvalidBlockDeviceMapping",
                    "Volume of size " + size + "GB is smaller than snapshot '" + device.snapshotId()
                            + "', expect size>= " + device.size() + "GB");
        }
        if (size == 0) {
            throw AwsError.client("MissingParameter", "The request must contain the parameter size or snapshotId");
        }
        String type = ebs.text("VolumeType", device.type());
        boolean gp3 = type.equals("gp3");
        var specification = new Volume.Specification(
                size,
                type,
                ebs.number("Iops").orElse(gp3 ? BASELINE_IOPS : Math.max(100, 3 * size)),
                ebs.number("Throughput").orElse(gp3 ? BASELINE_THROUGHPUT : 0),
                ebs.flag("Encrypted") || device.encrypted(),
                ebs.text("KmsKeyId", device.kmsKeyId()),
                ebs.text("SnapshotId", device.snapshotId()));
        boolean delete =
                ebs.has("DeleteOnTermination") ? ebs.flag("DeleteOnTermination") : device.deleteOnTermination();
        return new VolumeLayout(device.device(), specification, delete);
    }
}
