package io.jenkins.plugins.amirefresh.simulator.ec2.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Filters;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Paging;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** EC2's operations on VPCs, subnets and zones; those on security groups are beside. */
public final class NetworkOperations {

    private static final Paging VPCS = Paging.usual("DescribeVpcs");
    private static final Paging SUBNETS = Paging.usual("DescribeSubnets");

    private final Function<Caller, Network> network;
    private final Filters<Vpc> vpcFilters = Filters.<Vpc>byTags(
                    vpc -> vpc.tags().asMap())
            .with("vpc-id", Vpc::id)
            .with("cidr", Vpc::cidr)
            .with("cidr-block-association.cidr-block", Vpc::cidr)
            .with("state", vpc -> "available")
            .with("is-default", vpc -> Boolean.toString(vpc.isDefault()))
            .with("isDefault", vpc -> Boolean.toString(vpc.isDefault()));
    private final Filters<Subnet> subnetFilters = Filters.<Subnet>byTags(
                    subnet -> subnet.tags().asMap())
            .with("subnet-id", Subnet::id)
            .with("vpc-id", subnet -> subnet.vpc().id())
            .with("availability-zone", Subnet::zone)
            .with("availabilityZone", Subnet::zone)
            .with("availability-zone-id", subnet -> zoneId(subnet.zone()))
            .with("cidr-block", Subnet::cidr)
            .with("cidr", Subnet::cidr)
            .with("state", subnet -> "available")
            .with("available-ip-address-count", subnet -> Long.toString(subnet.freeAddresses()))
            .with("default-for-az", subnet -> Boolean.toString(subnet.vpc().isDefault()))
            .with("defaultForAz", subnet -> Boolean.toString(subnet.vpc().isDefault()))
            .with("map-public-ip-on-launch", subnet -> Boolean.toString(subnet.publicAddresses()));
    private final Filters<String> zoneFilters = Filters.<String>byTags(zone -> Map.of())
            .with("zone-name", zone -> zone)
            .with("zone-id", NetworkOperations::zoneId)
            .with("region-name", zone -> zone.substring(0, zone.length() - 1))
            .with("zone-type", zone -> "availability-zone")
            .with("opt-in-status", zone -> "opt-in-not-required")
            .with("state", zone -> "available");

    /** For the caller's network. */
    public NetworkOperations(Function<Caller, Network> network) {
        this.network = network;
    }

    /** By AWS's names. */
    public Map<String, Handler> operations() {
        return Map.of(
                "DescribeVpcs", this::describeVpcs,
                "DescribeSubnets", this::describeSubnets,
                "DeleteSubnet", this::deleteSubnet,
                "DescribeAvailabilityZones", this::describeZones);
    }

    private ObjectNode describeVpcs(Input request, Caller caller) {
        Network mine = network.apply(caller);
        List<String> ids = request.texts("VpcIds");
        Stream<Vpc> asked = ids.isEmpty()
                ? mine.vpcs().stream()
                : ids.stream().distinct().sorted().map(mine::vpc);
        List<Vpc> found = asked.filter(vpcFilters.of(request)).toList();
        return VPCS.answer(request, "Vpcs", found, Vpc::id, vpc -> view(vpc, caller));
    }

    private ObjectNode describeSubnets(Input request, Caller caller) {
        Network mine = network.apply(caller);
        List<String> ids = request.texts("SubnetIds");
        Stream<Subnet> asked = ids.isEmpty()
                ? mine.subnets().stream()
                : ids.stream().distinct().sorted().map(mine::subnet);
        List<Subnet> found = asked.filter(subnetFilters.of(request)).toList();
        return SUBNETS.answer(request, "Subnets", found, Subnet::id, subnet -> view(subnet, caller));
    }

    private ObjectNode deleteSubnet(Input request, Caller caller) {
        Network mine = network.apply(caller);
        mine.remove(mine.subnet(request.required("SubnetId")));
        return Nodes.object();
    }

    private ObjectNode describeZones(Input request, Caller caller) {
        List<String> zones = new ArrayList<>(network.apply(caller).zones());
        List<String> names = request.texts("ZoneNames");
        names.stream().filter(name -> !zones.contains(name)).findFirst().ifPresent(name -> {
            throw Errors.invalidValue("Invalid availability zone: [" + name + "]");
        });
        zones.removeIf(zone -> !names.isEmpty() && !names.contains(zone));
        zones.removeIf(zoneFilters.of(request).negate());
        return Nodes.of("AvailabilityZones", Nodes.array(zones, zone -> Nodes.object()
                .put("State", "available")
                .put("OptInStatus", "opt-in-not-required")
                .put("RegionName", caller.region())
                .put("ZoneName", zone)
                .put("ZoneId", zoneId(zone))
                .put("GroupName", caller.region())
                .put("NetworkBorderGroup", caller.region())
                .put("ZoneType", "availability-zone")));
    }

    /** For example {@code euw1-az1} for {@code eu-west-1a}; in AWS the letters differ from account to account. */
    public static String zoneId(String zone) {
        String[] parts = zone.substring(0, zone.length() - 1).split("-", -1);
        StringBuilder id = new StringBuilder(parts[0]);
        for (int n = 1; n < parts.length - 1; n++) {
            id.append(parts[n].charAt(0));
        }
        return id.append(parts[parts.length - 1])
                .append("-az")
                .append(zone.charAt(zone.length() - 1) - 'a' + 1)
                .toString();
    }

    private static ObjectNode view(Vpc vpc, Caller caller) {
        ObjectNode view = Nodes.object()
                .put("VpcId", vpc.id())
                .put("CidrBlock", vpc.cidr())
                .put("State", "available")
                .put("OwnerId", caller.accountId())
                .put("InstanceTenancy", "default")
                .put("IsDefault", vpc.isDefault());
        view.set("Tags", vpc.tags().view());
        return view;
    }

    private static ObjectNode view(Subnet subnet, Caller caller) {
        ObjectNode view = Nodes.object()
                .put("SubnetId", subnet.id())
                .put("SubnetArn", caller.at().arn("ec2", "subnet/" + subnet.id()))
                .put("VpcId", subnet.vpc().id())
                .put("CidrBlock", subnet.cidr())
                .put("AvailabilityZone", subnet.zone())
                .put("AvailabilityZoneId", zoneId(subnet.zone()))
                .put("AvailableIpAddressCount", subnet.freeAddresses())
                .put("State", "available")
                .put("OwnerId", caller.accountId())
                .put("DefaultForAz", subnet.vpc().isDefault())
                .put("MapPublicIpOnLaunch", subnet.publicAddresses())
                .put("AssignIpv6AddressOnCreation", false);
        view.set("Tags", subnet.tags().view());
        return view;
    }
}
