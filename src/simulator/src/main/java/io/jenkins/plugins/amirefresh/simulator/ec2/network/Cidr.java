package io.jenkins.plugins.amirefresh.simulator.ec2.network;

/**
 * A block of IPv4 addresses.
 *
 * @param first the network address as a number
 * @param bits length of the prefix, 0-32
 */
record Cidr(long first, int bits) {

    /** @param text for example {@code 10.0.0.0/16} */
    static Cidr parse(String text) {
        String[] parts = text.split("/", 2);
        long address = 0;
        for (String octet : parts[0].split("\\.", -1)) {
            address = address << 8 | Integer.parseInt(octet);
        }
        return new Cidr(address, Integer.parseInt(parts[1]));
    }

    /** How many addresses it has. */
    long size() {
        return 1L << (32 - bits);
    }

    /** The address at this place, 0-based. */
    String address(long offset) {
        long value = first + offset;
        return (value >> 24 & 255) + "." + (value >> 16 & 255) + "." + (value >> 8 & 255) + "." + (value & 255);
    }

    /** Whether an address lies in it. */
    boolean contains(String address) {
        long value = parse(address + "/32").first;
        return value >= first && value < first + size();
    }
}
