package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.cloud.Subnets.Subnet;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether the subnets of a group have an address for each instance that is launched before an old one goes. AWS launches
 * into the zone with the fewest instances, whatever room it has, and a launch that fails ends a refresh.
 * Source: EC2 Auto Scaling User Guide, "Instance distribution".
 */
final class FreeAddresses {

    private FreeAddresses() {}

    /**
     * Why there is no room, empty when there is.
     *
     * @param subnets those of the group; a zone without one is not judged
     * @param launches instances that are launched first
     */
    static Optional<String> refusal(GroupObservation group, List<Subnet> subnets, int launches) {
        Map<String, Integer> free = new TreeMap<>();
        subnets.forEach(subnet -> free.merge(subnet.availabilityZone(), subnet.freeAddresses(), Integer::sum));
        if (launches == 0 || free.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Integer> needed = needed(group, free, launches);
        return needed.entrySet().stream()
                .filter(zone -> zone.getValue() > free.getOrDefault(zone.getKey(), 0))
                .findFirst()
                .map(zone -> "its subnets in " + zone.getKey() + " have " + free.get(zone.getKey())
                        + " free addresses, and launching " + launches + " replacements first needs " + zone.getValue()
                        + " there; use a smaller batchSize, in-out, or more addresses");
    }

    /** Each launch goes to the zone with the fewest instances, of several to the one with most room. */
    private static Map<String, Integer> needed(GroupObservation group, Map<String, Integer> free, int launches) {
        Map<String, Integer> instances = new TreeMap<>();
        free.keySet().forEach(zone -> instances.put(zone, 0));
        for (InstanceObservation instance : group.instances()) {
            if (!instance.lifecycleState().isLeaving()) {
                instances.computeIfPresent(instance.availabilityZone(), (zone, count) -> count + 1);
            }
        }
        Map<String, Integer> needed = new TreeMap<>();
        for (int launch = 0; launch < launches; launch++) {
            String zone = instances.keySet().stream()
                    .min(Comparator.<String, Integer>comparing(instances::get)
                            .thenComparing(name -> needed.getOrDefault(name, 0) - free.getOrDefault(name, 0)))
                    .orElseThrow();
            instances.merge(zone, 1, Integer::sum);
            needed.merge(zone, 1, Integer::sum);
        }
        return needed;
    }
}
