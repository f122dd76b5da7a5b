package io.jenkins.plugins.amirefresh.cloud;

import java.util.List;

/** Subnets of EC2. */
public interface Subnets {

    /** Every subnet the account sees, pages of 1,000. Permission: {@code ec2:DescribeSubnets}. */
    List<Subnet> all();

    /**
     * A subnet.
     *
     * @param freeAddresses IPv4 addresses that nobody uses; those of stopped instances count as used
     */
    record Subnet(String id, String availabilityZone, int freeAddresses) {}
}
