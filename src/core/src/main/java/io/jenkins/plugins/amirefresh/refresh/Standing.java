package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a group stands in one sight, in units of its capacity, as its sizes and its floor are: instances, or their weights.
 *
 * @param outdated those that stay, in service and healthy to the group, that are to be replaced
 * @param updated the same on the wanted version
 * @param serving all that are healthy to the load balancers as well
 */
public record Standing(int outdated, int updated, int serving) {

    /** What one sight shows. */
    public static Standing of(RefreshPlan plan, GroupSight sight, RefreshState state) {
        GroupHealth health = new GroupHealth(plan, sight, state);
        int inService = units(health.staying(), InstanceObservation::isHealthyInService);
        int updated = units(health.current(), InstanceObservation::isHealthyInService);
        return new Standing(inService - updated, updated, units(health.staying(), health::serves));
    }

    private static int units(List<InstanceObservation> instances, Predicate<InstanceObservation> which) {
        return InstanceObservation.units(instances.stream().filter(which).toList());
    }
}
