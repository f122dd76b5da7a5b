package io.jenkins.plugins.amirefresh.simulator.ec2.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Filters;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Paging;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** EC2's operations on volumes and snapshots. */
public final class StorageOperations {

    private static final Paging VOLUMES = Paging.usual("DescribeVolumes");
    private static final Paging SNAPSHOTS = Paging.usual("DescribeSnapshots");

    private final Function<Caller, Storage> storage;
    private final Filters<Volume> volumeFilters = Filters.<Volume>byTags(
                    volume -> volume.tags().asMap())
            .with("volume-id", Volume::id)
            .with("availability-zone", Volume::zone)
            .with("status", StorageOperations::state)
            .with("snapshot-id", volume -> volume.specification().snapshotId())
            .with("size", volume -> Integer.toString(volume.specification().size()))
            .with("volume-type", volume -> volume.specification().type())
            .with("encrypted", volume -> Boolean.toString(volume.specification().encrypted()))
            .withAll("attachment.instance-id", volume -> attached(volume, Volume.Attachment::instanceId))
            .withAll("attachment.device", volume -> attached(volume, Volume.Attachment::device))
            .withAll(
                    "attachment.delete-on-termination",
                    volume -> attached(volume, attachment -> Boolean.toString(attachment.deleteOnTermination())));
    /**
     * What the caller works on.
     *
     * @param elsewhere all accounts' snapshots of another region
     * @param userOf the AMI that needs a snapshot
     * @param zones of the region
     */
    public record Storage(
            Place place,
            Volumes volumes,
            Snapshots snapshots,
            Function<String, Snapshots> elsewhere,
            Function<String, Optional<String>> userOf,
            Collection<String> zones) {}

    /** For the caller's storage. */
    public StorageOperations(Function<Caller, Storage> storage) {
        this.storage = storage;
    }

    /** By AWS's names. */
    public Map<String, Handler> operations() {
        return Map.ofEntries(
                Map.entry("DescribeVolumes", this::describeVolumes),
                Map.entry("CreateVolume", this::createVolume),
                Map.entry("DeleteVolume", this::deleteVolume),
                Map.entry("DescribeSnapshots", this::describeSnapshots),
                Map.entry("CreateSnapshot", this::createSnapshot),
                Map.entry("CopySnapshot", this::copySnapshot),
                Map.entry("DeleteSnapshot", this::deleteSnapshot),
                Map.entry("ModifySnapshotAttribute", this::modifySnapshot),
                Map.entry("DescribeSnapshotAttribute", this::describeSnapshotAttribute));
    }

    private ObjectNode describeVolumes(Input request, Caller caller) {
        Volumes volumes = storage.apply(caller).volumes();
        List<String> ids = request.texts("VolumeIds");
        Stream<Volume> asked = ids.isEmpty()
                ? volumes.all().stream()
                : ids.stream().distinct().sorted().map(volumes::volume);
        List<Volume> found = asked.filter(volumeFilters.of(request)).toList();
        return VOLUMES.answer(request, "Volumes", found, Volume::id, StorageOperations::view);
    }

    private ObjectNode createVolume(Input request, Caller caller) {
        Storage mine = storage.apply(caller);
        String zone = request.required("AvailabilityZone");
        if (!mine.zones().contains(zone)) {
            throw AwsError.client("InvalidZone.NotFound", "The zone '" + zone + "' does not exist.");
        }
        Optional<Snapshot> snapshot =
                request.text("SnapshotId").map(id -> mine.snapshots().visible(caller.accountId(), id));
        int size = request.number("Size")
                .orElseGet(() -> snapshot.map(from -> from.source().size())
                        .orElseThrow(() -> AwsError.client(
                                "MissingParameter", "The request must contain the parameter size/snapshot")));
        var specification = new Volume.Specification(
                size,
                request.text("VolumeType", "gp2"),
                request.number("Iops").orElse(Math.max(100, 3 * size)),
                request.number("Throughput").orElse(0),
                request.flag("Encrypted")
                        || snapshot.map(from -> from.source().encrypted()).orElse(false),
                request.text("KmsKeyId", ""),
                request.text("SnapshotId", ""));
        Volume volume = mine.volumes().create(specification, zone, Tags.specified(request, "volume"));
        mine.place().log(volume.id(), "volume created in " + zone);
        return view(volume);
    }

    private ObjectNode deleteVolume(Input request, Caller caller) {
        storage.apply(caller).volumes().delete(request.required("VolumeId"));
        return Nodes.object();
    }

    private static Filters<Snapshot> snapshotFilters(String me) {
        return Filters.<Snapshot>byTags(snapshot -> snapshot.tagsSeenBy(me).asMap())
                .with("snapshot-id", Snapshot::id)
                .with("owner-id", Snapshot::ownerId)
                .with("status", snapshot -> snapshot.state().text())
                .with("volume-id", snapshot -> snapshot.source().volumeId())
                .with(
                        "volume-size",
                        snapshot -> Integer.toString(snapshot.source().size()))
                .with(
                        "encrypted",
                        snapshot -> Boolean.toString(snapshot.source().encrypted()))
                .with("description", snapshot -> snapshot.source().description())
                .with("start-time", snapshot -> Nodes.milliseconds(snapshot.startTime()))
                .with("progress", StorageOperations::progress);
    }

    private ObjectNode describeSnapshots(Input request, Caller caller) {
        Snapshots snapshots = storage.apply(caller).snapshots();
        String me = caller.accountId();
        List<String> ids = request.texts("SnapshotIds");
        List<String> owners = request.texts("OwnerIds");
        List<String> restorers = request.texts("RestorableByUserIds");
        Stream<Snapshot> asked = ids.isEmpty()
                ? snapshots.all().stream().filter(snapshot -> snapshot.isVisibleTo(me))
                : ids.stream().distinct().sorted().map(id -> snapshots.visible(me, id));
        List<Snapshot> found = asked.filter(snapshot -> owners.isEmpty()
                        || owners.contains(snapshot.ownerId())
                        || (owners.contains("self") && snapshot.ownerId().equals(me)))
                .filter(snapshot -> restorers.isEmpty()
                        || restorers.stream()
                                .map(who -> who.equals("self") ? me : who)
                                .anyMatch(snapshot.sharedWith()::contains))
                .filter(snapshotFilters(me).of(request))
                .toList();
        return SNAPSHOTS.answer(request, "Snapshots", found, Snapshot::id, snapshot -> view(snapshot, me));
    }

    private ObjectNode createSnapshot(Input request, Caller caller) {
        Storage mine = storage.apply(caller);
        Volume volume = mine.volumes().volume(request.required("VolumeId"));
        return view(
                mine.snapshots()
                        .start(
                                mine.place(),
                                sourceOf(volume, request.text("Description", "")),
                                Tags.specified(request, "snapshot")),
                caller.accountId());
    }

    /** What a snapshot of this volume is made of. */
    public static Snapshot.Source sourceOf(Volume volume, String description) {
        Volume.Specification is = volume.specification();
        return new Snapshot.Source(volume.id(), is.size(), is.encrypted(), is.kmsKeyId(), description);
    }

    private ObjectNode copySnapshot(Input request, Caller caller) {
        Storage mine = storage.apply(caller);
        Snapshot source = mine.elsewhere()
                .apply(request.required("SourceRegion"))
                .visible(caller.accountId(), request.required("SourceSnapshotId"));
        boolean encrypted = request.flag("Encrypted") || source.source().encrypted();
        Snapshot copy = mine.snapshots()
                .start(
                        mine.place(),
                        new Snapshot.Source(
                                "vol-ffffffff",
                                source.source().size(),
                                encrypted,
                                encrypted ? request.text("KmsKeyId", "alias/aws/ebs") : "",
                                request.text("Description", "")),
                        Tags.specified(request, "snapshot"));
        ObjectNode answer = Nodes.of("SnapshotId", copy.id());
        if (!copy.tags().asMap().isEmpty()) {
            answer.set("Tags", copy.tags().view());
        }
        return answer;
    }

    private ObjectNode deleteSnapshot(Input request, Caller caller) {
        Storage mine = storage.apply(caller);
        Snapshot snapshot = mine.snapshots().owned(caller.accountId(), request.required("SnapshotId"));
        mine.userOf().apply(snapshot.id()).ifPresent(image -> {
            throw AwsError.client(
                    "InvalidSnapshot.InUse", "The snapshot " + snapshot.id() + " is currently in use by " + image);
        });
        mine.snapshots().delete(mine.place(), snapshot);
        return Nodes.object();
    }

    private ObjectNode modifySnapshot(Input request, Caller caller) {
        Storage mine = storage.apply(caller);
        Snapshot snapshot = mine.snapshots().owned(caller.accountId(), request.required("SnapshotId"));
        Input permission = request.structure("CreateVolumePermission");
        boolean removing = request.text("OperationType", "").equals("remove");
        Stream<String> named = Stream.concat(request.texts("UserIds").stream(), request.texts("GroupNames").stream());
        List<String> direct = named.toList();
        who(permission.structures("Add")).forEach(snapshot::share);
        who(permission.structures("Remove")).forEach(snapshot::unshare);
        direct.forEach(removing ? snapshot::unshare : snapshot::share);
        mine.place().log(snapshot.id(), "create volume permission: " + snapshot.sharedWith());
        return Nodes.object();
    }

    private static List<String> who(List<Input> permissions) {
        return permissions.stream()
                .map(permission -> permission.text("UserId").orElseGet(() -> permission.text("Group", "")))
                .toList();
    }

    private ObjectNode describeSnapshotAttribute(Input request, Caller caller) {
        Snapshot snapshot = storage.apply(caller).snapshots().owned(caller.accountId(), request.required("SnapshotId"));
        ObjectNode answer = Nodes.of("SnapshotId", snapshot.id());
        if (request.required("Attribute").equals("createVolumePermission")) {
            answer.set(
                    "CreateVolumePermissions",
                    Nodes.array(
                            snapshot.sharedWith(),
                            who -> who.equals("all") ? Nodes.of("Group", who) : Nodes.of("UserId", who)));
            return answer;
        }
        if (request.required("Attribute").equals("productCodes")) {
            answer.set("ProductCodes", Nodes.array());
            return answer;
        }
        throw Errors.invalidValue("Unknown snapshot attribute " + request.required("Attribute"));
    }

    private static Stream<String> attached(Volume volume, Function<Volume.Attachment, String> property) {
        return volume.attachment().map(property).stream();
    }

    private static String state(Volume volume) {
        return volume.attachment().isPresent() ? "in-use" : "available";
    }

    private static String progress(Snapshot snapshot) {
        return snapshot.state() == Snapshot.State.COMPLETED ? "100%" : "0%";
    }

    private static ObjectNode view(Volume volume) {
        Volume.Specification is = volume.specification();
        ObjectNode view = Nodes.object()
                .put("VolumeId", volume.id())
                .put("Size", is.size())
                .put("SnapshotId", is.snapshotId())
                .put("AvailabilityZone", volume.zone())
                .put("State", state(volume))
                .put("CreateTime", volume.createTime().toString())
                .put("VolumeType", is.type())
                .put("Iops", is.iops())
                .put("Encrypted", is.encrypted())
                .put("MultiAttachEnabled", false);
        if (is.throughput() > 0) {
            view.put("Throughput", is.throughput());
        }
        if (!is.kmsKeyId().isEmpty()) {
            view.put("KmsKeyId", is.kmsKeyId());
        }
        view.set("Attachments", Nodes.array(volume.attachment().stream().toList(), attachment -> Nodes.object()
                .put("VolumeId", volume.id())
                .put("InstanceId", attachment.instanceId())
                .put("Device", attachment.device())
                .put("State", "attached")
                .put("AttachTime", attachment.attachTime().toString())
                .put("DeleteOnTermination", attachment.deleteOnTermination())));
        view.set("Tags", volume.tags().view());
        return view;
    }

    private static ObjectNode view(Snapshot snapshot, String me) {
        ObjectNode view = Nodes.object()
                .put("SnapshotId", snapshot.id())
                .put("VolumeId", snapshot.source().volumeId())
                .put("State", snapshot.state().text())
                .put("StartTime", snapshot.startTime().toString())
                .put("Progress", progress(snapshot))
                .put("OwnerId", snapshot.ownerId())
                .put("Description", snapshot.source().description())
                .put("VolumeSize", snapshot.source().size())
                .put("Encrypted", snapshot.source().encrypted())
                .put("StorageTier", "standard");
        if (!snapshot.source().kmsKeyId().isEmpty()) {
            view.put("KmsKeyId", snapshot.source().kmsKeyId());
        }
        view.set("Tags", snapshot.tagsSeenBy(me).view());
        return view;
    }
}
