package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.events.RecycleTags;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.SharedBalancers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Groups that are one component together, one for each zone: {@code mongo_a-asg-1}, {@code mongo_b-asg-1} and {@code
 * mongo_c-asg-1}, or groups with the same tag {@link RecycleTags#COMPONENT}. With in-out one of them is taken after the other, since each may
 * have one instance only. Groups behind one load balancer that they may leave without any are taken so with every strategy.
 */
final class Components {

    private static final Pattern OF_A_ZONE = Pattern.compile("(.+)_[abc]-asg-[a-z0-9]+");

    private final StepHost host;
    private final Fleet fleet;
    private final Map<String, String> tagNames;

    Components(StepHost host, Fleet fleet) {
        this.host = host;
        this.fleet = fleet;
        this.tagNames = host.settings().tagNames();
    }

    /**
     * Why a group may not begin.
     *
     * @param outcome the row that follows; null when it waits
     */
    record Obstacle(@Nullable GroupOutcome outcome, String reason) {

        private static Obstacle wait(String line) {
            return new Obstacle(null, line);
        }

        private static Obstacle refused(String reason) {
            return new Obstacle(GroupOutcome.REFUSED, reason);
        }
    }

    /** Why the group may not begin by a plan: others that serve with it are at work, cannot spare it, or failed. */
    Optional<Obstacle> obstacle(StepState state, LocatedGroup located, RefreshPlan plan) {
        Place place = located.place();
        GroupObservation group = located.group();
        SharedBalancers balancers = new SharedBalancers(fleet, FleetWork.works(state));
        Optional<Obstacle> ofComponent = plan.strategy() == RefreshStrategy.IN_OUT
                ? waitsFor(state, place, group).map(Obstacle::wait).or(() -> ofComponent(place, group))
                : Optional.empty();
        try {
            return ofComponent
                    .or(() -> balancers.waitsFor(place, group, plan).map(Obstacle::wait))
                    .or(() -> balancers.lastOneServing(host, place, group, plan).map(Obstacle::refused));
        } catch (CloudException e) {
            return Optional.of(
                    e.isTransient()
                            ? Obstacle.wait("waiting: " + e.getMessage())
                            : Obstacle.refused(e.getMessage() + "; nothing was changed"));
        }
    }

    /** The other groups of a group's component, in the order of their keys; none when it is alone. */
    private List<GroupObservation> others(Place place, GroupObservation group) {
        Optional<String> component = component(group);
        return component.isEmpty()
                ? List.of()
                : fleet.groups().stream()
                        .filter(located -> located.place().equals(place))
                        .map(LocatedGroup::group)
                        .filter(other -> !other.key().equals(group.key()))
                        .filter(other -> component(other).equals(component))
                        .toList();
    }

    private Optional<String> component(GroupObservation group) {
        String tagged = group.tag(tagNames.getOrDefault(RecycleTags.COMPONENT, RecycleTags.COMPONENT))
                .trim();
        Matcher name = OF_A_ZONE.matcher(group.key().name().value());
        return tagged.isEmpty() ? name.matches() ? Optional.of(name.group(1)) : Optional.empty() : Optional.of(tagged);
    }

    /** Why the group has to wait for another one of its component, which this step is working on. */
    private Optional<String> waitsFor(StepState state, Place place, GroupObservation group) {
        return others(place, group).stream()
                .filter(other -> FleetWork.work(state, other.key())
                        .filter(work -> !work.isEnded())
                        .isPresent())
                .findFirst()
                .map(other -> "waiting, " + other.key().name() + " of the same component is being refreshed");
    }

    /** Its component cannot spare an instance, or failed in another zone. */
    private Optional<Obstacle> ofComponent(Place place, GroupObservation group) {
        RunHistory history = host.journal().history();
        for (GroupObservation other : others(place, group)) {
            String name = other.key().name() + " of the same component ";
            Optional<GroupResult> row = history.row(other.key()).filter(Holds::holdsOthers);
            if (row.isPresent()) {
                return Optional.of(new Obstacle(GroupOutcome.HELD, name + Holds.what(row.get())));
            }
            long healthy = other.instances().stream()
                    .filter(InstanceObservation::isHealthyInService)
                    .count();
            if (healthy < other.capacity().desired()) {
                return Optional.of(Obstacle.refused(name + "has " + healthy + " of "
                        + other.capacity().desired() + " instances healthy; bring it back first"));
            }
        }
        return Optional.empty();
    }
}
