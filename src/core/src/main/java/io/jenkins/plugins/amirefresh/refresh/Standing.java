package io.jenkins.plugins.amirefresh.refresh;

/**
 * How a group stands in one sight.
 *
 * @param outdated staying instances, in service and healthy to the group, that are to be replaced
 * @param updated the same on the wanted version
 * @param serving all that are healthy to the load balancers as well
 */
public record Standing(int outdated, int updated, int serving) {

    /** What one sight shows. */
    public static Standing of(RefreshPlan plan, GroupSight sight, RefreshState state) {
        GroupHealth health = new GroupHealth(plan, sight, state);
        long inService = health.staying().stream()
                .filter(instance -> instance.isHealthyInService())
                .count();
        long updated = health.current().stream()
                .filter(instance -> instance.isHealthyInService())
                .count();
        return new Standing((int) (inService - updated), (int) updated, health.serving());
    }
}
