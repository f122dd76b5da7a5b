package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshState;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import io.jenkins.plugins.amirefresh.refresh.UnwatchedRefresh;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One group in one tick as this run has it: whether it can be read, our lock and lease on it. */
abstract class HeldGroup extends ToldGroup {

    /** How long a cancel is tried again that AWS does not take, before the group is left. */
    private static final Duration LAST_TRIES = Duration.ofMinutes(10);

    final LeaseCalls leases;
    private final SharedBalancers balancers;
    private boolean isUnseen;
    private boolean isCancelling;

    HeldGroup(FleetTick tick, String name, GroupWork work) {
        super(tick, name, work);
        this.balancers = tick.balancers();
        this.leases = new LeaseCalls(host, now);
    }

    /** What is done about a failure that does not pass. */
    abstract void failed(String reason);

    /** The group as it was read, when it can be worked on and is ours on this controller; else its line says why not. */
    final Optional<GroupObservation> open() {
        if (work.isReleasing()) {
            return Optional.empty();
        }
        Optional<CloudException> unreadable = fleet.problem(work.place());
        if (unreadable.isPresent()) {
            unreadable(unreadable.get());
            return Optional.empty();
        }
        Optional<GroupObservation> located = fleet.group(work.group()).map(LocatedGroup::group);
        if (located.isEmpty() || located.get().deleting()) {
            String gone = located.isEmpty() ? "the group no longer exists" : "the group is being deleted";
            end(GroupOutcome.SKIPPED, work.isRollback() ? gone + ", on its way back: " + work.why() : gone);
            return Optional.empty();
        }
        Optional<LockHolder> holder =
                host.locks().acquire(work.group(), host.run().lockHolder());
        if (holder.isPresent()) {
            await(holder.get());
            return Optional.empty();
        }
        if (fleet.isOutOfDate(located.get())) {
            isUnseen = true;
            say("waiting for a read that AWS does not throttle");
            return Optional.empty();
        }
        return located;
    }

    /** No other controller has the group, and our lease on it, if we have one, holds. */
    final boolean mayWorkOn(GroupObservation group) {
        Optional<Lease> other = leases.ofAnother(work, group);
        other.ifPresent(lease -> taken(lease, group));
        return other.isEmpty() && mayGoOn(group) && isAsPlanned(group) && isWayBackAsPlanned(group);
    }

    private boolean isAsPlanned(GroupObservation group) {
        Optional<LaunchTemplateVersion> moved = MovedBefore.to(work, group);
        if (moved.isEmpty()) {
            return true;
        }
        if (MovedBefore.isSure(work, now)) {
            end(
                    GroupOutcome.REFUSED,
                    "others set the group's launch template version to " + moved.get()
                            + " before the first change, which stays; nothing was changed; run again");
        } else {
            say("the group launches version " + moved.get() + ": looking again whether others set it");
        }
        return false;
    }

    /** A way back that waited for its turn: sizes, record and whoever is old are what somebody else left meanwhile. */
    private boolean isWayBackAsPlanned(GroupObservation group) {
        boolean isFirstLook = work.phase() == Phase.ROLLING_BACK
                && !work.changed()
                && work.lease() == null
                && work.state().desired() < 0;
        Optional<LocatedGroup> located = fleet.group(work.group());
        if (!isFirstLook || !now.isAfter(work.startedAt()) || located.isEmpty()) {
            return true;
        }
        RollbackPlanner.Planned planned = new RollbackPlanner(host, fleet, located.get())
                .again(work, RollbackPlanner.record(host, group).orElse(work.record()));
        GroupWork again = planned.work();
        if (again == null) {
            end(planned.outcome() == null ? GroupOutcome.SKIPPED : planned.outcome(), planned.reason());
            return false;
        }
        work = again.withLine(work.line());
        return true;
    }

    final void refused(CloudException e) {
        if (e.isTransient()) {
            isUnseen = true;
            say("waiting: " + e.getMessage());
        } else {
            failed(String.valueOf(e.getMessage()));
        }
    }

    /** What cannot be put back cannot be put back after a rollback either: the work goes on to its end without. */
    final void refused(ChangeCalls calls, @Nullable GroupObservation group, String why) {
        Optional<RefreshState> without = isRestore ? Optional.empty() : calls.without(work.state());
        if (group != null && calls.leftRefreshing()) {
            Failed failure = EarlyEnd.refreshing(work, group, why);
            end(GroupOutcome.FAILED, failure.reason());
            work = blame.begun(failure, Phase.REFRESHING, work, now);
        } else if (without.isPresent()) {
            work = work.with(without.get());
            say("what is temporary cannot be put back, going on without: " + why);
        } else {
            failed(why);
        }
    }

    /** Somebody else works on the group: we wait for that, unless we were told to stop before our first change. */
    private void await(LockHolder holder) {
        Optional<Ending> ending = work.state().earlyEnding();
        if (ending.isPresent() && !work.changed()) {
            end(GroupOutcome.SKIPPED, ending.get().reason() + "; " + holder + " is working on the group");
        } else {
            say("waiting, " + holder + " is working on the group");
        }
    }

    /** All are on the wanted version, whatever its parameter names by now. */
    final void refreshed(@Nullable GroupObservation group, String text) {
        ParameterMoved moved = ParameterMoved.look(FleetWork.cloud(host, work), fleet.launchable(), group, work);
        end(moved.outcome(), text + moved.told());
    }

    final Ways ways() {
        return new Ways(fleet, work);
    }

    /** What a row says of a group that is left as it is and cannot launch. */
    final String lost(@Nullable GroupObservation group) {
        return group == null ? "" : EarlyEnd.lost(ways(), group);
    }

    /** Another controller has the group: we touch nothing any more, whatever is left. */
    private void taken(Lease other, GroupObservation group) {
        if (work.changed()) {
            end(GroupOutcome.FAILED, EarlyEnd.taken(work, group, leases.lost(other, work, group) + lost(group)));
        } else if (isRestore) {
            say("waiting, " + leases.holder(other));
        } else {
            end(GroupOutcome.REFUSED, leases.holder(other) + "; try again when it is done");
        }
    }

    /** Looks after our lease, when we have one; false while nothing may be changed. */
    private boolean mayGoOn(GroupObservation group) {
        HeldLease mine = work.lease();
        if (mine == null) {
            return true;
        }
        if (!mine.lease().isLive(now)) {
            claim();
            return false;
        }
        HeldLease kept = leases.keep(mine, group);
        work = work.with(kept);
        if (!kept.confirmed()) {
            say("waiting until AWS shows that the group is ours");
        }
        return kept.confirmed();
    }

    /** What its load balancer cannot spare now waits for its turn. */
    final void claim() {
        Optional<String> wait = balancers.waitsFor(work);
        if (wait.isPresent()) {
            say(wait.get());
            return;
        }
        balancers.claimed(work);
        work = work.with(leases.claim(work));
        say("claiming the group, then looking whether another controller did so too");
    }

    /**
     * A group in flight is not given up for a credential or a permission that may come back within its time limit; nor is it
     * before AWS's own refresh is cancelled.
     */
    final void unreadable(CloudException e) {
        String why = String.valueOf(e.getMessage());
        Instant limit = work.state().startedAt().plus(work.plan().policy().groupTimeLimit());
        boolean isOver = !e.isTransient() && now.isAfter(limit);
        Optional<UnwatchedRefresh> left = isOver && now.isBefore(limit.plus(LAST_TRIES))
                ? UnwatchedRefresh.left(work.state(), now)
                : Optional.empty();
        if (!e.isTransient() && !work.changed()) {
            end(GroupOutcome.REFUSED, why + "; nothing was changed");
        } else if (left.isPresent() && work.lease() != null) {
            cancelling(left.get());
        } else if (isOver) {
            end(GroupOutcome.FAILED, EarlyEnd.unseen(work, why));
        } else {
            isUnseen = true;
            say("waiting: " + why);
        }
    }

    private void cancelling(UnwatchedRefresh unwatched) {
        isCancelling = true;
        work = work.with(unwatched.state());
        say(unwatched.why());
    }

    /** Nobody can look at the group: AWS's own refresh does not go on without that. */
    final void endUnwatched() {
        HeldLease lease = work.lease();
        if (!isUnseen || lease == null || work.phase() != Phase.REFRESHING || !work.changed()) {
            return;
        }
        UnwatchedRefresh.toEnd(work.plan(), work.state(), lease.lease().until(), now)
                .ifPresent(this::cancelling);
    }

    final boolean isCancelling() {
        return isCancelling;
    }

    final void cancelUnwatched() {
        try {
            FleetWork.cloud(host, work).instanceRefreshes().cancel(work.group().name(), false);
            work = work.with(UnwatchedRefresh.cancelled(work.state()));
        } catch (CloudException.NotFound e) {
            // It ended by itself; the next look says how.
            work = work.with(UnwatchedRefresh.cancelled(work.state()));
        } catch (CloudException e) {
            work = e.isOutcomeUnknown() ? work : work.with(UnwatchedRefresh.goingOn(work.state()));
            say("the instance refresh could not be cancelled: " + e.getMessage());
        }
    }

    final void writeLease() {
        Optional<CloudException> refusal = leases.write(work);
        if (refusal.isEmpty()) {
            return;
        }
        CloudException e = refusal.get();
        boolean isHeld = leases.isHeldAnyway();
        if (!e.isOutcomeUnknown()) {
            work = work.with(leases.before());
        }
        if (isHeld) {
            say("waiting: " + e.getMessage());
        } else {
            refused(e);
        }
    }

    final void release() {
        Optional<CloudException> unreadable = fleet.problem(work.place());
        if (unreadable.filter(CloudException::isTransient).isPresent()) {
            waitToRelease(String.valueOf(unreadable.get().getMessage()));
            return;
        }
        try {
            fleet.group(work.group())
                    .map(LocatedGroup::group)
                    .ifPresent(group -> MendedPin.mend(host, name, work, group));
            fleet.group(work.group()).ifPresent(this::holdOthers);
            fleet.group(work.group())
                    .flatMap(located -> leases.remove(work, located.group()))
                    .ifPresent(this::say);
            work = work.with(Phase.ENDED);
        } catch (CloudException e) {
            waitToRelease(String.valueOf(e.getMessage()));
        }
    }

    /** A lease that is over counts for nobody, whether or not its tag can be removed. */
    private void waitToRelease(String why) {
        HeldLease lease = work.lease();
        if (lease != null && lease.lease().isLive(now)) {
            say("waiting: " + why);
        } else {
            remark("what marks the group for later builds could not be written: " + why);
            work = work.with(Phase.ENDED);
        }
    }

    /** What the group came to is known to later builds, too. */
    private void holdOthers(LocatedGroup located) {
        GroupResult result = work.result();
        boolean isTaken = leases.ofAnother(work, located.group()).isPresent();
        if (isRestore && !isTaken && LeftRefresh.isUnproven(host, work, located.group())) {
            HoldTag.put(
                    host, located, GroupOutcome.FAILED.words(), work.record().runId());
        }
        if (result == null || isRestore || isTaken || !work.changed()) {
            return;
        }
        switch (result.outcome()) {
            case ROLLED_BACK, FAILED ->
                HoldTag.put(host, located, result.outcome().words());
            case REFRESHED -> HoldTag.remove(host, located);
            case PAUSED, UNFINISHED, SKIPPED, MISSED, HELD, REFUSED -> {
                // It says nothing about the image.
            }
        }
    }
}
