package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.cloud.CapacityReservations.CapacityReservation;
import io.jenkins.plugins.amirefresh.cloud.Subnets.Subnet;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceMaintenancePolicy;
import io.jenkins.plugins.amirefresh.model.LaunchSource.OverrideImage;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.model.Suggestion;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.preflight.PlaceReads.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What would make a refresh or a rollback fail half-way, looked at before its first change. What belongs to an account and
 * region is read once a tick, however many groups start in it. A permission that is missing here refuses nothing.
 */
public final class Preflight {

    private final StepHost host;
    private final Set<Risk> allowed;
    private final Collection<GroupObservation> groups;
    private final Launchable launchable;
    private final PlaceReads reads;

    /**
     * For one tick.
     *
     * @param groups every group of the places
     */
    public Preflight(StepHost host, Collection<GroupObservation> groups) {
        this(host, Set.of(), List.copyOf(groups), new Launchable(host), new PlaceReads(host));
    }

    private Preflight(
            StepHost host,
            Set<Risk> allowed,
            Collection<GroupObservation> groups,
            Launchable launchable,
            PlaceReads reads) {
        this.host = host;
        this.allowed = Set.copyOf(allowed);
        this.groups = groups;
        this.launchable = launchable;
        this.reads = reads;
    }

    /** The same, with what it has read, where some of it does not refuse a group. */
    public Preflight allowing(Set<Risk> risks) {
        return new Preflight(host, risks, groups, launchable, reads);
    }

    /** What can be launched, as it was asked for in this tick. */
    public Launchable launchable() {
        return launchable;
    }

    /**
     * What a group can go back to.
     *
     * @param group null when it was not read
     */
    public WayBack wayBack(Place place, @Nullable GroupObservation group, RefreshRecord record) {
        return new WayBack(host, launchable, reads, allowed, place, group, record);
    }

    /** Why the group cannot go back, empty when it can, be it by another version. */
    public Optional<Objection> objection(WayBack back) {
        return back.objection(groups);
    }

    /**
     * What the look came to.
     *
     * @param objection why the work cannot be done, empty when nothing speaks against it
     * @param remarks what could not be looked at and why, and what is taken on
     */
    public record Findings(Optional<Objection> objection, List<String> remarks) {

        private static final String TAKEN_ON = "taken on: ";

        /** Copies the list. */
        public Findings {
            remarks = List.copyOf(remarks);
        }

        /** Those of the remarks that say what is taken on. */
        public List<String> taken() {
            return remarks.stream()
                    .filter(remark -> remark.startsWith(TAKEN_ON))
                    .toList();
        }

        /** The line of a refusal. */
        public Optional<String> refusal() {
            return objection.map(Objection::text);
        }
    }

    /** What one look came to; what could not be looked at and why. */
    private record Look(Optional<Objection> objection, Set<String> remarks) {

        private static Look of(Optional<Objection> objection) {
            return new Look(objection, Set.of());
        }

        private static Look of(Optional<Objection> objection, Answer<?> answer) {
            return new Look(objection, answer.isKnown() ? Set.of() : Set.of(answer.problem()));
        }
    }

    /** Looks at all that speaks against a refresh, what costs no call first; the first that is not allowed refuses it. */
    public Findings look(PlannedRefresh refresh) {
        GroupObservation group = refresh.group();
        RefreshPlan plan = refresh.plan();
        List<Supplier<Look>> looks = new ArrayList<>();
        looks.add(() -> Look.of(Owner.objection(group)));
        looks.add(() -> Look.of(FreeTags.objection(refresh, allowed)));
        looks.add(() -> Look.of(new OtherSettings(launchable, refresh).objection()));
        if (refresh.outdated() > 0) {
            looks.add(() -> new Look(
                    SuspendedProcesses.objection(group, plan.strategy())
                            .map(objection -> CodeDeploy.explained(objection, group, plan)),
                    CodeDeploy.remark(group, plan).map(Set::of).orElse(Set.of())));
            looks.add(() -> Look.of(AutoRollback.objection(group, refresh.target(), plan)));
            looks.add(() -> Look.of(Waits.objection(plan)));
            looks.add(() -> alarms(refresh));
            looks.add(() -> target(refresh));
            looks.add(() -> resources(refresh));
            looks.add(() -> wayBack(refresh));
            looks.addAll(room(refresh));
        }
        return findings(looks);
    }

    /**
     * The same for a rollback that has a {@link WayBack}. Whose the group is was asked before it was refreshed.
     */
    public Findings lookBack(PlannedRefresh rollback) {
        List<Supplier<Look>> looks = new ArrayList<>();
        looks.add(() -> Look.of(FreeTags.objection(rollback, Set.of())));
        if (rollback.outdated() > 0) {
            looks.add(() -> Look.of(SuspendedProcesses.objection(
                    rollback.group(), rollback.plan().strategy())));
            looks.add(() -> Look.of(Waits.objection(rollback.plan())));
            looks.addAll(room(rollback));
        }
        return findings(looks);
    }

    private List<Supplier<Look>> room(PlannedRefresh refresh) {
        int launches = launchedFirst(refresh.group(), refresh.plan(), refresh.outdated());
        return List.of(
                () -> reserved(refresh.place(), refresh.group(), refresh.target(), launches),
                () -> addresses(refresh.place(), refresh.group(), launches));
    }

    private Findings findings(List<Supplier<Look>> looks) {
        Set<String> remarks = new LinkedHashSet<>();
        for (Supplier<Look> one : looks) {
            Look look = one.get();
            remarks.addAll(look.remarks());
            Optional<Objection> objection = look.objection();
            if (objection.isPresent() && !objection.get().isTakenOn(allowed)) {
                return new Findings(objection, List.copyOf(remarks));
            }
            objection.ifPresent(taken -> remarks.add(Findings.TAKEN_ON + taken.why()));
        }
        return new Findings(Optional.empty(), List.copyOf(remarks));
    }

    /**
     * Why a rollback under way would make it worse now, empty when it would not.
     *
     * @param ours what we suspended ourselves
     */
    public Optional<Objection> standstill(GroupObservation group, RefreshPlan plan, Set<ScalingProcess> ours) {
        return SuspendedProcesses.objection(group, plan.strategy(), ours)
                .filter(objection -> !objection.isTakenOn(allowed));
    }

    /** An alarm that is not there ends no refresh. */
    private Look alarms(PlannedRefresh refresh) {
        List<String> names = refresh.plan().policy().managed().alarms();
        if (names.isEmpty() || refresh.plan().strategy() != RefreshStrategy.INSTANCE_REFRESH) {
            return Look.of(Optional.empty());
        }
        Answer<String> there = reads.alarms(refresh.place(), Set.copyOf(names));
        Optional<String> missing = there.isKnown()
                ? names.stream().filter(name -> !there.items().contains(name)).findFirst()
                : Optional.empty();
        return Look.of(
                missing.map(name -> new Objection(
                        null,
                        "alarms: there is no CloudWatch alarm '" + name + "' in "
                                + refresh.group().key().region() + " of "
                                + refresh.group().key().account()
                                + Suggestion.of(
                                        name,
                                        reads.alarmsLike(refresh.place(), name).items())
                                + ", so it would not end the refresh; make it, or name one that is there")),
                there);
    }

    private Look target(PlannedRefresh refresh) {
        Place place = refresh.place();
        String there = "; bring its template a version with an image that is there";
        Optional<String> problem = launched(refresh).stream()
                .flatMap(version -> launchable
                        .problem(place, version)
                        .map(why -> why
                                + (launchable.tooSmall(place, version).isPresent()
                                        ? "; bring its template a version that maps it as large, or says no size"
                                        : there))
                        .stream())
                .findFirst()
                .or(() -> ofOverrides(refresh).map(why -> why + there));
        return new Look(problem.map(why -> new Objection(Risk.UNLAUNCHABLE_TARGET, why)), launchable.unknown(place));
    }

    /** An image that an override names goes before that of any template. */
    private Optional<String> ofOverrides(PlannedRefresh refresh) {
        return refresh.plan().target(refresh.group().launchSource()).imagesOfOverrides().stream()
                .map(OverrideImage::imageId)
                .filter(image -> image.startsWith("ami-"))
                .flatMap(image -> launchable.problem(refresh.place(), new AmiId(image)).stream())
                .map(why -> "an override launches " + why)
                .findFirst();
    }

    /** The versions that the group is brought to; one that is only planned yet is not there to be looked at. */
    private List<LaunchTemplateVersionData> launched(PlannedRefresh refresh) {
        List<LaunchTemplateVersionData> launched = new ArrayList<>(List.of(refresh.target()));
        refresh.plan()
                .target(refresh.group().launchSource())
                .overrideTemplates()
                .forEach(use -> launchable
                        .version(refresh.place(), use.id(), use.version())
                        .ifPresent(launched::add));
        return launched;
    }

    private Look resources(PlannedRefresh refresh) {
        Optional<String> problem = Optional.empty();
        Set<String> unknown = new LinkedHashSet<>();
        for (LaunchTemplateVersionData version : launched(refresh)) {
            Resources.Found found = Resources.look(reads, refresh.place(), refresh.group(), version);
            unknown.addAll(found.unknown());
            problem = problem.or(found::problem);
        }
        return new Look(
                problem.map(why -> new Objection(
                        Risk.MISSING_RESOURCES, why + "; make it again, or bring the template a version without it")),
                unknown);
    }

    private Look wayBack(PlannedRefresh refresh) {
        if (!refresh.record().hasWayBack()) {
            return Look.of(Optional.empty());
        }
        WayBack back = wayBack(refresh.place(), refresh.group(), refresh.record());
        Optional<Objection> problem = objection(back);
        Set<String> remarks = new LinkedHashSet<>(launchable.unknown(refresh.place()));
        remarks.addAll(back.unknown());
        if (problem.isEmpty()) {
            back.remark().ifPresent(remarks::add);
        } else if (refresh.record().byImage()) {
            // What it launches has moved already, by another hand: leaving the group as it is would not keep it from
            // there.
            remarks.add("it could not go back: " + problem.get().why());
            return new Look(Optional.empty(), remarks);
        }
        boolean isStuck = problem.isPresent()
                && launchable.isStuck(refresh.place(), refresh.group().launchSource());
        return new Look(
                problem.map(why -> new Objection(
                        Risk.NO_WAY_BACK,
                        (isStuck ? "it can launch nothing now, and could not go back: " : "it could not go back: ")
                                + why.why()
                                + "; keep images, and what they are launched with, until what replaces them is"
                                + " proven")),
                remarks);
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
        Answer<Subnet> answer = reads.subnets(place);
        List<Subnet> own = answer.items().stream()
                .filter(subnet -> group.subnets().contains(subnet.id()))
                .toList();
        return Look.of(
                FreeAddresses.refusal(group, own, launches).map(why -> new Objection(Risk.FREE_ADDRESSES, why)),
                answer);
    }

    private Look reserved(Place place, GroupObservation group, LaunchTemplateVersionData version, int launches) {
        Optional<ReservedCapacity> capacity = ReservedCapacity.of(group, version);
        if (capacity.isEmpty()) {
            return Look.of(Optional.empty());
        }
        Answer<CapacityReservation> answer = reads.reservations(place);
        Optional<String> refusal =
                answer.isKnown() ? capacity.get().refusal(answer.items(), launches) : Optional.empty();
        return Look.of(refusal.map(why -> new Objection(Risk.CAPACITY_RESERVATIONS, why)), answer);
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
