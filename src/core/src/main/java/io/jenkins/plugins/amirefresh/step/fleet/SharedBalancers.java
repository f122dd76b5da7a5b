package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.ClassicHealth;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetHealth;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Groups behind one load balancer serve together, often one instance in each zone. Where a plan lets a group have none in
 * service, the others have to serve meanwhile: of such groups one is worked on after the other, and none begins while nobody
 * else serves there.
 */
public final class SharedBalancers {

    private final Fleet fleet;
    private final Collection<GroupWork> works;
    private final Set<GroupKey> claimed = new HashSet<>();

    /** @param works those of the step; ended ones do not count */
    public SharedBalancers(Fleet fleet, Collection<GroupWork> works) {
        this.fleet = fleet;
        this.works = works;
    }

    /** Why a group may not begin now; empty when it may. */
    public Optional<String> waitsFor(Place place, GroupObservation group, RefreshPlan plan) {
        return atWork(place, group, plan).map(Other::text).findFirst();
    }

    /** The same of work that waits to claim its group: others that wait, too, do not keep it. */
    Optional<String> waitsFor(GroupWork work) {
        Optional<GroupObservation> group = fleet.group(work.group()).map(LocatedGroup::group);
        return work.lease() != null || work.phase() == GroupWork.Phase.RESTORING
                ? Optional.empty()
                : group.flatMap(seen -> atWork(work.place(), seen, work.plan())
                        .filter(other -> other.work().lease() != null
                                || claimed.contains(other.work().group()))
                        .map(Other::text)
                        .findFirst());
    }

    /** The work has its group from this tick on. */
    void claimed(GroupWork work) {
        claimed.add(work.group());
    }

    private record Other(GroupWork work, String balancer) {
        String text() {
            return "waiting, " + work.group().name() + " behind the same " + balancer + " is at work";
        }
    }

    /** Work on others that may leave the same load balancer without them. */
    private Stream<Other> atWork(Place place, GroupObservation group, RefreshPlan plan) {
        return works.stream()
                .filter(work ->
                        plan.floor() == 0 && !work.isEnded() && !work.group().equals(group.key()))
                .filter(work -> work.place().equals(place) && work.plan().floor() == 0)
                .flatMap(work -> fleet
                        .group(work.group())
                        .flatMap(located -> shared(group, located.group()))
                        .map(balancer -> new Other(work, balancer))
                        .stream());
    }

    /**
     * Why a group whose instances may all be out for a while has to stay: nobody else serves behind a load balancer that others
     * stand behind, too. One call for each balancer that it shares; one that may not be read is judged by what
     * the groups say of their instances.
     *
     * @throws CloudException when AWS does not answer now
     */
    public Optional<String> lastOneServing(StepHost host, Place place, GroupObservation group, RefreshPlan plan) {
        if (plan.floor() > 0) {
            return Optional.empty();
        }
        Cloud cloud = host.cloud(place.access(), place.region());
        for (TargetGroupArn arn : group.targetGroups()) {
            List<GroupObservation> others =
                    others(place, group, other -> other.targetGroups().contains(arn));
            if (isAlone(group, others, () -> healthyTargets(cloud, arn))) {
                return Optional.of(aloneText("target group " + arn.name(), others));
            }
        }
        for (String name : group.classicLoadBalancers()) {
            List<GroupObservation> others =
                    others(place, group, other -> other.classicLoadBalancers().contains(name));
            if (isAlone(group, others, () -> inService(cloud, name))) {
                return Optional.of(aloneText("load balancer " + name, others));
            }
        }
        return Optional.empty();
    }

    /** Groups that are meant to have instances. */
    private List<GroupObservation> others(Place place, GroupObservation group, Predicate<GroupObservation> isBehind) {
        return fleet.groups().stream()
                .filter(located -> located.place().equals(place))
                .map(LocatedGroup::group)
                .filter(other -> !other.key().equals(group.key()) && !other.deleting())
                .filter(other -> other.capacity().desired() > 0 && isBehind.test(other))
                .toList();
    }

    private static boolean isAlone(
            GroupObservation group, List<GroupObservation> others, Supplier<Set<InstanceId>> serving) {
        if (others.isEmpty()) {
            return false;
        }
        Set<InstanceId> own =
                group.instances().stream().map(InstanceObservation::id).collect(Collectors.toUnmodifiableSet());
        Set<InstanceId> healthy;
        try {
            healthy = serving.get();
        } catch (CloudException.AccessDenied e) {
            healthy = Stream.concat(Stream.of(group), others.stream())
                    .flatMap(one -> one.instances().stream())
                    .filter(InstanceObservation::isHealthyInService)
                    .map(InstanceObservation::id)
                    .collect(Collectors.toUnmodifiableSet());
        }
        return !healthy.isEmpty() && own.containsAll(healthy);
    }

    private static Set<InstanceId> healthyTargets(Cloud cloud, TargetGroupArn arn) {
        return keys(cloud.targetGroups().health(arn), state -> state.health() == TargetHealth.HEALTHY);
    }

    private static Set<InstanceId> inService(Cloud cloud, String name) {
        return keys(cloud.classicLoadBalancers().health(name), state -> state.health() == ClassicHealth.IN_SERVICE);
    }

    private static <T> Set<InstanceId> keys(Map<InstanceId, T> states, Predicate<T> serves) {
        return states.entrySet().stream()
                .filter(entry -> serves.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String aloneText(String balancer, List<GroupObservation> others) {
        return "nobody else serves behind " + balancer + ", and the group has none in service while it is refreshed: "
                + others.stream()
                        .map(other -> String.valueOf(other.key().name()))
                        .collect(Collectors.joining(", "))
                + " should; bring " + (others.size() == 1 ? "it" : "them") + " back first, or scale to 0";
    }

    private static Optional<String> shared(GroupObservation one, GroupObservation other) {
        return one.targetGroups().stream()
                .filter(other.targetGroups()::contains)
                .map(arn -> "target group " + arn.name())
                .findFirst()
                .or(() -> one.classicLoadBalancers().stream()
                        .filter(other.classicLoadBalancers()::contains)
                        .map(name -> "load balancer " + name)
                        .findFirst());
    }
}
