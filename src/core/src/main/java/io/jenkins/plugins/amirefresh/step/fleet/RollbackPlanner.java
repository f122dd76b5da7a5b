package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.refresh.BatchSize;
import io.jenkins.plugins.amirefresh.refresh.LaunchFacts;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import io.jenkins.plugins.amirefresh.refresh.StrategyChoice;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.preflight.Objection;
import io.jenkins.plugins.amirefresh.step.preflight.PlannedRefresh;
import io.jenkins.plugins.amirefresh.step.preflight.Preflight;
import io.jenkins.plugins.amirefresh.step.preflight.Risk;
import io.jenkins.plugins.amirefresh.step.preflight.WayBack;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans the way back to the version that is on record, from the journal or the group's tag. Changes nothing. */
public final class RollbackPlanner {

    private final StepHost host;
    private final LocatedGroup located;
    private final Fleet fleet;
    /** The step whose parameter takes risks on, when it is not the own one. */
    private String allowedBy = "rollbackAsgs";

    private Set<Risk> allowed = Set.of();

    /** @param located the group as it is now, among the others of its place */
    public RollbackPlanner(StepHost host, Fleet fleet, LocatedGroup located) {
        this.host = host;
        this.fleet = fleet;
        this.located = located;
    }

    /** The newest record of a group: of this run, else on the group itself. */
    public static Optional<RefreshRecord> record(StepHost host, GroupObservation group) {
        return host.journal().history().group(group.key()).record().or(() -> RecordTag.of(group));
    }

    /**
     * What it came to.
     *
     * @param work what to {@link FleetWork#begin}; null when there is nothing to do or it may not be done
     * @param outcome null with {@code work}
     */
    public record Planned(@Nullable GroupWork work, @Nullable GroupOutcome outcome, String reason) {}

    /** The same for a step that takes these risks on itself. */
    public RollbackPlanner allowing(Set<Risk> risks) {
        allowed = Set.copyOf(risks);
        allowedBy = "";
        return this;
    }

    /** The same rollback of the group as it is by now. */
    Planned again(GroupWork before, RefreshRecord record) {
        Set<Risk> risks = EnumSet.of(Risk.TIME_LIMITS);
        risks.addAll(before.allowed());
        GroupLabels labels = new GroupLabels(before.environment(), before.family(), before.windowStart());
        Planned planned =
                allowing(risks).plan(record, labels, before.plan().policy().groupTimeLimit(), before.why());
        return planned.work() == null
                ? planned
                : new Planned(planned.work().allowing(before.allowed()), null, planned.reason());
    }

    /**
     * The rollback of the group to what {@code record} says, within the limits of the refresh.
     *
     * @param timeLimit for the whole group, null for the record's
     * @param why one line for people
     */
    public Planned plan(RefreshRecord record, GroupLabels labels, @Nullable Duration timeLimit, String why) {
        Cloud cloud = host.cloud(located.place().access(), located.place().region());
        GroupObservation group = located.group();
        if (group.deleting()) {
            return new Planned(null, GroupOutcome.SKIPPED, "the group is being deleted");
        }
        Optional<String> objection = objection(record, group);
        if (objection.isPresent()) {
            return refused(objection.get());
        }
        Preflight preflight = fleet.preflight(taken(timeLimit));
        WayBack back = preflight.wayBack(located.place(), group, record);
        Optional<Objection> blocked = preflight.objection(back);
        if (blocked.isPresent()) {
            return refused(blocked.get());
        }
        Optional<LaunchTemplateVersionData> target = back.target();
        if (target.isEmpty()) {
            return refused("version " + record.from() + " of " + record.template() + " no longer exists");
        }
        Optional<String> bad = bad(target.get());
        if (bad.isPresent()) {
            return refused("version " + record.from() + " has " + target.get().imageId() + ", which is marked bad: "
                    + bad.get());
        }
        RefreshPlan plan = fitting(cloud, record, target.get(), policy(record, timeLimit));
        int outdated = outdated(plan);
        boolean isBack = outdated == 0 && isLeftAlone(cloud, group) && launches(cloud, group, record, back);
        if (isBack && !saysFailed(group) && !LeftRefresh.isUnended(host, record, group)) {
            return new Planned(null, GroupOutcome.SKIPPED, already(record, group) + EarlyEnd.pinned(group));
        }
        Set<String> tags = WorkTags.toGoBack(host.run().controller(), plan);
        Preflight.Findings findings = preflight.lookBack(
                new PlannedRefresh(located.place(), group, target.get(), record, plan, outdated, tags, Set.of()));
        if (findings.objection().isPresent()) {
            return refused(findings.objection().get());
        }
        String told = isBack ? why + "; " + already(record, group) : why;
        GroupWork begun = GroupWork.rollback(
                        located, labels, record, plan, told, host.clock().instant())
                .allowing(allowed);
        GroupWork work = LeftRefresh.taken(host, located, begun);
        // Its end takes back what the failure said on the group, though nothing is left to change.
        return begun(isBack ? work.asChanged() : work, told, findings);
    }

    /** Nothing that a run left is under way or temporary. */
    private static boolean isLeftAlone(Cloud cloud, GroupObservation group) {
        return RestoreTag.left(group).isNone() && LeftRefresh.of(cloud, group).isEmpty();
    }

    private static Planned begun(GroupWork work, String why, Preflight.Findings findings) {
        return new Planned(
                work,
                null,
                Stream.concat(Stream.of(why), findings.remarks().stream()).collect(Collectors.joining("; ")));
    }

    /** The group came back by itself from a refresh that failed, and its row or its hold does not know. */
    private boolean saysFailed(GroupObservation group) {
        return host.journal()
                        .history()
                        .group(group.key())
                        .row()
                        .filter(row -> row.outcome() == GroupOutcome.FAILED)
                        .isPresent()
                || HoldTag.of(group)
                        .filter(hold -> hold.startsWith(GroupOutcome.FAILED.words()))
                        .isPresent();
    }

    private static String already(RefreshRecord record, GroupObservation group) {
        String is = group.hasNoInstances()
                ? group.emptyLaunching(record.from())
                : "all instances are on version " + record.from();
        return is + " already";
    }

    /** Limits of the refresh were judged before it; here those count that are given to the rollback. */
    private Set<Risk> taken(@Nullable Duration timeLimit) {
        Set<Risk> taken = EnumSet.noneOf(Risk.class);
        taken.addAll(allowed);
        if (timeLimit == null) {
            taken.add(Risk.TIME_LIMITS);
        }
        return taken;
    }

    private static RefreshPolicy policy(RefreshRecord record, @Nullable Duration timeLimit) {
        RefreshPolicy recorded = RefreshPolicy.back(record.limits());
        return timeLimit == null
                ? recorded
                : recorded.but().groupTimeLimit(timeLimit).build();
    }

    private int outdated(RefreshPlan plan) {
        GroupObservation group = located.group();
        return (int) group.instances().stream()
                .filter(instance -> plan.isOutdated(instance, group.launchSource())
                        && !instance.lifecycleState().isLeaving())
                .count();
    }

    private Optional<String> objection(RefreshRecord record, GroupObservation group) {
        Optional<Lease> other =
                Lease.ofAnother(host.run().controller(), group, host.clock().instant());
        return other.map(lease -> lease + "; try again when it is done")
                .or(() -> record.hasWayBack()
                        ? Optional.empty()
                        : Optional.of(
                                "version " + record.from() + " is what it was before, there is nothing to go back to"));
    }

    /** A record of an older version says nothing of templates in overrides, whose instances are left alone then. */
    private RefreshPlan judged(RefreshPlan plan, RefreshRecord record, GroupObservation group) {
        Cloud cloud = host.cloud(located.place().access(), located.place().region());
        boolean knowsOverrides = !record.overrides().isEmpty()
                || group.launchSource().overrideTemplates().isEmpty();
        return knowsOverrides ? NewImages.judged(cloud, group, plan, record) : plan;
    }

    /** As it came forward; where there is no room for that now, one by one, and without any one old instance first. */
    private RefreshPlan fitting(
            Cloud cloud, RefreshRecord record, LaunchTemplateVersionData target, RefreshPolicy policy) {
        GroupObservation group = located.group();
        LaunchFacts facts = LaunchFactsReader.read(cloud, group, target);
        StrategyChoice choice = StrategyChoice.back(strategy(group), RestoreTag.without(group), facts, policy);
        if (record.byImage() && choice.strategy() == RefreshStrategy.INSTANCE_REFRESH) {
            choice = new StrategyChoice(
                    RefreshStrategy.ROLLING, "AWS's own refresh compares versions, not images", choice.policy());
        }
        RefreshPlan usual = plan(record, facts, choice);
        if (choice.strategy() == RefreshStrategy.INSTANCE_REFRESH || hasRoom(usual, target)) {
            return usual;
        }
        StrategyChoice single = new StrategyChoice(
                RefreshStrategy.ROLLING,
                choice.reason(),
                choice.policy().but().batchSize(BatchSize.of(1)).build());
        RefreshPlan first = plan(record, facts, single).reusingSlots();
        return hasRoom(first, target)
                ? first
                : single.terminatingFirst(group)
                        .map(last -> plan(record, facts, last).reusingSlots())
                        .orElse(usual);
    }

    private boolean hasRoom(RefreshPlan plan, LaunchTemplateVersionData target) {
        int launches = Preflight.launchedFirst(located.group(), plan, outdated(plan));
        return launches == 0 || !fleet.preflight(allowed).lacksRoom(located.place(), located.group(), target, launches);
    }

    private RefreshPlan plan(RefreshRecord record, LaunchFacts facts, StrategyChoice choice) {
        GroupObservation group = located.group();
        RefreshPlan unlimited = RefreshPlan.of(
                        host.run().id(),
                        RestoreTag.without(group),
                        choice.strategy(),
                        record.template(),
                        record.from(),
                        facts.fixedNetworkInterface(),
                        choice.policy())
                .asWayBack();
        return judged(unlimited.with(new Allowances(host).of(located.place(), group)), record, group);
    }

    private Planned refused(Objection objection) {
        return refused(objection.text(allowedBy) + "; the group stays as it is");
    }

    private static Planned refused(String reason) {
        return new Planned(null, GroupOutcome.REFUSED, reason);
    }

    private static boolean launches(Cloud cloud, GroupObservation group, RefreshRecord record, WayBack back) {
        LaunchSource source = group.launchSource();
        return back.elsewhere().isEmpty()
                && source.withImages(record.images()).equals(source)
                && source.mainTemplate()
                        .flatMap(template -> cloud.launchTemplates().version(template.id(), template.version()))
                        .filter(version -> version.version().equals(record.from()))
                        .isPresent();
    }

    /**
     * The way the group was refreshed in this run, null when it was not. Another run that raised its size did so with a
     * strategy of ours, and AWS's own would replace what is too many.
     */
    private @Nullable RefreshStrategy strategy(GroupObservation group) {
        RefreshStrategy other = RestoreTag.left(group).isNone() || group.isWeighted() || group.hasWarmPool()
                ? null
                : RefreshStrategy.ROLLING;
        return RefreshStrategy.parse(host.journal().history().group(group.key()).strategy())
                .orElse(other);
    }

    private Optional<String> bad(LaunchTemplateVersionData target) {
        return target.ami().flatMap(ami -> fleet.launchable().bad(located.place(), ami));
    }
}
