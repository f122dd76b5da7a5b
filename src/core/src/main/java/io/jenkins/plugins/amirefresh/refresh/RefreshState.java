package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything an attempt must not forget between two ticks.
 *
 * @param pending changes that were announced and have not been seen yet
 * @param changedAt when the last change was announced; an older read says nothing
 * @param unseen how often in a row AWS did not show a change in time
 * @param batchSince since when instances are being replaced, null between batches
 * @param desired desired capacity as last read or set by us; -1 before the first read
 * @param sightings what is known of each instance on the wanted version
 * @param terminated instances we terminated that may still be listed
 * @param lost instances on the wanted version that went before they were proven, or unhealthy after that
 * @param refresh AWS's own refresh this attempt drives, null without
 * @param ending null while the attempt goes on
 * @param waited how long AWS let instances wait; nothing in state files of older versions
 * @param watch what is known of the service itself; nothing in state files of older versions
 * @param findings what was found out that an image may be blamed with; nothing in state files of older versions
 * @param others what others moved meanwhile; nothing in state files of older versions
 */
public record RefreshState(
        Instant startedAt,
        @Nullable Pending pending,
        Instant changedAt,
        int unseen,
        @Nullable Instant batchSince,
        int desired,
        Map<InstanceId, Sighting> sightings,
        Set<InstanceId> terminated,
        int lost,
        Temporary temporary,
        @Nullable DrivenRefresh refresh,
        @Nullable Ending ending,
        Waited waited,
        @Nullable Watch watch,
        Findings findings,
        @Nullable OthersMove others) {

    /** Copies the collections. */
    public RefreshState {
        waited = waited == null ? Waited.NOTHING : waited;
        findings = findings == null ? Findings.NONE : findings;
        sightings = Collections.unmodifiableMap(new TreeMap<>(sightings));
        terminated = Collections.unmodifiableSet(new TreeSet<>(terminated));
    }

    /** The first attempt on a group, starting now. */
    public static RefreshState start(Instant now) {
        return new RefreshState(
                now,
                null,
                Instant.EPOCH,
                0,
                null,
                -1,
                Map.of(),
                Set.of(),
                0,
                Temporary.NONE,
                null,
                null,
                Waited.NOTHING,
                null,
                Findings.NONE,
                null);
    }

    /** A way back begins on a group that nobody brings forward; what another step {@code left} there is ours from now on. */
    public static RefreshState startBack(Instant now, Temporary left) {
        return start(now).with(left).with(Watch.OF_WAY_BACK).with(Findings.ofNextAttempt());
    }

    /** The undoing of what a tag on the group says is temporary, starting now. */
    public static RefreshState restore(Instant now, RestoreTag tag) {
        return start(now)
                .with(tag.temporary())
                .endingBy(Ending.Way.LEAVE, "put back what run " + tag.runId() + " had left");
    }

    /** The same attempt goes on after the group was named otherwise for its end. */
    public RefreshState goingOn() {
        return with(findings.launchingSince(null));
    }

    /** The attempt after this one, with what this one left behind. */
    public RefreshState next(Instant now) {
        return but(draft -> {
            draft.startedAt = now;
            draft.unseen = 0;
            draft.batchSince = null;
            draft.sightings = Map.of();
            draft.lost = 0;
            draft.ending = null;
            draft.temporary = temporary.with((Leftover) null).with((Undoing) null);
            draft.waited = waited.ofNextAttempt();
            draft.watch = watching().ofWayBack();
            draft.findings = Findings.ofNextAttempt();
        });
    }

    /** The same when the clock was set back while nobody looked: nothing can have been done later than now. */
    RefreshState notAfter(Instant now) {
        Map<InstanceId, Sighting> seen = new TreeMap<>();
        sightings.forEach((id, sighting) -> seen.put(id, sighting.notAfter(now)));
        return but(draft -> {
            draft.startedAt = earlier(startedAt, now);
            draft.pending = pending == null
                    ? null
                    : new Pending(pending.changes(), earlier(pending.since(), now), pending.retired());
            draft.changedAt = earlier(changedAt, now);
            draft.refresh = refresh == null ? null : refresh.notAfter(now);
            draft.batchSince = batchSince == null ? null : earlier(batchSince, now);
            draft.sightings = seen;
            draft.waited = waited.notAfter(now);
        });
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isAfter(other) ? other : one;
    }

    /** Changes whose effect has not been seen yet. */
    public Optional<Pending> pendingChanges() {
        return Optional.ofNullable(pending);
    }

    /** AWS's own refresh this attempt drives. */
    public Optional<DrivenRefresh> drivenRefresh() {
        return Optional.ofNullable(refresh);
    }

    /** What is known of the service itself. */
    Watch watching() {
        return watch == null ? Watch.NONE : watch;
    }

    /** What others moved meanwhile and {@code told} does not say, one line; empty for nothing. */
    public String movedByOthers(String told) {
        return Balancers.moves(this, told);
    }

    /** What of a planned floor holds for the size that others left the group with. */
    public int floor(RefreshPlan plan) {
        return others == null ? plan.floor() : others.floor(plan);
    }

    /** How the attempt shall end early. */
    public Optional<Ending> earlyEnding() {
        return Optional.ofNullable(ending);
    }

    /** The attempt shall end early. A later, harder ending replaces an earlier one. */
    public RefreshState endingBy(Ending.Way way, String why) {
        return with(new Ending(way, why, false, false, false, null));
    }

    /** It is left as it is, since what is left to do may not be done. */
    public RefreshState endingBeforeUntouchable(String why) {
        return with(new Ending(Ending.Way.LEAVE, why, false, false, true, null));
    }

    /** The batch in flight is the last one in this window. */
    public RefreshState overrun(String why) {
        return with(new Ending(Ending.Way.FINISH_BATCH, why, false, true, false, null));
    }

    /** AWS's own refresh shall be cancelled, then the attempt has failed for this reason. */
    RefreshState endingBy(RefreshDecision.Failed failure) {
        return with(Ending.of(failure));
    }

    /** These changes are announced; instances they terminate count as gone from now on. */
    public RefreshState announcing(List<Change> changes, Instant now) {
        Set<InstanceId> gone = new TreeSet<>();
        changes.forEach(change -> gone.addAll(change.terminates()));
        RefreshState state = launches(changes) ? with(findings.launchingSince(now)) : this;
        return state.withTerminated(gone).with(new Pending(changes, now, Pending.UNKNOWN));
    }

    private static boolean launches(List<Change> changes) {
        return changes.stream().anyMatch(Change::launchesOther);
    }

    /**
     * Only {@code made} of the announced changes took place or may have; the rest did not.
     *
     * @param retired instances whose termination with a lower desired capacity AWS confirmed; {@link Pending#UNKNOWN}
     *     when that is not known
     */
    public RefreshState made(List<Change> made, int retired) {
        if (pending == null) {
            return this;
        }
        Set<InstanceId> kept = new TreeSet<>(terminated);
        pending.changes().forEach(change -> kept.removeAll(change.terminates()));
        made.forEach(change -> kept.addAll(change.terminates()));
        RefreshState known = launches(made) ? this : withUnset(pending.changes());
        RefreshState narrowed = known.withSeen(sightings, kept, lost);
        return narrowed.with(made.isEmpty() ? null : new Pending(made, pending.since(), retired));
    }

    /** What AWS refused or did not show is to be set again, and whatever is there instead nobody else has set. */
    RefreshState withUnset(List<Change> changes) {
        return launches(changes) ? with(findings.launchingSince(null)) : this;
    }

    RefreshState with(@Nullable Pending newPending) {
        Instant at = newPending == null ? changedAt : newPending.since();
        return but(draft -> {
            draft.pending = newPending;
            draft.changedAt = at;
        });
    }

    RefreshState with(Ending newEnding) {
        return but(draft -> draft.ending = newEnding);
    }

    RefreshState with(Temporary newTemporary) {
        return but(draft -> draft.temporary = newTemporary);
    }

    RefreshState with(@Nullable DrivenRefresh newRefresh) {
        return but(draft -> draft.refresh = newRefresh);
    }

    RefreshState with(Findings newFindings) {
        return but(draft -> draft.findings = newFindings);
    }

    RefreshState with(Waited newWaited) {
        return but(draft -> draft.waited = newWaited);
    }

    RefreshState with(@Nullable OthersMove newOthers) {
        return but(draft -> draft.others = newOthers);
    }

    RefreshState with(Watch newWatch) {
        return but(draft -> draft.watch = newWatch);
    }

    RefreshState withDesired(int newDesired) {
        return but(draft -> draft.desired = newDesired);
    }

    RefreshState withBatchSince(@Nullable Instant since) {
        return but(draft -> {
            draft.batchSince = since;
            draft.waited = waited.ofNextBatch();
        });
    }

    RefreshState withSeen(Map<InstanceId, Sighting> seen, Set<InstanceId> stillListed, int newLost) {
        return but(draft -> {
            draft.sightings = seen;
            draft.terminated = stillListed;
            draft.lost = newLost;
        });
    }

    RefreshState withUnseen(int newUnseen) {
        return but(draft -> draft.unseen = newUnseen);
    }

    RefreshState withTerminated(Iterable<InstanceId> ids) {
        Set<InstanceId> all = new TreeSet<>(terminated);
        ids.forEach(all::add);
        return withSeen(sightings, all, lost);
    }

    private RefreshState but(Consumer<Draft> edit) {
        Draft draft = new Draft(this);
        edit.accept(draft);
        return draft.build();
    }

    /** What it was, to be changed in a place or two. */
    private static final class Draft {

        private Instant startedAt;
        private @Nullable Pending pending;
        private Instant changedAt;
        private int unseen;
        private @Nullable Instant batchSince;
        private int desired;
        private Map<InstanceId, Sighting> sightings;
        private Set<InstanceId> terminated;
        private int lost;
        private Temporary temporary;
        private @Nullable DrivenRefresh refresh;
        private @Nullable Ending ending;
        private Waited waited;
        private @Nullable Watch watch;
        private Findings findings;
        private @Nullable OthersMove others;

        Draft(RefreshState from) {
            startedAt = from.startedAt;
            pending = from.pending;
            changedAt = from.changedAt;
            unseen = from.unseen;
            batchSince = from.batchSince;
            desired = from.desired;
            sightings = from.sightings;
            terminated = from.terminated;
            lost = from.lost;
            temporary = from.temporary;
            refresh = from.refresh;
            ending = from.ending;
            waited = from.waited;
            watch = from.watch;
            findings = from.findings;
            others = from.others;
        }

        RefreshState build() {
            return new RefreshState(
                    startedAt,
                    pending,
                    changedAt,
                    unseen,
                    batchSince,
                    desired,
                    sightings,
                    terminated,
                    lost,
                    temporary,
                    refresh,
                    ending,
                    waited,
                    watch,
                    findings,
                    others);
        }
    }

    /**
     * Changes that were announced and not seen yet.
     *
     * @param since when
     * @param retired instances that AWS confirmed to have retired; {@link #UNKNOWN} before its answer is saved
     */
    public record Pending(List<Change> changes, Instant since, int retired) {

        /** No answer is known. */
        public static final int UNKNOWN = -1;

        /** Copies the list. */
        public Pending {
            changes = List.copyOf(changes);
        }
    }

    /**
     * How an attempt ends early.
     *
     * @param reason one line for people
     * @param blamesVersion as in {@link RefreshDecision.Failed}
     * @param isOverrun its window is over; false in state files of older versions
     * @param isHeldUp what is left may not be touched; false in state files of older versions
     * @param late as in {@link RefreshDecision.Failed}; null in state files of older versions
     */
    public record Ending(
            Way way,
            String reason,
            boolean blamesVersion,
            boolean isOverrun,
            boolean isHeldUp,
            @Nullable Lateness late) {

        private static Ending of(RefreshDecision.Failed failure) {
            return new Ending(Way.FAIL, failure.reason(), failure.blamesVersion(), false, false, failure.late());
        }

        /** What becomes of the batch in flight. */
        public enum Way {
            /** It is finished; no other starts. */
            FINISH_BATCH,
            /** It is left as it is; what is temporary is undone. */
            LEAVE,
            /** AWS's own refresh is cancelled, then the attempt has failed. */
            FAIL
        }
    }
}
