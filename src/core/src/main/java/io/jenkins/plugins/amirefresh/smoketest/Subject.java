package io.jenkins.plugins.amirefresh.smoketest;

/**
 * Who is asked.
 *
 * @param id an instance id, a load balancer's DNS name, or the group's name
 * @param address where it is reached, empty for an instance without an address
 * @param isGroup the group as a whole; false in state files of older versions
 */
public record Subject(String id, String address, boolean isInstance, boolean isGroup) {

    /** An instance. */
    public static Subject instance(String id, String address) {
        return new Subject(id, address, true, false);
    }

    /** A load balancer. */
    public static Subject loadBalancer(String dnsName) {
        return new Subject(dnsName, dnsName, false, false);
    }

    /** The group. */
    public static Subject group(String name) {
        return new Subject(name, "", false, true);
    }
}
