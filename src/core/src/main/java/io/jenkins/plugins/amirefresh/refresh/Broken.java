package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.HealthStatus;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proven new instances that their load balancers find wrong again while the group keeps them, since its health check type
 * leaves load balancers out: they are lost to the service like any that AWS takes out.
 */
final class Broken {

    /** With no old instance left to compare with, and no new one that serves, what all share has this long to pass. */
    static final Duration ALONE = Duration.ofMinutes(2);

    private Broken() {}

    /** Since when a proven instance is found wrong; null while it is not, or for what is not its own fault. */
    static @Nullable Instant since(Tick tick, InstanceObservation instance, @Nullable Sighting known) {
        if (known == null || !known.proven() || tick.plan().wayBack()) {
            return null;
        }
        boolean isBroken = tick.health()
                .ailment(instance)
                .filter(ailment -> ailment.evidence() != Ailment.Evidence.NONE)
                .isPresent();
        boolean isShared = Boolean.FALSE.equals(tick.state().findings().oldAnswered());
        Instant since = known.brokenSince() == null || isShared ? tick.group().at() : known.brokenSince();
        return isBroken ? since : null;
    }

    /**
     * Those seen so at two looks, while an old instance serves: where none does, it is what all share, which has some time to
     * pass for all once an old one answers again.
     */
    static List<InstanceObservation> of(Tick tick) {
        GroupHealth health = tick.health();
        List<InstanceObservation> old = health.staying().stream()
                .filter(health::isOutdated)
                .filter(InstanceObservation::isHealthyInService)
                .toList();
        if (!old.isEmpty() && old.stream().noneMatch(health::serves)) {
            return List.of();
        }
        Duration least = old.isEmpty() || tick.state().findings().alike() ? alone(tick) : Duration.ZERO;
        return health.current().stream()
                .filter(instance -> isLonger(tick, instance, least))
                .toList();
    }

    /** What all share shows on all of them as soon as their load balancers have asked each. */
    private static Duration alone(Tick tick) {
        GroupHealth health = tick.health();
        boolean isShared = health.current().stream().noneMatch(health::serves);
        return tick.plan()
                .allowance()
                .checkTime()
                .filter(each -> !isShared && each.compareTo(ALONE) < 0)
                .orElse(ALONE);
    }

    /** Those found wrong for as long as an instance may take to get healthy, whatever the others do. */
    static boolean isLate(Tick tick, InstanceObservation instance) {
        return isLonger(tick, instance, tick.plan().instanceTimeLimit());
    }

    /** One is enough while it is watched alone, unless failures are borne. */
    static Optional<Failed> canary(Tick tick) {
        return tick.plan().policy().maxFailures() != null
                ? Optional.empty()
                : losses(tick).stream()
                        .findFirst()
                        .map(loss -> canary(tick.state().findings(), loss));
    }

    private static Failed canary(Findings findings, Loss loss) {
        return new Failed(
                "canary " + loss.instance() + " was healthy and is not any more: "
                        + loss.ailment().text() + findings.inconclusive(loss.ailment()),
                findings.blames(loss.ailment()));
    }

    /** What is wrong with a new instance since the group was done, where fewer serve than were promised; empty otherwise. */
    static String sinceItsEnd(Tick tick) {
        GroupHealth health = tick.health();
        int least = Math.min(tick.state().floor(tick.plan()), tick.desired());
        return tick.group().isWeighted() || health.serving() >= least
                ? ""
                : health.current().stream()
                        .filter(instance -> instance.healthStatus() == HealthStatus.UNHEALTHY
                                || health.ailment(instance)
                                        .filter(ailment -> ailment.evidence() != Ailment.Evidence.NONE)
                                        .isPresent())
                        .findFirst()
                        .map(instance -> health.serving() + " of " + Tick.count(tick.desired(), "instance")
                                + " left that serve, minimum is " + least + ": " + instance.id() + ": "
                                + health.whyNot(instance))
                        .orElse("");
    }

    /** As losses, with what their load balancers say. */
    static List<Loss> losses(Tick tick) {
        return of(tick).stream()
                .map(instance -> new Loss(instance.id(), Losses.last(tick.state(), instance.id())))
                .toList();
    }

    private static boolean isLonger(Tick tick, InstanceObservation instance, Duration least) {
        Sighting sighting = tick.state().sightings().get(instance.id());
        Instant since = sighting == null ? null : sighting.brokenSince();
        return since != null && tick.group().at().isAfter(since.plus(least));
    }
}
