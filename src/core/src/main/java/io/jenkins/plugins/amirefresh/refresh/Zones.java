package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How instances are spread over Availability Zones. */
final class Zones {

    private Zones() {}

    /**
     * In this order, and among equals each from the zone that is fullest when those before it are gone.
     *
     * @param staying whoever fills the zones
     */
    static List<InstanceObservation> fromTheFullest(
            List<InstanceObservation> instances,
            Comparator<InstanceObservation> order,
            List<InstanceObservation> staying) {
        List<InstanceObservation> rest = new ArrayList<>(instances.stream()
                .sorted(order.thenComparing(InstanceObservation::id))
                .toList());
        Map<String, Integer> zones = new HashMap<>();
        staying.forEach(instance -> zones.merge(instance.availabilityZone(), 1, Integer::sum));
        List<InstanceObservation> ordered = new ArrayList<>();
        while (!rest.isEmpty()) {
            InstanceObservation first = rest.get(0);
            InstanceObservation next = rest.stream()
                    .filter(instance -> order.compare(instance, first) == 0)
                    .max(Comparator.comparing(instance -> zones.getOrDefault(instance.availabilityZone(), 0)))
                    .orElseThrow();
            zones.merge(next.availabilityZone(), -1, Integer::sum);
            rest.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    /**
     * How many instances AWS would move as soon as rebalancing, which we suspended, resumes: each would count once it runs,
     * where AWS does not look at the load balancer, and another go before it serves. Source: EC2 Auto Scaling User Guide,
     * "Availability Zone rebalancing".
     */
    static int toMove(Tick tick) {
        boolean isOurs = tick.state().temporary().suspended().contains(ScalingProcess.AZ_REBALANCE);
        if (!isOurs || !AwsReadiness.isBlind(tick.group())) {
            return 0;
        }
        Map<String, Integer> zones = new HashMap<>();
        tick.group().availabilityZones().forEach(zone -> zones.put(zone, 0));
        tick.health().staying().forEach(instance -> zones.merge(instance.availabilityZone(), 1, Integer::sum));
        List<Integer> counts = new ArrayList<>(zones.values());
        int moves = 0;
        while (counts.size() > 1) {
            Collections.sort(counts);
            int last = counts.size() - 1;
            if (counts.get(last) - counts.get(0) < 2) {
                break;
            }
            counts.set(0, counts.get(0) + 1);
            counts.set(last, counts.get(last) - 1);
            moves++;
        }
        return moves;
    }
}
