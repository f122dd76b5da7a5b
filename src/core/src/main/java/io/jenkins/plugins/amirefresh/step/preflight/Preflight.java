package io.jenkins.plugins.amirefresh.step.preflight;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What would make a refresh fail half-way, looked at before its first change. What belongs to an account and region is read
 * once a tick, however many groups start in it. A permission that is missing here refuses nothing.
 */
public final class Preflight {

    private final StepHost host;
    private final Set<Risk> allowed;
    private final Collection<GroupObservation> groups;
    private final Launchable launchable;
    private final Map<Place, Answer<Subnet>> subnets = new HashMap<>();
    private final Map<Place, Answer<CapacityReservation>> reservations = new HashMap<>();

    /**
     * For one tick.
     *
     * @param allowed what does not refuse a group
     * @param groups every group of the places
     */
    public Preflight(StepHost host, Set<Risk> allowed, Collection<GroupObservation> groups) {
        this.host = host;
        this.allowed = Set.copyOf(allowed);
        this.groups = List.copyOf(groups);
        this.launchable = new Launchable(host);
    }

    /** What can be launched, as it was asked for in this tick. */
    public Launchable launchable() {
        return launchable;
    }

    /**
     * What the look came to.
     *
     * @param refusal why the refresh cannot work, empty when nothing speaks against it
     * @param remarks what could not be looked at and why, and what is taken on
     */
    public record Findings(Optional<String> refusal, List<String> remarks) {

        /** Copies the list. */
        public Findings {
            remarks = List.copyOf(remarks);
        }
    }

    /** What one look came to; what could not be looked at and why, empty when all was. */
    private record Look(Optional<Objection> objection, String unknown) {

        private static Look of(Optional<Objection> objection) {
            return new Look(objection, "");
        }
    }

    private record Answer<T>(List<T> items, String problem) {}

    /** Looks at all that speaks against it, what costs no call first; the first that is not allowed refuses it. */
    public Findings look(PlannedRefresh refresh) {
        GroupObservation group = refresh.group();
        RefreshPlan plan = refresh.plan();
        int launches = launchedFirst(group, plan, refresh.outdated());
        List<Supplier<Look>> looks = new ArrayList<>();
        looks.add(() -> Look.of(Owner.objection(group)));
        looks.add(() -> Look.of(tags(refresh)));
        if (refresh.outdated() > 0) {
            looks.add(() -> Look.of(SuspendedProcesses.objection(group, plan.strategy())));
            looks.add(() -> Look.of(AutoRollback.objection(group, refresh.target(), plan)));
            looks.add(() -> Look.of(Waits.objection(plan)));
            looks.add(() -> target(refresh));
            looks.add(() -> wayBack(refresh));
            looks.add(() -> reserved(refresh.place(), group, refresh.target(), launches));
            looks.add(() -> addresses(refresh.place(), group, launches));
        }
        List<String> remarks = new ArrayList<>();
        for (Supplier<Look> one : looks) {
            Look look = one.get();
            if (!look.unknown().isEmpty()) {
                remarks.add(look.unknown());
            }
            Optional<Objection> objection = look.objection();
            if (objection.isPresent() && !objection.get().isTakenOn(allowed)) {
                return new Findings(Optional.of(objection.get().text()), remarks);
            }
            objection.ifPresent(taken -> remarks.add("taken on: " + taken.why()));
        }
        return new Findings(Optional.empty(), remarks);
    }

    private Look target(PlannedRefresh refresh) {
        boolean isTooSmall =
                launchable.tooSmall(refresh.place(), refresh.target()).isPresent();
        Optional<Objection> objection = launchable
                .problem(refresh.place(), refresh.target())
                .map(problem -> new Objection(
                        Risk.UNLAUNCHABLE_TARGET,
                        problem + "; bring its template a version "
                                + (isTooSmall
                                        ? "that maps it as large, or says no size"
                                        : "with an image that is there")));
        return new Look(objection, launchable.unknown(refresh.place()));
    }

    private Look wayBack(PlannedRefresh refresh) {
        if (refresh.record().from().equals(refresh.record().to())) {
            return Look.of(Optional.empty());
        }
        WayBack back = new WayBack(host, launchable, refresh.place(), refresh.record());
        Optional<String> problem = back.problem(groups);
        return problem.isPresent()
                ? Look.of(problem.map(why -> new Objection(
                        Risk.NO_WAY_BACK,
                        "it could not go back: " + why + "; keep images until what replaces them is proven")))
                : new Look(Optional.empty(), back.remark().orElse(""));
    }

    private Optional<Objection> tags(PlannedRefresh refresh) {
        return FreeTags.objection(refresh.group(), refresh.tags(), allowed);
    }

    /** The policy for a group that AWS could not roll back itself, when that is taken on. */
    public RefreshPolicy adapted(RefreshPlan plan, GroupObservation group, LaunchTemplateVersionData target) {
        boolean goesWithout = allowed.contains(Risk.AUTO_ROLLBACK)
                && AutoRollback.objection(group, target, plan).isPresent();
        return goesWithout
                ? plan.policy()
                        .but()
                        .managed(plan.policy().managed().withoutAutoRollback())
                        .build()
                : plan.policy();
    }

    /** Known to run in reservations only, which have no room for so many instances more. */
    public boolean isTight(Place place, GroupObservation group, LaunchTemplateVersionData version, int instances) {
        return instances > 0
                && reserved(place, group, version, instances).objection().isPresent();
    }

    /** So many instances more have no room in its reservations or its subnets. */
    public boolean lacksRoom(Place place, GroupObservation group, LaunchTemplateVersionData version, int launches) {
        return isTight(place, group, version, launches)
                || addresses(place, group, launches).objection().isPresent();
    }

    private Look addresses(Place place, GroupObservation group, int launches) {
        if (launches == 0 || group.subnets().isEmpty()) {
            return Look.of(Optional.empty());
        }
        Answer<Subnet> answer = subnets.computeIfAbsent(
                place, at -> read(at, cloud -> cloud.subnets().all(), "the free addresses of its subnets"));
        List<Subnet> own = answer.items().stream()
                .filter(subnet -> group.subnets().contains(subnet.id()))
                .toList();
        return new Look(
                FreeAddresses.refusal(group, own, launches).map(why -> new Objection(Risk.FREE_ADDRESSES, why)),
                answer.problem());
    }

    private Look reserved(Place place, GroupObservation group, LaunchTemplateVersionData version, int launches) {
        Optional<ReservedCapacity> capacity = ReservedCapacity.of(group, version);
        if (capacity.isEmpty()) {
            return Look.of(Optional.empty());
        }
        Answer<CapacityReservation> answer = reservations.computeIfAbsent(
                place, at -> read(at, cloud -> cloud.capacityReservations().all(), "its capacity reservations"));
        Optional<String> refusal =
                answer.problem().isEmpty() ? capacity.get().refusal(answer.items(), launches) : Optional.empty();
        return new Look(refusal.map(why -> new Objection(Risk.CAPACITY_RESERVATIONS, why)), answer.problem());
    }

    private <T> Answer<T> read(Place place, Function<Cloud, List<T>> question, String what) {
        try {
            return new Answer<>(question.apply(host.cloud(place.access(), place.region())), "");
        } catch (CloudException.AccessDenied e) {
            return new Answer<>(List.of(), what + " are not known: " + e.getMessage());
        }
    }

    /** Instances that run beside those they replace, at most. */
    public static int launchedFirst(GroupObservation group, RefreshPlan plan, int outdated) {
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
