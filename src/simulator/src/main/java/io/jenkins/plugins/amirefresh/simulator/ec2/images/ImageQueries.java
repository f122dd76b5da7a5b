package io.jenkins.plugins.amirefresh.simulator.ec2.images;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Filters;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Paging;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** EC2's operations that read AMIs. */
final class ImageQueries {

    /** The account that owns Amazon's own Linux AMIs; it has the alias {@code amazon}. */
    static final String AMAZON = "137112412989";

    private static final Paging IMAGES = new Paging("DescribeImages", 1, 1000, Integer.MAX_VALUE);

    private final Function<Caller, Imaging> imaging;

    ImageQueries(Function<Caller, Imaging> imaging) {
        this.imaging = imaging;
    }

    private static Filters<Image> filters(String me) {
        return devices(Filters.<Image>byTags(image -> image.tagsSeenBy(me).asMap())
                .with("image-id", Image::id)
                .with("name", Image::name)
                .with("description", Image::description)
                .with("state", image -> image.state().text())
                .with("owner-id", Image::ownerId)
                .with("owner-alias", ImageQueries::alias)
                .with("architecture", image -> image.kind().architecture())
                .with("virtualization-type", image -> image.kind().virtualizationType())
                .with("root-device-name", image -> image.kind().rootDeviceName())
                .with("root-device-type", image -> "ebs")
                .with("boot-mode", image -> image.kind().bootMode())
                .with("ena-support", image -> Boolean.toString(image.kind().enaSupport()))
                .with("is-public", image -> Boolean.toString(image.isPublic()))
                .with("image-type", image -> "machine")
                .with("hypervisor", image -> "xen")
                .with("platform", image -> image.kind().platformDetails().startsWith("Windows") ? "windows" : "")
                .with("creation-date", image -> Nodes.milliseconds(image.creationDate()))
                .with("source-instance-id", image -> image.origin().sourceInstanceId())
                .with("manifest-location", image -> image.ownerId() + "/" + image.name()));
    }

    private static Filters<Image> devices(Filters<Image> filters) {
        return filters.withAll(
                        "block-device-mapping.snapshot-id", image -> devices(image, Image.BlockDevice::snapshotId))
                .withAll("block-device-mapping.device-name", image -> devices(image, Image.BlockDevice::device))
                .withAll("block-device-mapping.volume-type", image -> devices(image, Image.BlockDevice::type))
                .withAll(
                        "block-device-mapping.volume-size",
                        image -> devices(image, device -> Integer.toString(device.size())))
                .withAll(
                        "block-device-mapping.delete-on-termination",
                        image -> devices(image, device -> Boolean.toString(device.deleteOnTermination())))
                .withAll(
                        "block-device-mapping.encrypted",
                        image -> devices(image, device -> Boolean.toString(device.encrypted())));
    }

    ObjectNode describe(Input request, Caller caller) {
        Imaging mine = imaging.apply(caller);
        String me = caller.accountId();
        List<String> ids = request.texts("ImageIds");
        List<String> missing = ids.stream()
                .peek(id -> Errors.wellFormed("InvalidAMIID.Malformed", "ami", id))
                .filter(id -> !mine.images().isDeregistered(id))
                .filter(id -> mine.images()
                        .find(id)
                        .filter(image -> image.isVisibleTo(me))
                        .isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw Images.notFound(missing);
        }
        Stream<Image> asked = ids.isEmpty()
                ? mine.images().all().stream().filter(image -> image.isVisibleTo(me))
                : ids.stream().distinct().sorted().flatMap(id -> mine.images().find(id).stream());
        List<Image> found = asked.filter(shown(request, me, mine.place().now()))
                .filter(ownedBy(request.texts("Owners"), me))
                .filter(executableBy(request.texts("ExecutableUsers"), me))
                .filter(filters(me).of(request))
                .toList();
        return IMAGES.answer(request, "Images", found, Image::id, image -> view(image, me));
    }

    /** Source: EC2 API Reference, DescribeImages, IncludeDeprecated and IncludeDisabled. */
    private static Predicate<Image> shown(Input request, String me, Instant now) {
        return image -> (!image.isDeprecated(now) || image.ownerId().equals(me) || request.flag("IncludeDeprecated"))
                && (image.state() != Image.State.DISABLED || request.flag("IncludeDisabled"));
    }

    private static Predicate<Image> ownedBy(List<String> owners, String me) {
        return image -> owners.isEmpty()
                || owners.contains(image.ownerId())
                || (owners.contains("self") && image.ownerId().equals(me))
                || (!alias(image).isEmpty() && owners.contains(alias(image)));
    }

    private static Predicate<Image> executableBy(List<String> users, String me) {
        return image -> users.isEmpty()
                || users.stream()
                        .map(user -> user.equals("self") ? me : user)
                        .anyMatch(image.launchPermissions()::contains);
    }

    private static String alias(Image image) {
        return image.ownerId().equals(AMAZON) ? "amazon" : "";
    }

    private static Stream<String> devices(Image image, Function<Image.BlockDevice, String> property) {
        return image.blockDevices().stream().map(property);
    }

    ObjectNode describeAttribute(Input request, Caller caller) {
        Imaging mine = imaging.apply(caller);
        Image image = mine.images().owned(caller.accountId(), request.required("ImageId"));
        ObjectNode answer = Nodes.of("ImageId", image.id());
        switch (request.required("Attribute")) {
            case "launchPermission" ->
                answer.set("LaunchPermissions", Nodes.array(image.launchPermissions(), ImageQueries::permission));
            case "description" -> answer.set("Description", Nodes.of("Value", image.description()));
            case "blockDeviceMapping" ->
                answer.set("BlockDeviceMappings", Nodes.array(image.blockDevices(), ImageQueries::view));
            case "bootMode" ->
                answer.set("BootMode", Nodes.of("Value", image.kind().bootMode()));
            case "productCodes" -> answer.set("ProductCodes", Nodes.array());
            case "lastLaunchedTime" ->
                image.lastLaunchedTime()
                        .ifPresent(at -> answer.set("LastLaunchedTime", Nodes.of("Value", Nodes.milliseconds(at))));
            case "imdsSupport" ->
                image.imdsSupport().ifPresent(value -> answer.set("ImdsSupport", Nodes.of("Value", value)));
            case "deregistrationProtection" ->
                answer.set(
                        "DeregistrationProtection",
                        Nodes.of("Value", image.isProtected() ? "enabled-without-cooldown" : "disabled"));
            case "sriovNetSupport" -> answer.set("SriovNetSupport", Nodes.of("Value", "simple"));
            default ->
                throw Errors.invalidValue("The simulator keeps no image attribute " + request.required("Attribute"));
        }
        return answer;
    }

    private static ObjectNode permission(String who) {
        if (who.equals("all")) {
            return Nodes.of("Group", who);
        }
        if (who.startsWith("arn:")) {
            return Nodes.of(who.contains(":ou/") ? "OrganizationalUnitArn" : "OrganizationArn", who);
        }
        return Nodes.of("UserId", who);
    }

    private static ObjectNode view(Image.BlockDevice device) {
        ObjectNode ebs = Nodes.object()
                .put("DeleteOnTermination", device.deleteOnTermination())
                .put("VolumeSize", device.size())
                .put("VolumeType", device.type())
                .put("Encrypted", device.encrypted());
        if (!device.snapshotId().isEmpty()) {
            ebs.put("SnapshotId", device.snapshotId());
        }
        ObjectNode view = Nodes.of("DeviceName", device.device());
        view.set("Ebs", ebs);
        return view;
    }

    private static ObjectNode view(Image image, String me) {
        Image.Kind kind = image.kind();
        ObjectNode view = Nodes.object()
                .put("ImageId", image.id())
                .put("Name", image.name())
                .put("ImageLocation", (alias(image).isEmpty() ? image.ownerId() : alias(image)) + "/" + image.name())
                .put("OwnerId", image.ownerId())
                .put("State", image.state().text())
                .put("CreationDate", Nodes.milliseconds(image.creationDate()))
                .put("Public", image.isPublic())
                .put("Architecture", kind.architecture())
                .put("ImageType", "machine")
                .put("RootDeviceName", kind.rootDeviceName())
                .put("RootDeviceType", "ebs")
                .put("VirtualizationType", kind.virtualizationType())
                .put("Hypervisor", "xen")
                .put("EnaSupport", kind.enaSupport())
                .put("SriovNetSupport", "simple")
                .put("PlatformDetails", kind.platformDetails())
                .put("UsageOperation", "RunInstances")
                .put("DeregistrationProtection", image.isProtected() ? "enabled-without-cooldown" : "disabled");
        putUnlessEmpty(view, "BootMode", kind.bootMode());
        putUnlessEmpty(view, "Description", image.description());
        putUnlessEmpty(view, "ImageOwnerAlias", alias(image));
        putUnlessEmpty(view, "SourceInstanceId", image.origin().sourceInstanceId());
        image.deprecationTime().ifPresent(at -> view.put("DeprecationTime", Nodes.milliseconds(at)));
        image.imdsSupport().ifPresent(support -> view.put("ImdsSupport", support));
        image.tpmSupport().ifPresent(support -> view.put("TpmSupport", support));
        if (!image.stateReason().isEmpty()) {
            view.set(
                    "StateReason",
                    Nodes.object()
                            .put(
                                    "Code",
                                    image.stateReason()
                                            .substring(0, image.stateReason().indexOf(':')))
                            .put("Message", image.stateReason()));
        }
        view.set("BlockDeviceMappings", Nodes.array(image.blockDevices(), ImageQueries::view));
        if (!image.tagsSeenBy(me).asMap().isEmpty()) {
            view.set("Tags", image.tagsSeenBy(me).view());
        }
        return view;
    }

    private static void putUnlessEmpty(ObjectNode view, String member, String value) {
        if (!value.isEmpty()) {
            view.put(member, value);
        }
    }
}
