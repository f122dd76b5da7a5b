package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.refresh.LeftCanary;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshState;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import io.jenkins.plugins.amirefresh.refresh.UnwatchedRefresh;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One group in one tick as this run has it: whether it can be read, our lock and lease on it, its line and its row. */
abstract class HeldGroup {

    private static final Pattern REQUEST = Pattern.compile(" \\(request id [^)]*\\)");

    final String step;
    final StepHost host;
    final Fleet fleet;
    final Instant now;
    final String name;
    final boolean isRestore;
    final LeaseCalls leases;
    private final SharedBalancers balancers;
    final GroupStory story;
    final Blame blame;
    GroupWork work;
    private boolean isUnseen;
    private boolean isCancelling;

    HeldGroup(FleetTick tick, String name, GroupWork work) {
        this.step = tick.step();
        this.host = tick.host();
        this.fleet = tick.fleet();
        this.now = tick.now();
        this.balancers = tick.balancers();
        this.story = new GroupStory(host, step, now);
        this.blame = new Blame(new BadAmis(host, fleet.places(), step), name);
        this.name = name;
        this.work = work;
        this.isRestore = work.phase() == Phase.RESTORING;
        this.leases = new LeaseCalls(host, now);
    }

    final GroupWork work() {
        return work;
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

    /** What its row has to say whatever comes of it, too; once however often it is said. */
    final void remark(String more) {
        String before = work.remark();
        if (!more.isEmpty() && !before.contains(more)) {
            GroupWork told = work.remarking(before.isEmpty() ? more : before + "; " + more);
            GroupResult row = told.result();
            work = row == null ? told : told.ended(row.outcome(), row.reason(), now);
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

    /** A group in flight is not given up for a credential or a permission that may come back within its time limit. */
    private void unreadable(CloudException e) {
        String why = String.valueOf(e.getMessage());
        Instant limit = work.state().startedAt().plus(work.plan().policy().groupTimeLimit());
        if (!e.isTransient() && !work.changed()) {
            end(GroupOutcome.REFUSED, why + "; nothing was changed");
        } else if (!e.isTransient() && now.isAfter(limit)) {
            end(GroupOutcome.FAILED, EarlyEnd.untidy(work, why));
        } else {
            isUnseen = true;
            say("waiting: " + why);
        }
    }

    /** Nobody can look at the group: AWS's own refresh does not go on without that. */
    final void endUnwatched() {
        HeldLease lease = work.lease();
        if (!isUnseen || lease == null || work.phase() != Phase.REFRESHING || !work.changed()) {
            return;
        }
        UnwatchedRefresh.toEnd(work.plan(), work.state(), lease.lease().until(), now)
                .ifPresent(unwatched -> {
                    isCancelling = true;
                    work = work.with(unwatched.state());
                    say(unwatched.why());
                });
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
            say("waiting: " + unreadable.get().getMessage());
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
            say("waiting: " + String.valueOf(e.getMessage()));
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

    /**
     * Writes the row of a group that has ended, and gives its lock back; undoing is no group's outcome, but that it is left
     * half-way is one until another step goes on.
     */
    final void recordEnd() {
        GroupResult result = work.result();
        if (!work.isEnded() || result == null) {
            return;
        }
        if (!isRestore || result.outcome() == GroupOutcome.UNFINISHED) {
            @Nullable
            List<InstanceId> canary = result.outcome() == GroupOutcome.PAUSED ? LeftCanary.of(work.state()) : null;
            new FleetWork(step)
                    .record(
                            new JournalFact.GroupEnded(result, isGone(result), canary, Leaving.on(host, fleet, work)),
                            host);
        }
        LockHolder holder = host.run().lockHolder();
        if (result.outcome() == GroupOutcome.PAUSED) {
            host.locks().keepForRun(work.group(), holder);
        } else {
            host.locks().release(work.group(), holder);
        }
    }

    private boolean isGone(GroupResult result) {
        return result.outcome() == GroupOutcome.SKIPPED
                && fleet.problem(work.place()).isEmpty()
                && fleet.group(work.group())
                        .map(LocatedGroup::group)
                        .filter(group -> !group.deleting())
                        .isEmpty();
    }

    final void end(GroupOutcome outcome, String reason) {
        String tidied = reason + EarlyEnd.refused(work, reason);
        String told = fleet.group(work.group())
                .map(located -> MovedLimits.after(host, work, located.group(), tidied))
                .orElse(tidied);
        GroupOutcome came = EarlyEnd.outcome(outcome, work);
        work = work.ended(came, told, now);
        GroupResult row = work.result();
        say(came.text() + ": " + (row == null ? reason : row.reason()));
    }

    final void say(String line) {
        String before = work.line();
        if (!unnumbered(line).equals(before == null ? null : unnumbered(before))) {
            host.log(name + ": " + line);
            story.said(work.group(), line, null);
            work = work.withLine(line);
        }
    }

    /** The same answer has another request id each time. */
    private static String unnumbered(String line) {
        return REQUEST.matcher(line).replaceAll("");
    }
}
