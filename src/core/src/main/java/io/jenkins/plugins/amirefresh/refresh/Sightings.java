package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.HealthStatus;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Sighting;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what is known of each instance on the wanted version up to date. */
final class Sightings {

    private Sightings() {}

    /** The state after this read; instances that went before they were proven, or went unhealthy, are counted as lost. */
    static RefreshState update(Tick tick) {
        RefreshState state = tick.state();
        GroupHealth health = tick.health();
        Map<InstanceId, Sighting> seen = new TreeMap<>();
        for (InstanceObservation instance : tick.group().instances()) {
            if (health.stays(instance) && !health.isOutdated(instance)) {
                seen.put(instance.id(), sighting(tick, instance));
            }
        }
        int lost = (int) state.sightings().entrySet().stream()
                .filter(entry -> !seen.containsKey(entry.getKey()))
                .filter(entry -> !state.terminated().contains(entry.getKey()))
                .filter(entry -> !entry.getValue().proven() || wentUnhealthy(tick, entry.getKey()))
                .count();
        RefreshState updated = state.withSeen(seen, state.terminated(), state.lost() + lost);
        return proven(tick.with(updated), seen);
    }

    private static boolean wentUnhealthy(Tick tick, InstanceId id) {
        return tick.group().instances().stream()
                .anyMatch(instance -> instance.id().equals(id) && instance.healthStatus() == HealthStatus.UNHEALTHY);
    }

    private static Sighting sighting(Tick tick, InstanceObservation instance) {
        Instant at = tick.group().at();
        Sighting known = tick.state().sightings().get(instance.id());
        Instant firstSeen = known == null ? at : known.firstSeen();
        Instant warmAt = known == null ? null : known.warmAt();
        if (warmAt == null && instance.lifecycleState() == LifecycleState.IN_SERVICE) {
            boolean wasThereBefore =
                    !tick.state().changedAt().isAfter(tick.state().startedAt());
            warmAt = wasThereBefore ? at : at.plus(tick.plan().warmup());
        }
        Instant waitedUntil = known == null ? null : known.waitedUntil();
        if (Allowance.waitsToLaunch(instance)
                && at.isBefore(firstSeen.plus(tick.plan().allowance().launching()))) {
            waitedUntil = at;
        }
        return new Sighting(firstSeen, warmAt, known != null && known.proven(), waitedUntil);
    }

    private static RefreshState proven(Tick tick, Map<InstanceId, Sighting> seen) {
        GroupHealth health = tick.health();
        for (InstanceObservation instance : tick.group().instances()) {
            Sighting sighting = seen.get(instance.id());
            if (sighting != null && health.isHealthy(instance)) {
                seen.put(
                        instance.id(),
                        new Sighting(sighting.firstSeen(), sighting.warmAt(), true, sighting.waitedUntil()));
            }
        }
        return tick.state()
                .withSeen(seen, tick.state().terminated(), tick.state().lost());
    }
}
