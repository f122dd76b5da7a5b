package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fewer instances serve than the group's floor. While a new one answers wrongly then, it is given the time to start that its
 * group gives, not the time limit of an instance: each instance that others end meanwhile would be followed by another of a
 * version that nobody saw serve. On a way back all that is missing is launched at once. Whatever the floor, nobody at all is
 * too few where somebody served before: a floor of 0 bears the time a good start takes, not that of a bad image.
 */
final class Urgency {

    /** Shorter words of a group say nothing of the time its applications take to start. */
    private static final Duration LEAST = Broken.ALONE;

    private Urgency() {}

    /** Too few serve now, those left out that were found wrong before anything was changed. */
    static boolean isShort(Tick tick) {
        return !tick.group().isWeighted()
                && Balancers.untold(tick.state()).isEmpty()
                && tick.health().serving() < least(tick);
    }

    private static int least(Tick tick) {
        Unwell unwell = tick.state().watching().unwell();
        int before = unwell == null ? 0 : Math.max(0, unwell.before());
        return Math.min(Math.max(1, tick.plan().floor()), wanted(tick) - before);
    }

    /**
     * How many more to launch at once, none while enough serve: what the other version still serves with may break as the rest
     * did.
     */
    static int lacking(Tick tick) {
        if (!tick.plan().wayBack() || tick.state().earlyEnding().isPresent() || !isShort(tick)) {
            return 0;
        }
        GroupHealth health = tick.health();
        int staying = health.staying().size();
        int coming = Math.max(0, tick.desired() - staying);
        int kept = staying - health.replaceable().size();
        int room = Math.max(0, tick.group().capacity().max() - tick.desired());
        return Math.max(0, Math.min(room, wanted(tick) - coming - kept));
    }

    /** Since when a new instance answers wrongly that is needed; null while it is not needed or old ones answer no better. */
    static @Nullable Instant since(Tick tick, InstanceObservation instance, @Nullable Sighting known) {
        boolean isNeeded = !tick.plan().wayBack()
                && tick.health()
                        .ailment(instance)
                        .filter(ailment -> ailment.evidence() == Ailment.Evidence.FAULT)
                        .isPresent()
                && !tick.state().findings().failsAlike()
                && isShort(tick);
        if (!isNeeded) {
            return null;
        }
        return known == null || known.neededSince() == null ? tick.group().at() : known.neededSince();
    }

    /** Those seen so at two looks that had their time to start; one that served had it again since it broke. */
    static List<InstanceObservation> overdue(Tick tick) {
        return tick.plan().policy().given().contains(TimeLimit.INSTANCE)
                ? List.of()
                : tick.health().current().stream()
                        .filter(instance ->
                                isOverdue(tick, tick.state().sightings().get(instance.id())))
                        .toList();
    }

    private static boolean isOverdue(Tick tick, @Nullable Sighting sighting) {
        Instant needed = sighting == null ? null : sighting.neededSince();
        return sighting != null
                && needed != null
                && tick.group().at().isAfter(needed)
                && !tick.group().at().isBefore(startedAt(tick, sighting).plus(start(tick)));
    }

    private static Instant startedAt(Tick tick, Sighting sighting) {
        if (sighting.brokenSince() != null) {
            return sighting.brokenSince();
        }
        Instant warmAt = sighting.warmAt();
        Instant entered = warmAt == null ? tick.now() : warmAt.minus(tick.plan().warmup());
        return entered.isBefore(sighting.firstSeen()) ? sighting.firstSeen() : entered;
    }

    /**
     * What the group itself says, and a usual time where it says nothing or nobody serves any more. When half of the floor is
     * gone, replacements that come beside it take nothing from it.
     */
    private static Duration start(Tick tick) {
        int serving = tick.health().serving();
        if (tick.plan().launchesFirst() && serving > 0 && 2 * serving <= least(tick)) {
            return LEAST;
        }
        Duration told = told(tick);
        boolean isUsual =
                told.isZero() || (serving == 0 && tick.health().outdated().isEmpty());
        return longer(isUsual ? longer(told, Haste.ENOUGH) : told, LEAST);
    }

    private static Duration told(Tick tick) {
        Duration given = tick.plan().policy().instanceWarmup();
        return longer(
                tick.group().healthCheckGracePeriod(),
                given == null ? tick.group().defaultInstanceWarmup() : given);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** The attempt ends for one of them. Its image is to blame only where it had a time that any application starts in. */
    static Optional<Failed> failure(Tick tick) {
        return overdue(tick).stream().findFirst().map(instance -> failure(tick, instance));
    }

    private static Failed failure(Tick tick, InstanceObservation instance) {
        Sighting sighting = tick.state().sightings().get(instance.id());
        Instant started = sighting == null ? tick.now() : startedAt(tick, sighting);
        Duration had = Duration.between(started, tick.group().at());
        Duration enough = longer(told(tick), Haste.ENOUGH);
        Ailment ailment = Losses.last(tick.state(), instance.id());
        boolean hadEnough = had.compareTo(enough) >= 0 || (sighting != null && sighting.proven());
        boolean blames = hadEnough && tick.state().findings().blames(ailment);
        String wrong = sighting != null && sighting.proven()
                ? " was healthy and answers wrongly for "
                : " answers wrongly after ";
        String reason = "new instance " + instance.id() + wrong + Trouble.text(Duration.ofSeconds(had.toSeconds()))
                + ", while " + Tick.count(tick.health().serving(), "instance") + " of " + wanted(tick)
                + " serve" + (tick.plan().floor() == 0 ? "" : ", minimum is " + least(tick)) + ": "
                + tick.health().whyNot(instance);
        String more = hadEnough
                ? tick.state().findings().inconclusive(ailment)
                : tick.inconclusive("it had less than " + Trouble.text(enough)
                        + " to start; look at what it answered, then try again");
        return new Failed(reason + (blames ? "" : more), blames, Lateness.of(tick, instance));
    }

    /** Desired capacity without what we launched beside. */
    private static int wanted(Tick tick) {
        return tick.desired() - tick.state().temporary().surge();
    }
}
