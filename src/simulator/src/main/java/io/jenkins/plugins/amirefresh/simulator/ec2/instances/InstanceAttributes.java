package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.SecurityGroup;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** EC2's operations on what is particular to one instance. */
final class InstanceAttributes {

    private static final Set<String> NEED_STOPPED = Set.of("InstanceType", "UserData", "EnaSupport", "SriovNetSupport");

    private final Function<Caller, InstanceQueries.Fleet> fleet;

    InstanceAttributes(Function<Caller, InstanceQueries.Fleet> fleet) {
        this.fleet = fleet;
    }

    private Instance named(Input request, Caller caller) {
        return fleet.apply(caller).instances().instance(request.required("InstanceId"));
    }

    ObjectNode modify(Input request, Caller caller) {
        Instance instance = named(request, caller);
        InstanceQueries.Fleet mine = fleet.apply(caller);
        for (String attribute : NEED_STOPPED) {
            if (value(request, attribute).isPresent() && instance.state() != InstanceState.STOPPED) {
                throw AwsError.client(
                        "IncorrectInstanceState",
                        "The instance '" + instance.id() + "' is not in the 'stopped' state.");
            }
        }
        value(request, "InstanceType")
                .ifPresent(type -> instance.changeType(mine.types().named(type).name()));
        value(request, "UserData").ifPresent(instance::changeUserData);
        value(request, "EnaSupport").map(Boolean::parseBoolean).ifPresent(instance::useEna);
        value(request, "DisableApiTermination").map(Boolean::parseBoolean).ifPresent(instance::protect);
        value(request, "DisableApiStop").map(Boolean::parseBoolean).ifPresent(instance::protectFromStop);
        value(request, "SourceDestCheck").map(Boolean::parseBoolean).ifPresent(instance::checkSource);
        value(request, "InstanceInitiatedShutdownBehavior").ifPresent(behavior -> onShutdown(instance, behavior));
        List<SecurityGroup> groups = request.texts("Groups").stream()
                .map(mine.around().network()::group)
                .toList();
        if (!groups.isEmpty()) {
            instance.changeGroups(groups);
            mine.instances().reachChanged(instance);
        }
        for (Input mapping : request.structures("BlockDeviceMappings")) {
            retain(mine, instance, mapping);
        }
        mine.around().place().log(instance.id(), "attributes changed");
        return Nodes.object();
    }

    private static void onShutdown(Instance instance, String behavior) {
        if (!List.of("stop", "terminate").contains(behavior)) {
            throw AwsError.client(
                    "InvalidParameterValue",
                    "Value (" + behavior + ") for parameter instanceInitiatedShutdownBehavior is invalid.");
        }
        instance.onShutdown(behavior);
    }

    /** An attribute in its own member, or by Attribute and Value. */
    private static Optional<String> value(Input request, String member) {
        String attribute = member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
        return request.structure(member)
                .text("Value")
                .or(() -> request.text("Attribute").filter(attribute::equals).flatMap(name -> request.text("Value")));
    }

    private static void retain(InstanceQueries.Fleet mine, Instance instance, Input mapping) {
        String device = mapping.required("DeviceName");
        var volume = instance.volumeIds().stream()
                .flatMap(id -> mine.around().volumes().find(id).stream())
                .filter(found -> found.attachment()
                        .filter(attachment -> attachment.device().equals(device))
                        .isPresent())
                .findFirst()
                .orElseThrow(() ->
                        AwsError.client("InvalidInstanceAttributeValue", "No device is currently mapped at " + device));
        mine.around()
                .volumes()
                .attach(volume, instance.id(), device, mapping.structure("Ebs").flag("DeleteOnTermination"));
    }

    ObjectNode describe(Input request, Caller caller) {
        Instance instance = named(request, caller);
        InstanceQueries.Fleet mine = fleet.apply(caller);
        ObjectNode answer = Nodes.of("InstanceId", instance.id());
        switch (request.required("Attribute")) {
            case "instanceType" -> answer.set("InstanceType", Nodes.of("Value", instance.instanceType()));
            case "userData" ->
                answer.set(
                        "UserData",
                        instance.userData().map(text -> Nodes.of("Value", text)).orElseGet(Nodes::object));
            case "disableApiTermination" ->
                answer.set("DisableApiTermination", Nodes.object().put("Value", instance.isProtected()));
            case "disableApiStop" ->
                answer.set("DisableApiStop", Nodes.object().put("Value", instance.isStopProtected()));
            case "instanceInitiatedShutdownBehavior" ->
                answer.set("InstanceInitiatedShutdownBehavior", Nodes.of("Value", instance.shutdownBehavior()));
            case "rootDeviceName" ->
                answer.set(
                        "RootDeviceName",
                        Nodes.of("Value", instance.image().kind().rootDeviceName()));
            case "blockDeviceMapping" ->
                answer.set(
                        "BlockDeviceMappings",
                        InstanceView.devices(instance, mine.around().volumes()));
            case "sourceDestCheck" ->
                answer.set("SourceDestCheck", Nodes.object().put("Value", instance.checksSource()));
            case "groupSet" -> answer.set("Groups", InstanceView.groups(instance));
            case "ebsOptimized" -> answer.set("EbsOptimized", Nodes.object().put("Value", false));
            case "enaSupport" -> answer.set("EnaSupport", Nodes.object().put("Value", instance.hasEna()));
            case "sriovNetSupport" -> answer.set("SriovNetSupport", Nodes.of("Value", "simple"));
            case "productCodes" -> answer.set("ProductCodes", Nodes.array());
            default ->
                throw Errors.invalidValue("The simulator keeps no instance attribute " + request.required("Attribute"));
        }
        return answer;
    }

    ObjectNode launchTemplateData(Input request, Caller caller) {
        Instance instance = named(request, caller);
        ObjectNode data = Nodes.object()
                .put("ImageId", instance.image().id())
                .put("InstanceType", instance.instanceType())
                .put("EbsOptimized", false)
                .put("DisableApiTermination", instance.isProtected())
                .put("InstanceInitiatedShutdownBehavior", instance.shutdownBehavior());
        ObjectNode given = instance.birth().parameters();
        for (String member : List.of("KeyName", "IamInstanceProfile", "BlockDeviceMappings", "MetadataOptions")) {
            if (given.has(member)) {
                data.set(member, given.get(member).deepCopy());
            }
        }
        instance.userData().ifPresent(text -> data.put("UserData", text));
        ObjectNode card = Nodes.object()
                .put("DeviceIndex", 0)
                .put("SubnetId", instance.subnet().id());
        card.set(
                "Groups",
                Nodes.texts(instance.groups().stream().map(SecurityGroup::id).toList()));
        data.set("NetworkInterfaces", Nodes.array().add(card));
        ObjectNode tags = Nodes.of("ResourceType", "instance");
        var own = new Tags(instance.tags().asMap());
        instance.tags().asMap().keySet().stream()
                .filter(key -> key.startsWith("aws:"))
                .forEach(own::remove);
        tags.set("Tags", own.view());
        data.set("TagSpecifications", Nodes.array().add(tags));
        return Nodes.of("LaunchTemplateData", data);
    }

    ObjectNode consoleOutput(Input request, Caller caller) {
        Instance instance = named(request, caller);
        Instant now = fleet.apply(caller).around().place().now();
        Instant booted = instance.conduct().booted();
        boolean up = !now.isBefore(booted);
        ObjectNode answer = Nodes.object()
                .put("InstanceId", instance.id())
                .put("Timestamp", (up ? booted : instance.launchTime()).toString());
        if (up) {
            String text = instance.privateDnsName() + " login: ";
            answer.put("Output", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }
        return answer;
    }

    /** Empty when there is no password, as on Linux. Source: EC2 API Reference, GetPasswordData. */
    ObjectNode passwordData(Input request, Caller caller) {
        Instance instance = named(request, caller);
        return Nodes.object()
                .put("InstanceId", instance.id())
                .put("Timestamp", instance.launchTime().toString())
                .put("PasswordData", "");
    }
}
