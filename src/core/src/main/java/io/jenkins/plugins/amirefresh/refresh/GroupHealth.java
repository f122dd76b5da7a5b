package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.ClassicHealth;
import io.jenkins.plugins.amirefresh.model.ClassicState;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.model.ScaleInProtectedInstances;
import io.jenkins.plugins.amirefresh.model.StandbyInstances;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetHealth;
import io.jenkins.plugins.amirefresh.model.TargetState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which instances of a group stay, count as healthy, and may be replaced. */
final class GroupHealth {

    private final RefreshPlan plan;
    private final GroupSight sight;
    private final RefreshState state;

    GroupHealth(RefreshPlan plan, GroupSight sight, RefreshState state) {
        this.plan = plan;
        this.sight = sight;
        this.state = state;
    }

    /** Instances that desired capacity counts: not leaving, not terminated by us, not in standby. */
    List<InstanceObservation> staying() {
        return sight.group().instances().stream()
                .filter(instance -> stays(instance) && !isStandby(instance))
                .toList();
    }

    /** Staying instances on the wanted version. */
    List<InstanceObservation> current() {
        return staying().stream().filter(instance -> !isOutdated(instance)).toList();
    }

    /** Outdated instances that were to be left alone and count for desired capacity. */
    List<InstanceObservation> leftAlone() {
        return staying().stream()
                .filter(instance -> isOutdated(instance) && isIgnored(instance))
                .toList();
    }

    /** Every outdated instance that this refresh is meant to replace, standby included. */
    List<InstanceObservation> outdated() {
        return sight.group().instances().stream()
                .filter(this::stays)
                .filter(instance -> isOutdated(instance) && !isIgnored(instance))
                .toList();
    }

    /** Outdated instances of the warm pool: the group serves with them at its next scale-out. */
    List<InstanceObservation> outdatedInPool() {
        return sight.warmPool().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving() && isOutdated(instance))
                .toList();
    }

    /** Outdated instances in service or on their way there that may go now: unhealthy first, each from the fullest zone. */
    List<InstanceObservation> replaceable() {
        List<InstanceObservation> mayGo = outdated().stream()
                .filter(instance -> !isStandby(instance) && !mustWait(instance))
                .toList();
        return Zones.fromTheFullest(mayGo, Comparator.comparing(this::isHealthy), staying());
    }

    /** Outdated instances in standby that may go now. */
    List<InstanceObservation> replaceableInStandby() {
        return outdated().stream()
                .filter(instance -> isStandby(instance) && !mustWait(instance))
                .toList();
    }

    /** Outdated instances that hold their place until people or jobs release them from scale-in protection. */
    List<InstanceObservation> holding() {
        return waitedFor().stream().filter(instance -> !isStandby(instance)).toList();
    }

    /** Nobody is to leave it alone, or to wait until it is released. */
    boolean mayGo(InstanceObservation instance) {
        return isProtectedByDefault(instance) || (!isIgnored(instance) && !mustWait(instance));
    }

    /** Nobody has protected it but the group, which does so with all that are new: what never served holds nothing yet. */
    private boolean isProtectedByDefault(InstanceObservation instance) {
        Sighting sighting = state.sightings().get(instance.id());
        return sight.group().newInstancesProtectedFromScaleIn()
                && instance.protectedFromScaleIn()
                && !isOutdated(instance)
                && !isStandby(instance)
                && (sighting == null || !sighting.proven());
    }

    /** Outdated instances that nobody may touch yet. */
    List<InstanceObservation> waitedFor() {
        return outdated().stream().filter(this::mustWait).toList();
    }

    /**
     * Healthy instances that can be counted on: AWS is about to end as many as are more than desired, and which ones its
     * termination policy says. Seen when a zone is rebalanced or somebody scales in.
     */
    int reliable() {
        List<InstanceObservation> staying = staying();
        int surplus = Math.max(0, staying.size() - sight.group().capacity().desired());
        return healthy() - surplus;
    }

    /** Staying instances that are healthy. */
    int healthy() {
        return (int) staying().stream().filter(this::isHealthy).count();
    }

    /** Staying instances that serve, whether or not their warmup is behind them. */
    int serving() {
        return (int) staying().stream().filter(this::serves).count();
    }

    int healthy(List<InstanceObservation> instances) {
        return (int) instances.stream().filter(this::isHealthy).count();
    }

    /**
     * An instance that is listed and on another version, whether it stays or leaves. One that AWS retains since its
     * termination hook was abandoned counts no more and stays until people end it.
     */
    boolean listsOutdated() {
        return sight.group().instances().stream()
                .filter(instance -> instance.lifecycleState() != LifecycleState.TERMINATING_RETAINED)
                .anyMatch(instance -> isOutdated(instance) && !(stays(instance) && isIgnored(instance)));
    }

    /** In service, healthy to the group and its load balancers, and on the wanted version with its warmup behind it. */
    boolean isHealthy(InstanceObservation instance) {
        return whyNot(instance).isEmpty();
    }

    /** Healthy, or no worse than it was: on the way back as many may be found wrong as were before the refresh. */
    boolean isSettled(InstanceObservation instance) {
        return isHealthy(instance) || asUnwellAsBefore().contains(instance);
    }

    int settled(List<InstanceObservation> instances) {
        return (int) instances.stream().filter(this::isSettled).count();
    }

    /**
     * Instances of the version gone back to that its load balancers find wrong: those that were so when it went back, and of
     * others no more than before the refresh.
     */
    List<InstanceObservation> asUnwellAsBefore() {
        Unwell unwell = state.watching().unwell();
        List<InstanceObservation> found = current().stream()
                .filter(instance -> isWarm(instance) && ailment(instance).isPresent())
                .toList();
        List<InstanceObservation> known = found.stream()
                .filter(instance -> Unwell.isKnown(unwell, instance.id()))
                .toList();
        Stream<InstanceObservation> others = found.stream()
                .filter(instance -> !known.contains(instance))
                .limit(Math.max(0, Unwell.borne(unwell) - known.size()));
        return Stream.concat(known.stream(), others).toList();
    }

    /** In service and healthy to the group and its load balancers, whether or not its warmup is behind it. */
    boolean serves(InstanceObservation instance) {
        return whyIdle(instance).isEmpty();
    }

    /** What an instance lacks; empty when it is healthy. */
    String whyNot(InstanceObservation instance) {
        String idle = whyIdle(instance);
        if (!idle.isEmpty() || isOutdated(instance)) {
            return idle;
        }
        return isSettledIn(instance)
                ? checks(instance).lacks()
                : plan.proof()
                        .map(proof -> "not healthy for " + Trouble.text(proof) + " yet")
                        .orElse("warming up");
    }

    /** How an instance of the wanted version stands to its checks; where there are none it passed. */
    CheckSight checks(InstanceObservation instance) {
        return plan.policy().checked()
                ? sight.checks().getOrDefault(instance.id(), CheckSight.NOT_ASKED)
                : CheckSight.NONE;
    }

    /** What keeps it from being healthy is a check. */
    boolean lacksCheck(InstanceObservation instance) {
        return serves(instance)
                && !isOutdated(instance)
                && isSettledIn(instance)
                && !checks(instance).passed();
    }

    /** It was there before, or its warmup is behind it. */
    boolean isPastWarmup(InstanceObservation instance) {
        return isOutdated(instance) || isWarm(instance);
    }

    private String whyIdle(InstanceObservation instance) {
        if (!instance.isHealthyInService()) {
            return instance.lifecycleState() == LifecycleState.IN_SERVICE
                    ? "health status " + instance.healthStatus().awsName()
                    : instance.rawLifecycleState();
        }
        String untold = isOutdated(instance) || wasProven(instance) ? "" : Balancers.untold(state);
        if (!untold.isEmpty()) {
            return untold;
        }
        for (TargetGroupArn targetGroup : sight.group().targetGroups()) {
            Map<InstanceId, TargetState> targets = sight.targetHealth().getOrDefault(targetGroup, Map.of());
            TargetState found = targets.get(instance.id());
            if (found == null) {
                return "not registered with its target group";
            }
            if (found.health() != TargetHealth.HEALTHY && !TargetState.isIdle(targets.values())) {
                return words(targetGroup, found);
            }
        }
        for (String loadBalancer : sight.group().classicLoadBalancers()) {
            ClassicState found =
                    sight.classicHealth().getOrDefault(loadBalancer, Map.of()).get(instance.id());
            if (found == null || found.health() != ClassicHealth.IN_SERVICE) {
                return found == null
                        ? "not registered with load balancer " + loadBalancer
                        : found.text() + " at load balancer " + loadBalancer;
            }
        }
        return "";
    }

    /** What the load balancers of an instance in service find wrong with it; empty when they find nothing. */
    Optional<Ailment> ailment(InstanceObservation instance) {
        if (instance.lifecycleState() != LifecycleState.IN_SERVICE) {
            return Optional.empty();
        }
        Stream<Ailment> targets = sight.group().targetGroups().stream().flatMap(arn -> ailment(arn, instance).stream());
        Stream<Ailment> classic =
                sight.group().classicLoadBalancers().stream().flatMap(name -> ailment(name, instance).stream());
        return Stream.concat(targets, classic).max(Comparator.comparing(Ailment::evidence));
    }

    private Optional<Ailment> ailment(TargetGroupArn arn, InstanceObservation instance) {
        TargetState found = sight.targetHealth().getOrDefault(arn, Map.of()).get(instance.id());
        return found == null || found.health() != TargetHealth.UNHEALTHY
                ? Optional.empty()
                : Optional.of(new Ailment(
                        words(arn, found),
                        Balancers.isAdded(state, Balancers.name(arn)) ? Ailment.Evidence.NONE : evidence(found)));
    }

    private String words(TargetGroupArn arn, TargetState found) {
        String name = Balancers.name(arn);
        return "target health " + found.text()
                + (Balancers.isAdded(state, name) ? " at " + name + ", which others put there meanwhile" : "");
    }

    /** A classic load balancer does not say how it was answered. */
    private Optional<Ailment> ailment(String classic, InstanceObservation instance) {
        ClassicState found =
                sight.classicHealth().getOrDefault(classic, Map.of()).get(instance.id());
        if (found == null
                || found.health() != ClassicHealth.OUT_OF_SERVICE
                || !found.reason().equals("Instance")) {
            return Optional.empty();
        }
        boolean isAdded = Balancers.isAdded(state, Balancers.name(classic));
        return Optional.of(new Ailment(found.text(), isAdded ? Ailment.Evidence.NONE : Ailment.Evidence.SILENCE));
    }

    private static Ailment.Evidence evidence(TargetState found) {
        if (found.isWrongAnswer()) {
            return Ailment.Evidence.FAULT;
        }
        return found.isSilence() ? Ailment.Evidence.SILENCE : Ailment.Evidence.NONE;
    }

    boolean isBehindBalancer() {
        return !sight.group().targetGroups().isEmpty()
                || !sight.group().classicLoadBalancers().isEmpty();
    }

    boolean stays(InstanceObservation instance) {
        return !instance.lifecycleState().isLeaving()
                && !instance.lifecycleState().isWarmed()
                && !state.terminated().contains(instance.id());
    }

    boolean isOutdated(InstanceObservation instance) {
        return plan.isOutdated(instance, sight.group().launchSource());
    }

    static boolean isStandby(InstanceObservation instance) {
        return instance.lifecycleState() == LifecycleState.STANDBY
                || instance.lifecycleState() == LifecycleState.ENTERING_STANDBY;
    }

    private boolean isIgnored(InstanceObservation instance) {
        return (isStandby(instance) && plan.policy().standbyInstances() == StandbyInstances.IGNORE)
                || (instance.protectedFromScaleIn()
                        && plan.policy().scaleInProtectedInstances() == ScaleInProtectedInstances.IGNORE);
    }

    private boolean mustWait(InstanceObservation instance) {
        return (isStandby(instance) && plan.policy().standbyInstances() != StandbyInstances.TERMINATE)
                || (instance.protectedFromScaleIn()
                        && plan.policy().scaleInProtectedInstances() != ScaleInProtectedInstances.REFRESH);
    }

    /** It was seen to serve, and not to fail since: what takes its load balancer away does not make it better or worse. */
    private boolean wasProven(InstanceObservation instance) {
        Sighting sighting = state.sightings().get(instance.id());
        return sighting != null && sighting.proven() && sighting.ailment() == null;
    }

    /** Its load balancers found it healthy for long enough; where they do not tell, its warmup is behind it. */
    private boolean isSettledIn(InstanceObservation instance) {
        if (plan.proof().isEmpty()) {
            return isWarm(instance);
        }
        Sighting sighting = state.sightings().get(instance.id());
        return sighting != null && isReached(sighting.settledAt());
    }

    private boolean isWarm(InstanceObservation instance) {
        Sighting sighting = state.sightings().get(instance.id());
        return sighting != null && isReached(sighting.warmAt());
    }

    private boolean isReached(@Nullable Instant moment) {
        return moment != null && !sight.group().at().isBefore(moment);
    }
}
