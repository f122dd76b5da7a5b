package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a group spreads over its Availability Zones. Source: EC2 Auto Scaling User Guide, "Instance distribution": launches
 * go to the zone with the fewest instances, scale-in takes from the zone with the most.
 */
final class Zones {

    private Zones() {}

    /** Members that count, by zone; every zone of the group is there, in the group's order. */
    static Map<String, Integer> counts(Group group) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        group.zones().forEach(zone -> counts.put(zone, 0));
        for (Member member : group.members()) {
            if (member.state().counts() && !member.isOutgoing()) {
                counts.merge(member.machine().zone(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Where the next instance goes: the group's zones, emptiest first. */
    static List<String> emptiestFirst(Group group) {
        Map<String, Integer> counts = counts(group);
        return group.zones().stream()
                .sorted((one, other) -> Integer.compare(counts.getOrDefault(one, 0), counts.getOrDefault(other, 0)))
                .toList();
    }

    /** Those candidates that stand in the fullest zone that has any. */
    static List<Member> inFullestZone(Group group, Collection<Member> candidates) {
        Map<String, Integer> counts = counts(group);
        int fullest = candidates.stream()
                .mapToInt(member -> counts.getOrDefault(member.machine().zone(), 0))
                .max()
                .orElse(0);
        return candidates.stream()
                .filter(member -> counts.getOrDefault(member.machine().zone(), 0) == fullest)
                .toList();
    }

    /** Whether moving one instance would even the zones out. */
    static boolean isUnbalanced(Group group) {
        Map<String, Integer> counts = counts(group);
        int most = counts.values().stream().mapToInt(count -> count).max().orElse(0);
        int fewest = group.zones().stream()
                .mapToInt(zone -> counts.getOrDefault(zone, 0))
                .min()
                .orElse(0);
        boolean strays = counts.keySet().stream()
                .anyMatch(zone -> !group.zones().contains(zone) && counts.getOrDefault(zone, 0) > 0);
        return group.zones().size() > 0 && (most - fewest > 1 || strays);
    }
}
