package io.jenkins.plugins.amirefresh.simulator.ec2.network;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** A subnet, which lies in one zone and hands out private addresses. */
public final class Subnet implements Tagged {

    /** AWS keeps the first four addresses and the last. Source: VPC User Guide, "Subnet CIDR blocks". */
    private static final int RESERVED = 5;

    private final String id;
    private final Vpc vpc;
    private final String zone;
    private final Cidr cidr;
    private final String cidrText;
    private final boolean publicAddresses;
    private final Tags tags;
    private final Set<String> used = new HashSet<>();
    private long cursor = RESERVED - 1;

    Subnet(String id, Vpc vpc, String zone, String cidr, boolean publicAddresses, Tags tags) {
        this.id = id;
        this.vpc = vpc;
        this.zone = zone;
        this.cidr = Cidr.parse(cidr);
        this.cidrText = cidr;
        this.publicAddresses = publicAddresses;
        this.tags = tags;
    }

    /** How many private addresses are left. */
    public long freeAddresses() {
        return cidr.size() - RESERVED - used.size();
    }

    /**
     * Takes a free address; one that {@code takenElsewhere} only when there is no other.
     *
     * @throws AwsError InsufficientFreeAddressesInSubnet
     */
    public String allocate(Predicate<String> takenElsewhere) {
        if (freeAddresses() <= 0) {
            throw AwsError.client(
                    "InsufficientFreeAddressesInSubnet",
                    "There are not enough free addresses in subnet '" + id
                            + "' to satisfy the requested number of instances.");
        }
        String fallback = "";
        for (long tries = cidr.size() - RESERVED; tries > 0; tries--) {
            String address = cidr.address(cursor);
            cursor = cursor + 1 >= cidr.size() - 1 ? RESERVED - 1 : cursor + 1;
            if (used.contains(address)) {
                continue;
            }
            if (!takenElsewhere.test(address)) {
                used.add(address);
                return address;
            }
            fallback = address;
        }
        used.add(fallback);
        return fallback;
    }

    /**
     * Takes this address.
     *
     * @throws AwsError InvalidParameterValue outside the subnet, InvalidIPAddress.InUse when it is taken
     */
    public String take(String address) {
        if (!cidr.contains(address)) {
            throw AwsError.client(
                    "InvalidParameterValue", "Address " + address + " does not fall within the subnet's address range");
        }
        if (!used.add(address)) {
            throw AwsError.client("InvalidIPAddress.InUse", "Address " + address + " is in use.");
        }
        return address;
    }

    boolean isUsed() {
        return !used.isEmpty();
    }

    /** Gives an address back. */
    public void release(String address) {
        used.remove(address);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String resourceType() {
        return "subnet";
    }

    @Override
    public Tags tags() {
        return tags;
    }

    /** The VPC it belongs to. */
    public Vpc vpc() {
        return vpc;
    }

    /** For example {@code eu-west-1a}. */
    public String zone() {
        return zone;
    }

    /** For example {@code 10.0.1.0/24}. */
    public String cidr() {
        return cidrText;
    }

    /** Whether its instances get a public address. */
    public boolean publicAddresses() {
        return publicAddresses;
    }
}
