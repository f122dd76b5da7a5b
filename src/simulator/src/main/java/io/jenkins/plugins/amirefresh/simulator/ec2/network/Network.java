package io.jenkins.plugins.amirefresh.simulator.ec2.network;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The VPCs, subnets and security groups of one account and region. */
public final class Network {

    private static final List<String> ZONE_LETTERS = List.of("a", "b", "c");

    private final Place place;
    private final Map<String, Vpc> vpcs = new TreeMap<>();
    private final Map<String, Subnet> subnets = new TreeMap<>();
    private final Map<String, SecurityGroup> groups = new TreeMap<>();

    /** An empty one. */
    public Network(Place place) {
        this.place = place;
    }

    /** AWS's default VPC: 172.31.0.0/16 with a public /20 subnet in each of three zones. */
    public void addDefaultVpc() {
        Vpc vpc = addVpc(place.newId("vpc"), "172.31.0.0/16", true, new Tags());
        for (int n = 0; n < ZONE_LETTERS.size(); n++) {
            String zone = place.region() + ZONE_LETTERS.get(n);
            addSubnet(place.newId("subnet"), vpc, zone, "172.31." + 16 * n + ".0/20", true, new Tags());
        }
    }

    /** A VPC with its default security group. */
    public Vpc addVpc(String id, String cidr, boolean isDefault, Tags tags) {
        Vpc vpc = new Vpc(id, cidr, isDefault, tags);
        vpcs.put(id, vpc);
        addGroup(vpc, "default", "default VPC security group", new Tags());
        return vpc;
    }

    /** A subnet. */
    public Subnet addSubnet(String id, Vpc vpc, String zone, String cidr, boolean publicAddresses, Tags tags) {
        Subnet subnet = new Subnet(id, vpc, zone, cidr, publicAddresses, tags);
        subnets.put(id, subnet);
        return subnet;
    }

    /** A security group, which lets everything out. */
    public SecurityGroup addGroup(Vpc vpc, String name, String description, Tags tags) {
        return addGroup(place.newId("sg"), vpc, name, description, tags);
    }

    /** A security group with this id, which lets everything out. */
    public SecurityGroup addGroup(String id, Vpc vpc, String name, String description, Tags tags) {
        SecurityGroup group = new SecurityGroup(id, name, description, vpc, tags);
        group.rules().add(SecurityGroup.Rule.everythingOut(group.id()));
        groups.put(group.id(), group);
        return group;
    }

    /** One that an account file takes for granted, in the default VPC or the first; it admits everything. */
    public void addDeclaredGroup(String id) {
        Vpc vpc = defaultVpc().orElseGet(() -> vpcs.values().iterator().next());
        if (!groups.containsKey(id)) {
            SecurityGroup group = new SecurityGroup(id, id, "named by a launch template", vpc, new Tags());
            group.rules().add(SecurityGroup.Rule.everythingOut(id));
            group.rules().add(SecurityGroup.Rule.everythingIn(id));
            groups.put(id, group);
        }
    }

    /**
     * Deletes a subnet that nobody uses.
     *
     * @throws AwsError DependencyViolation when an address of it is taken
     */
    void remove(Subnet subnet) {
        if (subnet.isUsed()) {
            throw AwsError.client(
                    "DependencyViolation", "The subnet '" + subnet.id() + "' has dependencies and cannot be deleted.");
        }
        subnets.remove(subnet.id());
    }

    void removeGroup(SecurityGroup group) {
        groups.remove(group.id());
    }

    /** By id. */
    public Collection<Vpc> vpcs() {
        return Collections.unmodifiableCollection(vpcs.values());
    }

    /** By id. */
    public Collection<Subnet> subnets() {
        return Collections.unmodifiableCollection(subnets.values());
    }

    /** By id. */
    public Collection<SecurityGroup> groups() {
        return Collections.unmodifiableCollection(groups.values());
    }

    /** Ids of security groups. */
    public List<String> groupIds(Predicate<SecurityGroup> wanted) {
        return groups.values().stream().filter(wanted).map(SecurityGroup::id).toList();
    }

    /** The region's zones: those of the subnets and at least three. Sorted. */
    public Collection<String> zones() {
        TreeSet<String> zones = new TreeSet<>();
        ZONE_LETTERS.forEach(letter -> zones.add(place.region() + letter));
        subnets.values().forEach(subnet -> zones.add(subnet.zone()));
        return zones;
    }

    /** Where machines start whose subnet nobody names. */
    public Optional<Vpc> defaultVpc() {
        return vpcs.values().stream().filter(Vpc::isDefault).findFirst();
    }

    /**
     * The subnet with this id.
     *
     * @throws AwsError InvalidSubnetID.NotFound
     */
    public Subnet subnet(String id) {
        return Optional.ofNullable(subnets.get(id))
                .orElseThrow(
                        () -> AwsError.client("InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist"));
    }

    /**
     * The VPC with this id.
     *
     * @throws AwsError InvalidVpcID.NotFound
     */
    public Vpc vpc(String id) {
        return Optional.ofNullable(vpcs.get(id))
                .orElseThrow(() -> AwsError.client("InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist"));
    }

    /**
     * The security group with this id.
     *
     * @throws AwsError InvalidGroup.NotFound
     */
    public SecurityGroup group(String id) {
        return Optional.ofNullable(groups.get(id))
                .orElseThrow(() ->
                        AwsError.client("InvalidGroup.NotFound", "The security group '" + id + "' does not exist"));
    }

    /**
     * The security group with this name.
     *
     * @throws AwsError InvalidGroup.NotFound when the VPC has no group of this name
     */
    public SecurityGroup groupByName(Vpc vpc, String name) {
        return groups.values().stream()
                .filter(group -> group.vpc().equals(vpc) && group.name().equals(name))
                .findFirst()
                .orElseThrow(() -> AwsError.client(
                        "InvalidGroup.NotFound",
                        "The security group '" + name + "' does not exist in VPC '" + vpc.id() + "'"));
    }

    /**
     * The subnet that EC2 takes when the caller names none: the default VPC's in that zone, or in the zone with most free
     * addresses.
     *
     * @throws AwsError when there is no default VPC, or none of its subnets is in the zone
     */
    public Subnet defaultSubnet(Optional<String> zone) {
        Vpc vpc = defaultVpc().orElseThrow(() -> AwsError.client("VPCIdNotSpecified", "No default VPC for this user"));
        zone.filter(name -> !zones().contains(name)).ifPresent(name -> {
            throw Errors.invalidValue("Invalid availability zone: [" + name + "]");
        });
        return subnets.values().stream()
                .filter(subnet -> subnet.vpc().equals(vpc))
                .filter(subnet -> zone.isEmpty() || subnet.zone().equals(zone.get()))
                .max(Comparator.comparingLong(Subnet::freeAddresses)
                        .thenComparing(Subnet::zone, Comparator.reverseOrder()))
                .orElseThrow(() -> AwsError.client(
                        "MissingInput", "No default subnet for availability zone: '" + zone.orElse("null") + "'."));
    }
}
