package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import io.jenkins.plugins.amirefresh.simulator.behavior.ShellHost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which instance answers at an address or DNS name, across all accounts and regions of a world. */
public final class AddressBook {

    private static final int LOOPBACK_ADDRESSES = 1 << 16;

    private final Map<String, Instance> hosts = new HashMap<>();
    private int publicAddresses;
    private int loopbackAddresses;

    /** A public address nobody has: of 198.18.0.0/15, which no real host uses. Source: RFC 2544. */
    String nextPublicAddress() {
        int n = ++publicAddresses % (1 << 17);
        return "198." + (18 + (n >> 16)) + "." + (n >> 8 & 255) + "." + (n & 255);
    }

    /** A loopback address nobody has, for an instance that people log into. */
    String nextLoopbackAddress() {
        String address;
        do {
            int n = ++loopbackAddresses % LOOPBACK_ADDRESSES;
            address = ShellHost.NETWORK + (n >> 8) + "." + (n & 255);
        } while (isTaken(address) || address.equals(ShellHost.UNUSED));
        return address;
    }

    boolean isTaken(String address) {
        return hosts.containsKey(address);
    }

    void enter(Instance instance) {
        names(instance).forEach(name -> hosts.putIfAbsent(name, instance));
    }

    void leave(Instance instance) {
        names(instance).forEach(name -> hosts.remove(name, instance));
    }

    /** The instance with this private or public address or DNS name. */
    public Optional<Instance> find(String host) {
        return Optional.ofNullable(hosts.get(host));
    }

    private static List<String> names(Instance instance) {
        List<String> names = new ArrayList<>(4);
        names.add(instance.privateAddress());
        names.add(instance.privateDnsName());
        instance.publicAddress().ifPresent(names::add);
        instance.publicDnsName().ifPresent(names::add);
        return names;
    }
}
