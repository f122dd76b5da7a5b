package io.jenkins.plugins.amirefresh.simulator.ec2.images;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** EC2's operations that make, change and retire AMIs. */
public final class ImageOperations {

    private final Function<Caller, Imaging> imaging;
    private final ImageMaker maker = new ImageMaker();
    private final ImageQueries queries;

    /** For the caller's images. */
    public ImageOperations(Function<Caller, Imaging> imaging) {
        this.imaging = imaging;
        this.queries = new ImageQueries(imaging);
    }

    /** By AWS's names. */
    public Map<String, Handler> operations() {
        return Map.ofEntries(
                Map.entry("DescribeImages", queries::describe),
                Map.entry("DescribeImageAttribute", queries::describeAttribute),
                Map.entry(
                        "CreateImage",
                        (request, caller) ->
                                id(maker.create(imaging.apply(caller), request).id())),
                Map.entry(
                        "RegisterImage",
                        (request, caller) -> id(
                                maker.register(imaging.apply(caller), request).id())),
                Map.entry("CopyImage", (request, caller) -> id(maker.copy(imaging.apply(caller), request))),
                Map.entry("DeregisterImage", this::deregister),
                Map.entry("ModifyImageAttribute", this::modify),
                Map.entry("ResetImageAttribute", this::reset),
                Map.entry("EnableImageDeprecation", this::deprecate),
                Map.entry(
                        "DisableImageDeprecation",
                        changing("deprecation cancelled", (image, request) -> image.deprecateAt(null))),
                Map.entry("DisableImage", this::disable),
                Map.entry("EnableImage", this::enable),
                Map.entry("EnableImageDeregistrationProtection", protecting(true)),
                Map.entry("DisableImageDeregistrationProtection", protecting(false)));
    }

    private static ObjectNode id(String imageId) {
        return Nodes.of("ImageId", imageId);
    }

    private Image owned(Input request, Caller caller) {
        return imaging.apply(caller).images().owned(caller.accountId(), request.required("ImageId"));
    }

    private Handler changing(String change, BiConsumer<Image, Input> effect) {
        return (request, caller) -> {
            Image image = owned(request, caller);
            effect.accept(image, request);
            imaging.apply(caller).place().log(image.id(), change);
            return Nodes.returnTrue();
        };
    }

    private Handler protecting(boolean protection) {
        return (request, caller) -> {
            Image image = owned(request, caller);
            image.protect(protection);
            String change = "deregistration protection " + (protection ? "enabled" : "disabled");
            imaging.apply(caller).place().log(image.id(), change);
            return Nodes.of("Return", protection ? "enabled-without-cooldown" : "disabled");
        };
    }

    private ObjectNode deregister(Input request, Caller caller) {
        Image image = owned(request, caller);
        if (image.isProtected()) {
            throw AwsError.client(
                    "OperationNotPermitted",
                    "The image " + image.id()
                            + " is protected against deregistration. Disable deregistration protection and try again.");
        }
        Imaging mine = imaging.apply(caller);
        mine.images().deregister(mine.place(), image);
        ObjectNode answer = Nodes.returnTrue();
        if (request.flag("DeleteAssociatedSnapshots")) {
            answer.set(
                    "DeleteSnapshotResults", Nodes.array(image.blockDevices(), device -> deleteSnapshot(mine, device)));
        }
        return answer;
    }

    /** One that another AMI needs too is left. Source: EC2 User Guide, "Deregister an Amazon EC2 AMI". */
    private static ObjectNode deleteSnapshot(Imaging mine, Image.BlockDevice device) {
        String id = device.snapshotId();
        boolean needed = mine.images().userOf(id).isPresent();
        if (!needed) {
            mine.snapshots().find(id).ifPresent(snapshot -> mine.snapshots().delete(mine.place(), snapshot));
        }
        return Nodes.object().put("SnapshotId", id).put("ReturnCode", needed ? "skipped" : "success");
    }

    /** Source: EC2 API Reference, EnableImageDeprecation: rounded to the minute, at most ten years ahead, for public AMIs two. */
    private ObjectNode deprecate(Input request, Caller caller) {
        Instant now = imaging.apply(caller).place().now();
        Instant at;
        try {
            at = Instant.parse(request.required("DeprecateAt"));
        } catch (DateTimeParseException unreadable) {
            throw Errors.invalidValue(
                    "Value (" + request.required("DeprecateAt") + ") for parameter DeprecateAt is invalid.");
        }
        if (at.isBefore(now)) {
            throw AwsError.client("InvalidParameter", "The deprecation date " + at + " is in the past.");
        }
        Image image = owned(request, caller);
        if (image.isPublic() && at.isAfter(image.creationDate().plus(731, ChronoUnit.DAYS))) {
            throw AwsError.client(
                    "InvalidParameter", "A public image can be deprecated at most 2 years after its creation date.");
        }
        if (at.isAfter(now.plus(3653, ChronoUnit.DAYS))) {
            throw AwsError.client("InvalidParameter", "The deprecation date " + at + " is more than 10 years away.");
        }
        Instant minute = at.plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
        return changing("deprecated at " + minute, (found, given) -> found.deprecateAt(minute))
                .answer(request, caller);
    }

    /** Disabling takes the launch permissions away. Source: EC2 User Guide, "Disable an AMI". */
    private ObjectNode disable(Input request, Caller caller) {
        Image image = owned(request, caller);
        if (image.state() != Image.State.AVAILABLE) {
            throw AwsError.client("InvalidAMIID.Unavailable", "The image ID '" + image.id() + "' is not available");
        }
        return changing("image disabled", (found, given) -> {
                    found.become(Image.State.DISABLED, "");
                    found.forbidAll();
                })
                .answer(request, caller);
    }

    private ObjectNode enable(Input request, Caller caller) {
        Image image = owned(request, caller);
        if (image.state() != Image.State.DISABLED && image.state() != Image.State.AVAILABLE) {
            throw AwsError.client("InvalidAMIID.Unavailable", "The image ID '" + image.id() + "' is not available");
        }
        return changing("image enabled", (found, given) -> found.become(Image.State.AVAILABLE, ""))
                .answer(request, caller);
    }

    private ObjectNode modify(Input request, Caller caller) {
        Image image = owned(request, caller);
        Imaging mine = imaging.apply(caller);
        if (image.state() != Image.State.AVAILABLE) {
            throw AwsError.client("InvalidAMIID.Unavailable", "The image ID '" + image.id() + "' is not available");
        }
        Optional<String> description = request.structure("Description")
                .exactText("Value")
                .or(() ->
                        request.text("Attribute").filter("description"::equals).flatMap(name -> request.text("Value")));
        description.ifPresent(text -> {
            image.describeAs(text);
            mine.place().log(image.id(), "description changed");
        });
        request.structure("ImdsSupport").text("Value").ifPresent(value -> requireImds(image, value));
        permit(request, image);
        mine.place().log(image.id(), "launch permissions: " + image.launchPermissions());
        return Nodes.object();
    }

    /** Source: EC2 API Reference, ModifyImageAttribute, ImdsSupport: "Only the value v2.0 is supported". */
    private static void requireImds(Image image, String value) {
        if (!value.equals("v2.0")) {
            throw AwsError.client(
                    "InvalidParameterValue", "Value (" + value + ") for parameter imdsSupport is invalid.");
        }
        image.requireImds(value);
    }

    private static void permit(Input request, Image image) {
        Input permission = request.structure("LaunchPermission");
        List<String> direct = Stream.concat(request.texts("UserIds").stream(), request.texts("UserGroups").stream())
                .toList();
        List<String> added = who(permission.structures("Add"));
        Stream.concat(added.stream(), direct.stream()).forEach(ImageOperations::refuseMalformed);
        added.forEach(image::permit);
        who(permission.structures("Remove")).forEach(image::forbid);
        boolean removing = request.text("OperationType", "").equals("remove");
        direct.forEach(removing ? image::forbid : image::permit);
    }

    private static void refuseMalformed(String who) {
        if (!who.equals("all") && !who.startsWith("arn:") && !who.matches("[0-9]{12}")) {
            throw AwsError.client(
                    "InvalidAMIAttributeItemValue",
                    "Invalid attribute item value \"" + who + "\" for userId item type.");
        }
    }

    private static List<String> who(List<Input> permissions) {
        return permissions.stream()
                .map(permission -> permission
                        .text("UserId")
                        .or(() -> permission.text("OrganizationArn"))
                        .or(() -> permission.text("OrganizationalUnitArn"))
                        .orElseGet(() -> permission.text("Group", "")))
                .toList();
    }

    private ObjectNode reset(Input request, Caller caller) {
        if (!request.required("Attribute").equals("launchPermission")) {
            throw Errors.invalidValue("Only the launch permission of an image can be reset.");
        }
        changing("launch permissions reset", (image, given) -> image.forbidAll())
                .answer(request, caller);
        return Nodes.object();
    }
}
