package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.HealthStatus;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.refresh.Ailment.Evidence;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Duration;
import java.util.Optional;

/**
 * Load balancers whose checks end new instances before these had the time to start. What nobody answered then says nothing of
 * the image: its application may only have started later than the group's grace period allows.
 */
final class Haste {

    /**
     * A time that any application may be expected to start in. Source: EC2 Auto Scaling User Guide, "Set the health
     * check grace period": what the console sets.
     */
    static final Duration ENOUGH = Duration.ofMinutes(5);

    private Haste() {}

    /** Load balancers stand before the group, and its instances go when they find them unhealthy. */
    static boolean endsInstances(Tick tick) {
        return tick.plan().hasty()
                || (AwsReadiness.isBehindBalancer(tick.group()) && tick.group().usesLoadBalancerHealthChecks());
    }

    /** The balancer's check came before the instance ever passed it, and before it can be blamed for that. */
    static boolean cameTooSoon(Tick tick, InstanceId id) {
        if (!endsInstances(tick) || hasPassed(tick, id)) {
            return false;
        }
        boolean isShort = tick.group().healthCheckGracePeriod().compareTo(ENOUGH) < 0;
        return tick.plan().hasty() || (isShort && isSilent(tick, id));
    }

    /**
     * It passed, and what ended it came after that: an end that AWS decided on while it was still starting follows some
     * seconds later.
     */
    private static boolean hasPassed(Tick tick, InstanceId id) {
        Sighting sighting = tick.state().sightings().get(id);
        return tick.state().watching().served().contains(id)
                && (sighting == null || sighting.proven() || sighting.ailment() != null);
    }

    /** Nobody answered so far, which a machine that is still starting does not do either. */
    private static boolean isSilent(Tick tick, InstanceId id) {
        Sighting sighting = tick.state().sightings().get(id);
        Ailment last = sighting == null ? null : sighting.ailment();
        return last == null || last.evidence() != Evidence.FAULT;
    }

    /** The same of an instance that its group found unhealthy. */
    static boolean isTooSoon(Tick tick, InstanceObservation instance) {
        return instance.healthStatus() == HealthStatus.UNHEALTHY && cameTooSoon(tick, instance.id());
    }

    /** A group that gives no time at all ended a new instance: the next one would be as well. */
    static Optional<Failed> failure(Tick tick) {
        return tick.group().instances().stream()
                .filter(instance -> tick.plan().hasty()
                        && isTooSoon(tick, instance)
                        && instance.lifecycleState().isLeaving())
                .filter(instance -> !tick.state().terminated().contains(instance.id()))
                .filter(instance -> !tick.health().isOutdated(instance) && !stoppedRunning(tick, instance))
                .findFirst()
                .map(instance -> new Failed("the load balancer's check ended " + tick.kind() + " instance "
                        + instance.id() + " " + cause(tick)));
    }

    /** Why it may have been ended, and what to do. */
    static String cause(Tick tick) {
        Duration grace = tick.group().healthCheckGracePeriod();
        String cure = "set healthCheckGracePeriod to longer than its application takes to start"
                + (tick.plan().hasty() ? "" : ", or look why nobody answers there");
        String told = tick.inconclusive(cure);
        return "before it ever passed: "
                + (tick.plan().hasty()
                        ? "the group has neither a health check grace period nor a launch hook"
                        : "the group's health check grace period is " + Trouble.text(grace))
                + (told.isEmpty() ? "; " + cure : told);
    }

    /** Taken back by Spot or ended by people, by the group's history. */
    private static boolean stoppedRunning(Tick tick, InstanceObservation instance) {
        return tick.sight().activities().stream()
                .anyMatch(activity ->
                        activity.description().contains(instance.id().value())
                                && activity.cause().contains("an EC2 "));
    }
}
