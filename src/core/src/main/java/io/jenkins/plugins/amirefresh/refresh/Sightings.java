package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps what is known of each instance on the wanted version up to date. */
final class Sightings {

    private Sightings() {}

    /** The state after this read; instances that went before they were proven, or went unhealthy, are counted as lost. */
    static RefreshState update(Tick before) {
        Boolean answers = before.plan().wayBack() ? null : Alike.oldAnswer(before);
        RefreshState state = answers == null
                ? before.state()
                : before.state().with(before.state().findings().withOldAnswered(answers));
        Tick tick = before.with(state);
        GroupHealth health = tick.health();
        Map<InstanceId, Sighting> seen = new TreeMap<>();
        for (InstanceObservation instance : tick.group().instances()) {
            if (health.stays(instance) && !health.isOutdated(instance)) {
                seen.put(instance.id(), sighting(tick, instance));
            }
        }
        List<InstanceId> gone = Losses.counted(tick);
        List<Loss> lost = gone.stream().map(id -> Losses.explain(tick, id)).toList();
        Findings findings = state.findings()
                .comparing(Boolean.FALSE.equals(answers), seen.values(), lost)
                .and(lost)
                .andDeparted(Losses.countedDeparted(tick).stream()
                        .map(id -> Losses.explain(tick, id))
                        .toList());
        RefreshState updated = state.withSeen(seen, state.terminated(), state.lost() + gone.size())
                .with(findings);
        Tick known = tick.with(proven(tick.with(updated), seen));
        return Suspicion.look(known);
    }

    private static Sighting sighting(Tick tick, InstanceObservation instance) {
        Instant at = tick.group().at();
        Sighting known = tick.state().sightings().get(instance.id());
        Instant firstSeen = known == null
                ? at
                : known.firstSeen().plus(tick.state().waited().gaps().before(at));
        Instant warmAt = known == null ? null : known.warmAt();
        if (warmAt == null && instance.lifecycleState() == LifecycleState.IN_SERVICE) {
            warmAt = wasThereBefore(tick) ? at : at.plus(tick.plan().warmup());
        }
        Instant waitedUntil = known == null ? null : known.waitedUntil();
        if (Allowance.waitsToLaunch(instance)
                && at.isBefore(firstSeen.plus(tick.plan().allowance().launching()))) {
            waitedUntil = at;
        }
        Ailment last = known == null ? null : known.ailment();
        Ailment ailment = tick.health().ailment(instance).orElse(tick.health().serves(instance) ? null : last);
        return new Sighting(
                firstSeen,
                warmAt,
                known != null && known.proven(),
                waitedUntil,
                ailment,
                Broken.since(tick, instance, known),
                settledAt(tick, instance),
                Urgency.since(tick, instance, known));
    }

    /** From the first of the looks on that all found it healthy. */
    private static @Nullable Instant settledAt(Tick tick, InstanceObservation instance) {
        Duration proof = tick.plan().proof().orElse(null);
        if (proof == null || !tick.health().serves(instance)) {
            return null;
        }
        Instant at = tick.group().at();
        Sighting known = tick.state().sightings().get(instance.id());
        if (known != null && known.settledAt() != null) {
            return known.settledAt();
        }
        return known == null && wasThereBefore(tick) ? at : at.plus(proof);
    }

    private static boolean wasThereBefore(Tick tick) {
        return !tick.state().changedAt().isAfter(tick.state().startedAt());
    }

    private static RefreshState proven(Tick tick, Map<InstanceId, Sighting> seen) {
        GroupHealth health = tick.health();
        for (InstanceObservation instance : tick.group().instances()) {
            Sighting sighting = seen.get(instance.id());
            if (sighting != null && health.isHealthy(instance)) {
                seen.put(
                        instance.id(),
                        new Sighting(
                                sighting.firstSeen(),
                                sighting.warmAt(),
                                true,
                                sighting.waitedUntil(),
                                null,
                                null,
                                sighting.settledAt(),
                                null));
            }
        }
        return tick.state()
                .withSeen(seen, tick.state().terminated(), tick.state().lost())
                .with(tick.state().findings().seeing(seen.values()));
    }
}
