package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Volume;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Volumes;
import java.util.Locale;
import java.util.Optional;

/** An instance as DescribeInstances shows it. */
final class InstanceView {

    private InstanceView() {}

    static ObjectNode of(Instance instance, String accountId, Volumes volumes) {
        ObjectNode view = Nodes.object()
                .put("InstanceId", instance.id())
                .put("ImageId", instance.image().id())
                .put("InstanceType", instance.instanceType())
                .put("AmiLaunchIndex", instance.birth().launchIndex())
                .put("LaunchTime", instance.launchTime().toString())
                .put("Architecture", instance.image().kind().architecture())
                .put("RootDeviceName", instance.image().kind().rootDeviceName())
                .put("RootDeviceType", "ebs")
                .put("VirtualizationType", instance.image().kind().virtualizationType())
                .put("Hypervisor", "xen")
                .put(
                        "EbsOptimized",
                        instance.birth().parameters().path("EbsOptimized").asBoolean(false))
                .put("EnaSupport", instance.hasEna())
                .put(
                        "ClientToken",
                        instance.birth().parameters().path("ClientToken").asText(""))
                .put("StateTransitionReason", instance.transitionReason())
                .put("PlatformDetails", instance.image().kind().platformDetails())
                .put("UsageOperation", "RunInstances");
        view.set("State", instance.state().view());
        view.set("Monitoring", Nodes.of("State", monitored(instance) ? "enabled" : "disabled"));
        view.set(
                "Placement",
                Nodes.object()
                        .put("AvailabilityZone", instance.zone())
                        .put("GroupName", "")
                        .put("Tenancy", "default"));
        reason(view, instance);
        keyAndProfile(view, instance, accountId);
        if (instance.isSpot()) {
            view.put("InstanceLifecycle", "spot");
            view.put("SpotInstanceRequestId", instance.id().replaceFirst("i-", "sir-"));
        }
        options(view, instance);
        view.set("MetadataOptions", metadata(instance));
        network(view, instance, accountId);
        view.set("BlockDeviceMappings", devices(instance, volumes));
        if (!instance.tags().asMap().isEmpty()) {
            view.set("Tags", instance.tags().view());
        }
        return view;
    }

    private static void reason(ObjectNode view, Instance instance) {
        instance.stateReason()
                .ifPresent(reason -> view.set(
                        "StateReason", Nodes.object().put("Code", reason.code()).put("Message", reason.message())));
    }

    private static boolean monitored(Instance instance) {
        return instance.birth().parameters().path("Monitoring").path("Enabled").asBoolean(false);
    }

    private static void keyAndProfile(ObjectNode view, Instance instance, String accountId) {
        String key = instance.birth().parameters().path("KeyName").asText("");
        if (!key.isEmpty()) {
            view.put("KeyName", key);
        }
        var profile = instance.birth().parameters().path("IamInstanceProfile");
        String arn = profile.has("Arn")
                ? profile.get("Arn").asText()
                : "arn:aws:iam::" + accountId + ":instance-profile/"
                        + profile.path("Name").asText();
        if (!profile.isMissingNode()) {
            view.set(
                    "IamInstanceProfile",
                    Nodes.object()
                            .put("Arn", arn)
                            .put(
                                    "Id",
                                    "AIPA" + Integer.toHexString(arn.hashCode()).toUpperCase(Locale.ROOT)));
        }
    }

    private static void options(ObjectNode view, Instance instance) {
        view.set("HibernationOptions", Nodes.object().put("Configured", instance.canHibernate()));
        instance.reservation().ifPresent(slot -> view.put("CapacityReservationId", slot.id()));
        if (instance.birth().parameters().get("CapacityReservationSpecification") instanceof ObjectNode asked) {
            view.set("CapacityReservationSpecification", asked.deepCopy());
        }
    }

    private static ObjectNode metadata(Instance instance) {
        var asked = instance.birth().parameters().path("MetadataOptions");
        return Nodes.object()
                .put("State", "applied")
                .put("HttpTokens", asked.path("HttpTokens").asText("optional"))
                .put(
                        "HttpPutResponseHopLimit",
                        asked.path("HttpPutResponseHopLimit").asInt(1))
                .put("HttpEndpoint", asked.path("HttpEndpoint").asText("enabled"));
    }

    /** A terminated instance has no network any more. */
    private static void network(ObjectNode view, Instance instance, String accountId) {
        boolean gone = instance.state() == InstanceState.TERMINATED;
        view.put("PrivateDnsName", gone ? "" : instance.privateDnsName());
        view.put("PublicDnsName", instance.publicDnsName().orElse(""));
        view.set("NetworkInterfaces", Nodes.array());
        view.set("SecurityGroups", groups(instance));
        if (gone) {
            return;
        }
        view.put("SourceDestCheck", instance.checksSource());
        view.put("PrivateIpAddress", instance.privateAddress());
        view.put("SubnetId", instance.subnet().id());
        view.put("VpcId", instance.subnet().vpc().id());
        instance.publicAddress().ifPresent(address -> view.put("PublicIpAddress", address));
        view.set("NetworkInterfaces", Nodes.array().add(networkInterface(instance, accountId)));
    }

    static ArrayNode groups(Instance instance) {
        return Nodes.array(
                instance.groups(),
                group -> Nodes.object().put("GroupId", group.id()).put("GroupName", group.name()));
    }

    private static ObjectNode networkInterface(Instance instance, String accountId) {
        ObjectNode card = Nodes.object()
                .put("NetworkInterfaceId", instance.connection().interfaceId())
                .put("OwnerId", accountId)
                .put("Status", "in-use")
                .put("InterfaceType", "interface")
                .put("Description", "")
                .put("PrivateDnsName", instance.privateDnsName())
                .put("PrivateIpAddress", instance.privateAddress())
                .put("SourceDestCheck", instance.checksSource())
                .put("SubnetId", instance.subnet().id())
                .put("VpcId", instance.subnet().vpc().id());
        card.set("Groups", groups(instance));
        card.set(
                "Attachment",
                Nodes.object()
                        .put("AttachmentId", instance.connection().interfaceId().replaceFirst("eni", "eni-attach"))
                        .put("AttachTime", instance.birth().requested().toString())
                        .put("DeleteOnTermination", true)
                        .put("DeviceIndex", 0)
                        .put("Status", "attached"));
        Optional<ObjectNode> association = instance.publicAddress().map(address -> Nodes.object()
                .put("IpOwnerId", "amazon")
                .put("PublicIp", address)
                .put("PublicDnsName", instance.publicDnsName().orElse("")));
        association.ifPresent(value -> card.set("Association", value));
        ObjectNode primary = Nodes.object()
                .put("Primary", true)
                .put("PrivateDnsName", instance.privateDnsName())
                .put("PrivateIpAddress", instance.privateAddress());
        association.ifPresent(value -> primary.set("Association", value));
        card.set("PrivateIpAddresses", Nodes.array().add(primary));
        return card;
    }

    static ArrayNode devices(Instance instance, Volumes volumes) {
        ArrayNode devices = Nodes.array();
        for (String id : instance.volumeIds()) {
            Optional<Volume.Attachment> attachment = volumes.find(id).flatMap(Volume::attachment);
            attachment.filter(held -> held.instanceId().equals(instance.id())).ifPresent(held -> {
                ObjectNode device = Nodes.of("DeviceName", held.device());
                device.set(
                        "Ebs",
                        Nodes.object()
                                .put("VolumeId", id)
                                .put("Status", "attached")
                                .put("AttachTime", held.attachTime().toString())
                                .put("DeleteOnTermination", held.deleteOnTermination()));
                devices.add(device);
            });
        }
        return devices;
    }
}
