package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the service itself, which AWS's own refresh may not look at.
 *
 * @param servedAtStart instances that served when AWS's refresh began; -1 while none did
 * @param shortSince the look at which too few served first; null while enough do
 * @param served new instances that served once, as long as they are listed, where load balancers end instances
 * @param evened its zones were evened out before rebalancing resumes
 * @param canary how far its canary is; null without
 * @param first how the first new instances of AWS's refresh stand to its wait for them; null while none is there, and in
 *     state files of older versions
 * @param unwell what its load balancers found wrong before anything was changed; null while nobody looked
 * @param balancers the load balancers that tell who serves; null where none does, and in state files of older versions
 */
public record Watch(
        int servedAtStart,
        @Nullable Instant shortSince,
        Set<InstanceId> served,
        boolean evened,
        @Nullable CanaryState canary,
        @Nullable FirstBatch first,
        @Nullable Unwell unwell,
        @Nullable Balancers balancers) {

    static final Watch NONE = new Watch(-1, null, Set.of(), false, null, null, null, null);

    /** Of a way back whose refresh nobody here has seen. */
    static final Watch OF_WAY_BACK = NONE.ofWayBack();

    /** How far a canary is. */
    public enum CanaryState {
        /** It is launched or watched. */
        BEGUN,
        /** It stood its watch. */
        PROVEN,
        /** It stood its watch in an earlier step, and nobody looked since. */
        LEFT,
        /** It did not stay after that. */
        LOST
    }

    /** Copies the set. */
    public Watch {
        served = Set.copyOf(served);
    }

    /** AWS's refresh begins now, with those who serve now. */
    static RefreshState begin(Tick tick) {
        GroupHealth health = tick.health();
        Watch known = tick.state().watching();
        return tick.state()
                .with(new Watch(
                        health.serving(),
                        null,
                        known.served(),
                        known.evened(),
                        known.canary(),
                        null,
                        known.unwell(),
                        known.balancers()));
    }

    /** The state after this look. */
    static RefreshState look(Tick tick) {
        RefreshState state = tick.state();
        if (tick.health().isBehindBalancer()) {
            state = state.with(state.watching().with(Unwell.after(state.watching().unwell, tick)));
        }
        if (Haste.endsInstances(tick)) {
            state = state.with(state.watching().seeing(tick));
        }
        return state.drivenRefresh().isPresent() && state.watching().servedAtStart >= 0
                ? state.with(state.watching().counting(tick))
                : state;
    }

    /** The zones are evened out now. */
    Watch evening() {
        return new Watch(servedAtStart, shortSince, served, true, canary, first, unwell, balancers);
    }

    /** The canary got on. */
    Watch with(CanaryState newCanary) {
        return new Watch(servedAtStart, shortSince, served, evened, newCanary, first, unwell, balancers);
    }

    /** Of a group that was left with these, which served and stood their watch. */
    static Watch afterCanary(Set<InstanceId> canaries) {
        return new Watch(-1, null, canaries, false, CanaryState.LEFT, null, null, null);
    }

    /** The attempt after this one, which goes back. */
    Watch ofWayBack() {
        Watch back = NONE.with(unwell == null ? new Unwell(Unwell.UNKNOWN, true, null, null) : unwell.ofWayBack());
        return balancers == null ? back : back.with(balancers.goingOn());
    }

    /** The load balancers as they are now. */
    Watch with(Balancers newBalancers) {
        return new Watch(servedAtStart, shortSince, served, evened, canary, first, unwell, newBalancers);
    }

    /**
     * New instances served whose warmup is not over. AWS counts on none of those and ends them first, all at once, though they
     * may be all that serves once others broke. Source: EC2 Auto Scaling User Guide, "How an instance refresh works".
     */
    static boolean servesUnseenByAws(RefreshState state, Instant now) {
        return state.watching().served.stream()
                .map(id -> state.sightings().get(id))
                .anyMatch(sighting -> sighting != null
                        && sighting.warmAt() != null
                        && sighting.warmAt().isAfter(now));
    }

    private Watch with(@Nullable Unwell newUnwell) {
        return new Watch(servedAtStart, shortSince, served, evened, canary, first, newUnwell, balancers);
    }

    private Watch seeing(Tick tick) {
        GroupHealth health = tick.health();
        Set<InstanceId> now = new TreeSet<>();
        for (InstanceObservation instance : tick.group().instances()) {
            if (!health.isOutdated(instance) && (served.contains(instance.id()) || health.serves(instance))) {
                now.add(instance.id());
            }
        }
        return new Watch(servedAtStart, shortSince, now, evened, canary, first, unwell, balancers);
    }

    private Watch counting(Tick tick) {
        boolean isShort = tick.health().serving() < least(tick) && !unseen(tick).isEmpty();
        Instant since = shortSince == null ? tick.group().at() : shortSince;
        return new Watch(
                servedAtStart,
                isShort ? since : null,
                served,
                evened,
                canary,
                FirstBatch.after(first, tick),
                unwell,
                balancers);
    }

    /** Who has to serve: the floor, or what served before when that was less; in instances, of capacity that may be weights. */
    private int least(Tick tick) {
        int floor = Math.min(tick.plan().floor(), tick.desired());
        int ofThose = tick.group().isWeighted() && tick.desired() > 0
                ? (int) Math.ceil((double) servedAtStart * floor / tick.desired())
                : floor;
        return Math.min(ofThose, servedAtStart);
    }

    /** Instances that AWS counts as healthy and that do not serve. */
    static List<InstanceObservation> unseen(Tick tick) {
        GroupHealth health = tick.health();
        boolean isSuspended = !AwsReadiness.suspended(tick.group()).isEmpty();
        return isSuspended || AwsReadiness.isBlind(tick.group())
                ? health.staying().stream()
                        .filter(InstanceObservation::isHealthyInService)
                        .filter(instance -> (isSuspended || health.isPastWarmup(instance)) && !health.serves(instance))
                        .toList()
                : List.of();
    }

    /** None of those that serve can be missed, while AWS counts others as healthy that do not: it would end one of them next. */
    static boolean isAtLeast(Tick tick) {
        return tick.health().serving() <= tick.state().watching().least(tick)
                && !unseen(tick).isEmpty();
    }

    /** Too few served at two looks. */
    private static boolean isShort(Tick tick) {
        Instant since = tick.state().watching().shortSince;
        return since != null && tick.group().at().isAfter(since);
    }

    /**
     * Too few serve since old instances got sick that AWS counts as healthy and leaves for later, while a new one is proven:
     * they go first. Empty when something else is wrong, too.
     */
    static List<InstanceObservation> sickOld(Tick tick) {
        GroupHealth health = tick.health();
        List<InstanceObservation> unseen = unseen(tick);
        boolean areAllOld =
                unseen.stream().allMatch(instance -> health.isOutdated(instance) && !instance.protectedFromScaleIn());
        return isShort(tick)
                        && areAllOld
                        && health.healthy(health.current()) > 0
                        && AwsReadiness.suspended(tick.group()).isEmpty()
                ? unseen
                : List.of();
    }

    /**
     * Too few served at two looks, while AWS goes on. It says something of the image only when an instance had all its time
     * to start: others may have ended the rest.
     */
    static Optional<Failed> tooFew(Tick tick) {
        Watch watch = tick.state().watching();
        if (!isShort(tick)) {
            return Optional.empty();
        }
        GroupHealth health = tick.health();
        List<InstanceObservation> unseen = unseen(tick);
        InstanceObservation one = unseen.get(0);
        Set<ScalingProcess> suspended = AwsReadiness.suspended(tick.group());
        Optional<InstanceObservation> late = unseen.stream()
                .filter(instance -> suspended.isEmpty() && Trouble.isLateByItsFault(tick, instance))
                .findFirst();
        boolean blames = late.isPresent();
        String cure = suspended.isEmpty()
                ? "set the group's health check type to ELB"
                : "resume what others suspended, "
                        + suspended.stream().map(ScalingProcess::awsName).collect(Collectors.joining(", "))
                        + ", then try again";
        return Optional.of(new Failed(
                Tick.count(health.serving(), "instance") + " of " + tick.desired() + " left that serve, minimum is "
                        + watch.least(tick) + ", while AWS counts " + one.id() + " as healthy: " + health.whyNot(one)
                        + (blames ? "; " + cure : tick.inconclusive(cure)),
                blames,
                late.map(instance -> Lateness.of(tick, instance)).orElse(null)));
    }
}
