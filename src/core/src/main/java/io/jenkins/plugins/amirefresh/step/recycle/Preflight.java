package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.CapacityReservations.CapacityReservation;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Subnets.Subnet;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceMaintenancePolicy;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What would make a refresh fail half-way, looked at before its first change. What belongs to an account and region is read
 * once a tick, however many groups start in it. A permission that is missing here refuses nothing.
 */
final class Preflight {

    private final StepHost host;
    private final Map<Place, Answer<Subnet>> subnets = new HashMap<>();
    private final Map<Place, Answer<CapacityReservation>> reservations = new HashMap<>();

    Preflight(StepHost host) {
        this.host = host;
    }

    /**
     * What the look came to.
     *
     * @param refusal why the refresh cannot work, empty when nothing speaks against it
     * @param unknown what could not be looked at and why, empty when all was
     */
    record Findings(Optional<String> refusal, String unknown) {

        static final Findings NONE = new Findings(Optional.empty(), "");

        private Findings and(Findings other) {
            String between = unknown.isEmpty() || other.unknown.isEmpty() ? "" : "; ";
            return new Findings(refusal.or(other::refusal), unknown + between + other.unknown);
        }
    }

    private record Answer<T>(List<T> items, String problem) {}

    /**
     * @param version what the group shall launch
     * @param outdated instances that have to be replaced
     */
    Findings look(
            Place place, GroupObservation group, LaunchTemplateVersionData version, RefreshPlan plan, int outdated) {
        if (outdated == 0) {
            return Findings.NONE;
        }
        int launches = launchedFirst(group, plan, outdated);
        return reserved(place, group, version, launches).and(addresses(place, group, launches));
    }

    /** Known to run in reservations only, which have no room for so many instances more. */
    boolean isTight(Place place, GroupObservation group, LaunchTemplateVersionData version, int instances) {
        return instances > 0
                && reserved(place, group, version, instances).refusal().isPresent();
    }

    private Findings addresses(Place place, GroupObservation group, int launches) {
        if (launches == 0 || group.subnets().isEmpty()) {
            return Findings.NONE;
        }
        Answer<Subnet> answer = subnets.computeIfAbsent(
                place, at -> read(at, cloud -> cloud.subnets().all(), "the free addresses of its subnets"));
        List<Subnet> own = answer.items().stream()
                .filter(subnet -> group.subnets().contains(subnet.id()))
                .toList();
        return new Findings(FreeAddresses.refusal(group, own, launches), answer.problem());
    }

    private Findings reserved(Place place, GroupObservation group, LaunchTemplateVersionData version, int launches) {
        Optional<ReservedCapacity> capacity = ReservedCapacity.of(group, version);
        if (capacity.isEmpty()) {
            return Findings.NONE;
        }
        Answer<CapacityReservation> answer = reservations.computeIfAbsent(
                place, at -> read(at, cloud -> cloud.capacityReservations().all(), "its capacity reservations"));
        return answer.problem().isEmpty()
                ? new Findings(capacity.get().refusal(answer.items(), launches), "")
                : new Findings(Optional.empty(), answer.problem());
    }

    private <T> Answer<T> read(Place place, Function<Cloud, List<T>> question, String what) {
        try {
            return new Answer<>(question.apply(host.cloud(place.access(), place.region())), "");
        } catch (CloudException.AccessDenied e) {
            return new Answer<>(List.of(), what + " are not known: " + e.getMessage());
        }
    }

    /** Instances that run beside those they replace, at most. */
    static int launchedFirst(GroupObservation group, RefreshPlan plan, int outdated) {
        if (plan.strategy() == RefreshStrategy.INSTANCE_REFRESH) {
            return Math.min(outdated, aboveDesired(group, plan.policy()));
        }
        if (!plan.launchesFirst()) {
            return 0;
        }
        return plan.batch() == 0 ? outdated : Math.min(plan.batch(), outdated);
    }

    private static int aboveDesired(GroupObservation group, RefreshPolicy policy) {
        InstanceMaintenancePolicy own = group.maintenancePolicy();
        Integer max = policy.maxHealthyPercentage();
        int percentage = max != null ? max : own.isSet() ? own.maxHealthyPercentage() : 100;
        return group.capacity().desired() * Math.max(0, percentage - 100) / 100;
    }
}
