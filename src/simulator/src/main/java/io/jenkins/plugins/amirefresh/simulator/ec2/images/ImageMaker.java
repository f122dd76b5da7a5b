package io.jenkins.plugins.amirefresh.simulator.ec2.images;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ClientTokens;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Snapshot;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.StorageOperations;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Volume;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes AMIs: of instances, of snapshots, of other AMIs. AWS does not say how long each takes. */
final class ImageMaker {

    /** From an instance; its snapshots take as long. */
    static final Duration CREATE = Duration.ofMinutes(1);

    /** From another AMI, in the same or another region. */
    static final Duration COPY = Duration.ofMinutes(2);

    private final Map<String, ClientTokens<String>> copyTokens = new HashMap<>();

    Image create(Imaging imaging, Input request) {
        Imaging.Machine machine = imaging.machine().apply(request.required("InstanceId"));
        if (machine.ended()) {
            throw AwsError.client(
                    "IncorrectInstanceState",
                    "The instance '" + machine.instanceId() + "' is not in a state from which it can be imaged.");
        }
        String name = request.required("Name");
        imaging.images().refuseUsedName(imaging.place().accountId(), name);
        Tags snapshotTags = Tags.specified(request, "snapshot");
        List<Image.BlockDevice> devices = new ArrayList<>();
        for (Volume volume : machine.volumes()) {
            Snapshot snapshot = imaging.snapshots()
                    .start(
                            imaging.place(),
                            StorageOperations.sourceOf(
                                    volume, "Created by CreateImage(" + machine.instanceId() + ") for image"),
                            new Tags(snapshotTags.asMap()),
                            CREATE);
            devices.add(device(volume, snapshot));
        }
        Image source = machine.image();
        Image image = imaging.images()
                .add(
                        imaging.place(),
                        source.kind().withName(name),
                        new Image.Origin(
                                machine.instanceId(),
                                source.id(),
                                source.name(),
                                request.text("Description", ""),
                                false),
                        devices,
                        Tags.specified(request, "image"));
        source.tpmSupport().ifPresent(image::haveTpm);
        imaging.place().log(image.id(), "image " + name + " requested of " + machine.instanceId());
        becomeAvailable(imaging, image, CREATE);
        return image;
    }

    private static Image.BlockDevice device(Volume volume, Snapshot snapshot) {
        Volume.Attachment attachment = volume.attachment().orElseThrow();
        Volume.Specification is = volume.specification();
        return new Image.BlockDevice(
                attachment.device(),
                snapshot.id(),
                is.size(),
                is.type(),
                attachment.deleteOnTermination(),
                is.encrypted(),
                is.kmsKeyId());
    }

    private static List<Image.BlockDevice> mapped(Imaging imaging, Input request) {
        List<Image.BlockDevice> devices = new ArrayList<>();
        for (Input mapping : request.structures("BlockDeviceMappings")) {
            Input ebs = mapping.structure("Ebs");
            String snapshotId = ebs.text("SnapshotId", "");
            int size = ebs.number("VolumeSize").orElse(0);
            boolean encrypted = ebs.flag("Encrypted");
            if (!snapshotId.isEmpty()) {
                Snapshot snapshot = imaging.snapshots().visible(imaging.place().accountId(), snapshotId);
                size = Math.max(size, snapshot.source().size());
                encrypted |= snapshot.source().encrypted();
            }
            boolean delete = !ebs.has("DeleteOnTermination") || ebs.flag("DeleteOnTermination");
            devices.add(new Image.BlockDevice(
                    mapping.text("DeviceName", ""),
                    snapshotId,
                    size,
                    ebs.text("VolumeType", "gp2"),
                    delete,
                    encrypted));
        }
        return devices;
    }

    Image register(Imaging imaging, Input request) {
        List<Image.BlockDevice> devices = mapped(imaging, request);
        String root = request.text("RootDeviceName", "");
        if (devices.stream()
                .noneMatch(device ->
                        device.device().equals(root) && !device.snapshotId().isEmpty())) {
            throw AwsError.client("InvalidBlockDeviceMapping", "A root device snapshot must be given for " + root);
        }
        Image image = imaging.images()
                .add(
                        imaging.place(),
                        new Image.Kind(
                                request.required("Name"),
                                request.text("Architecture", "i386"),
                                root,
                                request.text("VirtualizationType", "paravirtual"),
                                request.flag("EnaSupport"),
                                request.text("BootMode", ""),
                                "Linux/UNIX"),
                        new Image.Origin("", "", "", request.text("Description", ""), false),
                        devices,
                        Tags.specified(request, "image"));
        request.text("TpmSupport").ifPresent(image::haveTpm);
        request.text("ImdsSupport").ifPresent(image::requireImds);
        image.become(Image.State.AVAILABLE, "");
        imaging.place().log(image.id(), "image " + image.name() + " registered");
        return image;
    }

    String copy(Imaging imaging, Input request) {
        return copyTokens
                .computeIfAbsent(imaging.place().at().toString(), at -> new ClientTokens<>())
                .once(request, () -> copied(imaging, request).id());
    }

    /** Launch permissions do not come along, the caller's own tags only when asked. Source: EC2 API Reference, CopyImage. */
    private static Image copied(Imaging imaging, Input request) {
        String region = request.required("SourceRegion");
        String me = imaging.place().accountId();
        Image source = imaging.imagesIn().apply(region).visible(me, request.required("SourceImageId"));
        if (source.state() != Image.State.AVAILABLE) {
            throw Errors.invalidValue("Image " + source.id() + " is not available and cannot be copied.");
        }
        String name = request.required("Name");
        imaging.images().refuseUsedName(me, name);
        List<Image.BlockDevice> devices = new ArrayList<>();
        for (Image.BlockDevice device : source.blockDevices()) {
            devices.add(copied(imaging, request, source, device));
        }
        Tags tags = Tags.specified(request, "image");
        if (request.flag("CopyImageTags") && source.ownerId().equals(me)) {
            Map<String, String> both = new HashMap<>(source.tags().asMap());
            both.keySet().removeIf(key -> key.startsWith("aws:"));
            both.putAll(tags.asMap());
            tags = new Tags(both);
        }
        Image image = imaging.images()
                .add(
                        imaging.place(),
                        source.kind().withName(name),
                        new Image.Origin(
                                "",
                                source.id(),
                                source.origin().sourceImageName().isEmpty()
                                        ? source.name()
                                        : source.origin().sourceImageName(),
                                request.text("Description", "[Copied " + source.id() + " from " + region + "]"),
                                false),
                        devices,
                        tags);
        source.tpmSupport().ifPresent(image::haveTpm);
        imaging.place().log(image.id(), "image " + name + " requested as a copy of " + source.id());
        becomeAvailable(imaging, image, COPY);
        return image;
    }

    private static Image.BlockDevice copied(Imaging imaging, Input request, Image source, Image.BlockDevice device) {
        if (device.snapshotId().isEmpty()) {
            return device;
        }
        Snapshot snapshot = imaging.snapshotsIn()
                .apply(request.required("SourceRegion"))
                .find(device.snapshotId())
                .filter(found -> found.isVisibleTo(imaging.place().accountId()) || source.isPublic())
                .orElseThrow(() -> AwsError.client(
                        "InvalidRequest", "You do not have permission to access the storage of this ami"));
        boolean encrypted = request.flag("Encrypted") || snapshot.source().encrypted();
        Snapshot copy = imaging.snapshots()
                .start(
                        imaging.place(),
                        new Snapshot.Source(
                                "vol-ffffffff",
                                device.size(),
                                encrypted,
                                encrypted ? request.text("KmsKeyId", "alias/aws/ebs") : "",
                                "Copied for DestinationAmi from SourceAmi " + source.id() + " for SourceSnapshot "
                                        + snapshot.id() + "."),
                        Tags.specified(request, "snapshot"),
                        COPY);
        return new Image.BlockDevice(
                device.device(),
                copy.id(),
                device.size(),
                device.type(),
                device.deleteOnTermination(),
                encrypted,
                request.text("KmsKeyId", ""));
    }

    /** Fails when a snapshot was deleted meanwhile. */
    private static void becomeAvailable(Imaging imaging, Image image, Duration duration) {
        imaging.place().after(duration, () -> {
            boolean whole = image.blockDevices().stream()
                    .allMatch(device -> device.snapshotId().isEmpty()
                            || imaging.snapshots().find(device.snapshotId()).isPresent());
            if (image.state() == Image.State.PENDING) {
                image.become(
                        whole ? Image.State.AVAILABLE : Image.State.FAILED,
                        whole ? "" : "Client.InvalidSnapshot.NotFound: A snapshot of the image does not exist");
                imaging.place().log(image.id(), "image " + image.state().text());
            }
        });
    }
}
