package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.events.RecycleTags;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupLabels;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LeftRefresh;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.RecordTag;
import io.jenkins.plugins.amirefresh.step.fleet.RollbackPlanner;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run left that is gone, while its image was marked bad. AWS goes on to end old instances for a refresh of its own, so
 * that ends at once, whatever window the group has, and the group goes back, unless it goes on to another version now. Where
 * nothing is under way the group goes back once it could be refreshed and may not.
 */
final class LeftToBad {

    private final StepHost host;
    private final RecycleSettings settings;
    private final Fleet fleet;

    LeftToBad(StepHost host, RecycleSettings settings, Fleet fleet) {
        this.host = host;
        this.settings = settings;
        this.fleet = fleet;
    }

    /**
     * One that is under way.
     *
     * @param why for people
     */
    private record Left(LocatedGroup where, RefreshRecord record, String why) {}

    /** The state in which the candidate was started as usual, or goes back. */
    StepState look(StepState state, Candidate candidate, UnaryOperator<StepState> start) {
        Optional<Left> left = left(candidate);
        if (left.isPresent() && left.get().record().to().equals(candidate.to())) {
            return back(state, candidate, left.get());
        }
        StepState started = start.apply(state);
        return left.isEmpty() || RecycleState.isTaken(started, candidate.group())
                ? started
                : back(started, candidate, left.get());
    }

    /**
     * The work that brings a group back which is half-way, and on which nothing is under way; empty where it stays.
     *
     * @throws CloudException when nobody can tell just now
     */
    Optional<GroupWork> goingBack(Candidate candidate, @Nullable Instant windowStart) {
        GroupLabels labels = new GroupLabels(candidate.environment(), candidate.family(), windowStart);
        try {
            return fleet.group(candidate.group())
                    .filter(where -> settings.onFailure() == GroupWork.OnFailure.ROLL_BACK
                            && LeftRefresh.isHalfWay(host, where.group())
                            && !LeftRefresh.isLeft(host, where))
                    .flatMap(where -> goingBack(where, labels));
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Optional<GroupWork> goingBack(LocatedGroup where, GroupLabels labels) {
        return bad(where)
                .map(why -> "run " + record(where).runId() + " left it half-way, and " + why)
                .flatMap(why -> Optional.ofNullable(new RollbackPlanner(host, fleet, where)
                        .allowing(settings.allowed())
                        .plan(record(where), labels, null, why)
                        .work()));
    }

    private static RefreshRecord record(LocatedGroup where) {
        return RecordTag.of(where.group()).orElseThrow();
    }

    private Optional<Left> left(Candidate candidate) {
        Optional<LocatedGroup> located =
                fleet.group(candidate.group()).filter(where -> !where.group().deleting());
        try {
            return located.filter(where -> !isDryRun(where.group()) && LeftRefresh.isLeft(host, where))
                    .flatMap(this::left);
        } catch (CloudException e) {
            // Whoever starts the group asks the same, and says so.
            return Optional.empty();
        }
    }

    private boolean isDryRun(GroupObservation group) {
        return settings.isDryRun() || tags(group).isDryRun();
    }

    private RecycleTags tags(GroupObservation group) {
        return RecycleTags.of(group.tags(), host.settings().tagNames());
    }

    private Optional<Left> left(LocatedGroup where) {
        Cloud cloud = host.cloud(where.place().access(), where.place().region());
        RefreshRecord record = record(where);
        String refresh = LeftRefresh.of(cloud, where.group())
                .map(InstanceRefresh::id)
                .map(id -> "instance refresh " + id)
                .orElse("AWS's instance refresh");
        return bad(where)
                .map(why -> refresh + ", which run " + record.runId() + " left, is cancelled: " + why)
                .map(why -> new Left(where, record, why));
    }

    /** Why what its record brought it to is bad; empty when it is not. */
    private Optional<String> bad(LocatedGroup where) {
        RefreshRecord record = record(where);
        return host.cloud(where.place().access(), where.place().region())
                .launchTemplates()
                .version(record.template(), VersionReference.of(record.to()))
                .flatMap(data -> fleet.launchable().launched(where.place(), data))
                .flatMap(ami -> fleet.launchable()
                        .bad(where.place(), ami)
                        .map(bad -> "version " + record.to() + " has " + ami + ", which is marked bad: " + bad));
    }

    private StepState back(StepState state, Candidate candidate, Left left) {
        GroupLabels labels = new GroupLabels(candidate.environment(), candidate.family(), null);
        boolean goesBack = settings.onFailure() == GroupWork.OnFailure.ROLL_BACK
                && !tags(left.where().group()).isOptedOut();
        RollbackPlanner.Planned planned = goesBack
                ? new RollbackPlanner(host, fleet, left.where())
                        .allowing(settings.allowed())
                        .plan(left.record(), labels, null, left.why())
                : new RollbackPlanner.Planned(null, null, "");
        GroupWork work = planned.work();
        String why = planned.outcome() == null ? left.why() : left.why() + "; it cannot go back: " + planned.reason();
        host.log(GroupNames.in(state).of(candidate.group()) + ": "
                + (work == null ? why : "going back, " + planned.reason()));
        return FleetWork.begin(RecycleState.with(state, candidate), work == null ? ending(left, labels, why) : work);
    }

    /** It is cancelled, and the group stays as it is for people to look at. */
    private GroupWork ending(Left left, GroupLabels labels, String why) {
        Instant now = host.clock().instant();
        RefreshPlan plan = RefreshPlan.of(
                host.run().id(),
                left.where().group(),
                RefreshStrategy.INSTANCE_REFRESH,
                left.record().template(),
                left.record().to(),
                false,
                settings.policy());
        GroupWork work = GroupWork.refresh(left.where(), labels, left.record(), plan, GroupWork.OnFailure.STOP, now);
        GroupWork taken = LeftRefresh.taken(host, left.where(), work.asChanged());
        return taken.with(taken.state().endingBy(Ending.Way.LEAVE, why));
    }
}
