package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates.NewVersion;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.refresh.Change;
import io.jenkins.plugins.amirefresh.refresh.Decided;
import io.jenkins.plugins.amirefresh.refresh.GroupSight;
import io.jenkins.plugins.amirefresh.refresh.LeftCanary;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecider;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import io.jenkins.plugins.amirefresh.smoketest.Readiness;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork.OnFailure;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork.Phase;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One group in one tick: decide, announce, act, write down. */
final class GroupTick extends HeldGroup {

    private List<Change> changes = List.of();
    private GroupNaming.@Nullable Naming naming;
    private boolean isMaking;
    private @Nullable GroupObservation decidedOn;
    private final SmokeTest checks;
    private String uncheckable = "";
    private boolean uncheckablePasses;

    GroupTick(FleetTick tick, String name, GroupWork work, SmokeTest checks) {
        super(tick, name, work);
        this.checks = checks;
    }

    boolean hasChanges() {
        boolean hasOwn = isMaking || isCancelling() || !changes.isEmpty() || naming != null;
        return hasOwn || leases.hasWrite() || work.isReleasing();
    }

    /** Decides what comes next; changes nothing outside. */
    void decide() {
        decidedOn = open().orElse(null);
        try {
            if (decidedOn != null) {
                decide(decidedOn);
            }
        } catch (CloudException e) {
            unreadable(e);
        }
        endUnwatched();
    }

    private void decide(GroupObservation group) {
        if (!mayWorkOn(group)) {
            return;
        }
        switch (work.phase()) {
            case REFRESHING, ROLLING_BACK -> refresh(group);
            case RESTORING -> restore(group);
            case NAMING, NAMING_BACK -> name(group);
            case ENDED -> throw new IllegalStateException("work on " + work.group() + " has ended");
        }
    }

    /** What is left is read again until the first change: whoever held the group meanwhile may have undone it. */
    private void restore(GroupObservation group) {
        if (!work.changed()) {
            Optional<RestoreTag> tag = RestoreTag.of(group);
            boolean isOfGoneRun = LeftRefresh.goneRun(host, group).isPresent();
            if (tag.isEmpty() && work.state().drivenRefresh().isEmpty() && !isOfGoneRun) {
                end(GroupOutcome.SKIPPED, "nothing temporary is left");
                return;
            }
            work = tag.map(left -> LeftRefresh.restoring(work, left)).orElse(work);
        }
        refresh(group);
    }

    private void refresh(GroupObservation group) {
        if (isMending(group) || (ways().isToBeTurned() && !isTurned())) {
            return;
        }
        work = NewImages.look(FleetWork.cloud(host, work), group, work);
        Decided decided = GroupReader.decide(FleetWork.cloud(host, work), sight(group), work, now);
        RefreshDecision decision = decided.decision();
        if (decision instanceof RefreshDecision.Act && !mayBegin()) {
            return;
        }
        if ((decision instanceof RefreshDecision.Act || Success.isTold(decision, work)) && work.lease() == null) {
            claim();
            return;
        }
        if (decision instanceof RefreshDecision.Act act && !canLaunchInstead(group, act)) {
            return;
        }
        String moved = decided.state().movedByOthers("");
        if (!moved.isEmpty() && !moved.equals(work.state().movedByOthers(""))) {
            host.log(name + ": " + moved);
        }
        work = blame.settled(work.with(decided.state()));
        if (decision instanceof RefreshDecision.Wait wait) {
            say(ways().withStandstill(group, wait.reason()));
        } else if (decision instanceof RefreshDecision.Act act) {
            announce(group, act);
        } else if (decision instanceof RefreshDecision.Done done) {
            work = work.withBesides(done.besides());
            name(group, done.reason());
        } else if (decision instanceof RefreshDecision.Paused paused) {
            end(GroupOutcome.PAUSED, paused.reason());
        } else if (decision instanceof RefreshDecision.Stopped stopped) {
            stopped(group, stopped);
        } else if (decision instanceof RefreshDecision.Failed failed) {
            failed(group, failed);
        }
    }

    /** What the group would be left naming, or go back to, cannot launch or is yet to be made: that comes first. */
    private boolean isMending(GroupObservation group) {
        Optional<NewVersion> lost = work.making() == null ? ways().toMend(group) : Optional.of(work.making());
        if (lost.isPresent()) {
            make(lost.get());
            return true;
        }
        Optional<Change> mended = ways().mend(group);
        if (mended.isPresent()) {
            announce(List.of(mended.get()), "it names a version that cannot launch, so it gets one that can");
            return true;
        }
        return false;
    }

    /** Before anything is judged by it, a parameter's image gets a version of its own to go back to. */
    private boolean isTurned() {
        if (work.lease() == null) {
            claim();
            return false;
        }
        return isOnWayBack(ways(), ways().problem());
    }

    /** Before the first change the old version is asked what the new one will be: afterwards it may be gone. */
    private boolean mayBegin() {
        Readiness readiness = work.readiness();
        if (work.changed() || readiness == null) {
            return true;
        }
        if (!uncheckable.isEmpty()) {
            if (uncheckablePasses) {
                say("waiting: " + uncheckable);
            } else {
                end(GroupOutcome.REFUSED, uncheckable + "; nothing was changed");
            }
            return false;
        }
        if (!readiness.old().isKnown()) {
            say("asking the old version first");
        }
        return readiness.old().isKnown();
    }

    /** No instance goes for a version or an image that is gone, forward or back. */
    private boolean canLaunchInstead(GroupObservation group, RefreshDecision.Act act) {
        Optional<String> lost = ways().lostAhead(act);
        lost.ifPresent(why -> failed("no other instance was ended, since nothing can replace it: " + why));
        boolean goesBack = work.phase() == Phase.ROLLING_BACK && Ways.isLookedAt(act, work);
        return lost.isEmpty() && (!goesBack || isOnWayBack(ways(), ways().problem(group, act)));
    }

    /** The recorded version is what to go back to; else that is turned to first, or there is nothing to go back to. */
    private boolean isOnWayBack(Ways ways, Optional<String> problem) {
        if (problem.isPresent()) {
            failed(problem.get());
            return false;
        }
        Optional<LaunchTemplateVersion> version = ways.back();
        if (version.isEmpty()) {
            make(ways.toMake());
            return false;
        }
        if (version.get().equals(work.record().from())) {
            return true;
        }
        work = work.backTo(version.get());
        say("going back to version " + work.record().from() + ", which has the image of the recorded one"
                + ways.since());
        return false;
    }

    /** The version is made once this is saved, and again with the same token when the host dies before it is known. */
    private void make(NewVersion version) {
        isMaking = true;
        work = work.making(version);
        say("making a version to go back to, " + VersionsMade.text(version) + ways().since());
    }

    /** Writes the new version down where every rollback looks for it. */
    private void make() {
        try {
            work = new VersionsMade(host, step).make(work, now);
        } catch (CloudException e) {
            if (!e.isTransient()) {
                work = work.making(null);
            }
            refused(e);
        }
    }

    /**
     * Before the first change the group's record goes to the journal and onto the group itself, in one call with the other
     * tag; there again when the call was lost or somebody removed the tag.
     */
    private void announce(GroupObservation group, RefreshDecision.Act act) {
        List<Change> all = act.changes();
        if (work.phase() == Phase.REFRESHING) {
            String key = host.run().stepId() + ":" + work.group() + ":started";
            host.journal().append(new JournalEvent(key, now, step, new JournalFact.RefreshStarted(work.record())));
            all = RecordTag.before(all, work, group, host.run().controller());
        }
        announce(all, act.reason());
    }

    private void announce(List<Change> all, String reason) {
        changes = List.copyOf(all);
        story.announced(work.group(), Objects.requireNonNull(decidedOn).capacity(), changes, reason);
        work = work.with(work.state().announcing(changes, now)).asChanged();
        say(reason);
    }

    /** Naming takes a while, in which health can be lost. */
    private boolean isStillProven(GroupObservation group) {
        return RefreshDecider.isProven(work.plan(), sight(group), work.state(), now);
    }

    private GroupSight sight(GroupObservation group) {
        GroupSight sight =
                GroupReader.read(FleetWork.cloud(host, work), group, work).standingStill(ways().standstillText(group));
        story.seen(sight, work);
        if (!work.plan().policy().checked()) {
            return sight;
        }
        ReadinessTick.Came asked = new ReadinessTick(step, host, checks, work, now).ask(sight);
        work = work.with(asked.readiness());
        uncheckable = asked.problem();
        uncheckablePasses = asked.passes();
        return sight.with(asked.sights());
    }

    private void stopped(GroupObservation group, RefreshDecision.Stopped stopped) {
        if (EarlyEnd.isComplete(stopped, work)) {
            name(group, stopped.reason());
        } else if (isRestore || !work.changed()) {
            // A lease that somebody left goes as our own does.
            work = isRestore && work.lease() == null && !Lease.on(group).isEmpty()
                    ? work.with(leases.unwritten())
                    : work;
            end(EarlyEnd.outcome(isRestore, work, group), EarlyEnd.restored(host, work, group, stopped, ways()));
        } else {
            boolean isOverrun =
                    work.state().earlyEnding().filter(Ending::isOverrun).isPresent();
            end(
                    isOverrun || work.isHeldUp() ? GroupOutcome.UNFINISHED : GroupOutcome.FAILED,
                    EarlyEnd.left(host, work, group, stopped, ways()));
        }
    }

    private void name(GroupObservation group, String why) {
        say(why);
        work = work.with(work.isRollback() ? Phase.NAMING_BACK : Phase.NAMING);
        name(group);
    }

    private void name(GroupObservation group) {
        GroupNaming.Next next = new GroupNaming(step, host, fleet, work, now).next(group);
        if (next.isDone() && work.referenceSince() != null && !isStillProven(group)) {
            work = work.unproven();
            say("not all instances are healthy any more, waiting until they are");
        } else if (next.isDone() && ways().lost().isPresent()) {
            end(
                    GroupOutcome.FAILED,
                    "all instances are healthy on version " + work.plan().to() + ", but no more can be launched: "
                            + ways().lost().get());
        } else if (next.isDone() && work.phase() == Phase.NAMING_BACK) {
            end(GroupOutcome.ROLLED_BACK, Success.ofRollback(work, next.reason(), ways().followed(group)));
        } else if (next.isDone()) {
            refreshed(group, Success.ofRefresh(work, group, next.reason()));
        } else if (next.naming() == null) {
            say(next.reason());
        } else if (work.lease() == null) {
            claim();
        } else {
            naming = next.naming();
            work = work.withReferenceSince(now);
            say(next.reason());
        }
    }

    private void failed(GroupObservation group, RefreshDecision.Failed failure) {
        Phase failedIn = work.phase();
        work = LeftCanary.isLost(work.state()) ? work.asChanged() : work;
        boolean stays = failure.othersDecided() && !ways().namesWayBack(group);
        if (work.changed() && failure.stay() == RefreshDecision.Failed.Stay.UNTOUCHABLE) {
            work = work.with(work.state().endingBeforeUntouchable(failure.reason()));
            say(failure.reason() + "; putting back what is temporary");
        } else if (work.changed() && (failure.leaves() || (stays && work.phase() == Phase.REFRESHING))) {
            leave(failure.reason());
        } else if (failure.blamesVersion()) {
            failed(failure.reason());
        } else {
            failed(ways().withStandstill(group, failure.reason()));
        }
        work = blame.begun(failure, failedIn, work, now);
    }

    /** A failed attempt is rolled back, or its temporary changes are undone; when that fails too, the rest is described. */
    @Override
    void failed(String reason) {
        if (!work.changed()) {
            end(GroupOutcome.REFUSED, reason + "; nothing was changed");
        } else if (work.phase() == Phase.REFRESHING
                && work.onFailure() == OnFailure.ROLL_BACK
                && !EarlyEnd.isLeaving(work)) {
            work = work.rollingBack(reason, now);
            say("refresh failed: " + reason + "; rolling back to version "
                    + work.record().from());
        } else if (work.phase() == Phase.NAMING) {
            refreshed(decidedOn, Success.unnamed(work, decidedOn, reason));
        } else if (work.phase() == Phase.NAMING_BACK) {
            end(GroupOutcome.ROLLED_BACK, Success.unnamedBack(work, reason));
        } else if (EarlyEnd.isLeaving(work)) {
            end(GroupOutcome.FAILED, EarlyEnd.untidy(work, reason + lost(decidedOn)));
        } else {
            leave(reason);
        }
    }

    private void leave(String reason) {
        String why = work.isRollback() ? work.why() + "; the rollback failed: " + reason : reason;
        work = blame.left(work);
        work = work.withWhy(why).with(work.state().endingBy(Ending.Way.LEAVE, why));
        say((work.isRollback() ? "rollback" : "refresh") + " failed: " + reason + "; putting back what is temporary");
    }

    /** Makes the announced calls; called after the state was saved. */
    void act() {
        if (leases.hasWrite()) {
            writeLease();
        }
        if (isMaking) {
            make();
        }
        if (isCancelling()) {
            cancelUnwatched();
        }
        if (naming != null) {
            name(naming);
        }
        if (!changes.isEmpty()) {
            change();
        }
        if (work.isReleasing()) {
            release();
        }
    }

    private void change() {
        ChangeCalls calls =
                new ChangeCalls(FleetWork.cloud(host, work), Objects.requireNonNull(decidedOn), host.clock());
        calls.make(changes);
        work = work.with(calls.outcome(work.state()));
        calls.delay().ifPresent(e -> say("waiting: " + String.valueOf(e.getMessage())));
        calls.refusal().ifPresent(e -> refused(calls, decidedOn, String.valueOf(e.getMessage())));
    }

    private void name(GroupNaming.Naming decided) {
        try {
            remark(new GroupNaming(step, host, fleet, work, now).make(decided));
        } catch (CloudException e) {
            refused(e);
        }
    }

    /** Marks a bad AMI or takes the mark back, and writes the row of a group that ended in this tick. */
    void record() {
        work = blame.record(work);
        remark(blame.unmarked());
        recordEnd();
    }
}
