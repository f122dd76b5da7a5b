package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.HealthStatus;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How instances stand to their load balancers at one look, as others are compared with them: what all fail alike is what they
 * share, and no image's fault.
 */
final class Alike {

    private Alike() {}

    /** Old instances answer now: one that its load balancers reach is enough; null while there is none to look at. */
    static @Nullable Boolean oldAnswer(Tick tick) {
        return answer(tick, tick.health()::isOutdated);
    }

    /** True when one of those serves, false when none does and one is found wrong, null when nobody can tell. */
    static @Nullable Boolean answer(Tick tick, Predicate<InstanceObservation> which) {
        GroupHealth health = tick.health();
        if (!health.isBehindBalancer()) {
            return null;
        }
        List<InstanceObservation> those = tick.group().instances().stream()
                .filter(instance -> !tick.state().terminated().contains(instance.id()))
                .filter(which)
                .toList();
        if (those.stream().anyMatch(instance -> health.stays(instance) && health.serves(instance))) {
            return true;
        }
        return those.stream().anyMatch(instance -> isFoundWrong(tick, instance)) ? Boolean.FALSE : null;
    }

    /** By its load balancers, or by its group on their word, which takes it out of them at once. */
    static boolean isFoundWrong(Tick tick, InstanceObservation instance) {
        boolean isTakenOut = instance.healthStatus() == HealthStatus.UNHEALTHY
                && tick.group().usesLoadBalancerHealthChecks()
                && (instance.lifecycleState() == LifecycleState.IN_SERVICE
                        || instance.lifecycleState().isLeaving());
        return isTakenOut
                || tick.health()
                        .ailment(instance)
                        .filter(ailment -> ailment.evidence() != Ailment.Evidence.NONE)
                        .isPresent();
    }
}
