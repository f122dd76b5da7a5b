package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.Suspicion;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork.Phase;
import java.time.Instant;

/**
 * What becomes of the image that a group failed with. Where the group goes back, its mark waits until the version before was
 * seen to answer since; where it stays as it is nobody will look any more, and what was seen so far has to do.
 */
final class Blame {

    private final BadAmis amis;
    private final String name;
    private String reason = "";
    private boolean marks;
    private boolean withdraws;
    private String unmarked = "";

    Blame(BadAmis amis, String name) {
        this.amis = amis;
        this.name = name;
    }

    /** After a failure was answered: the group goes back now, or is left. */
    GroupWork begun(Failed failure, Phase failedIn, GroupWork work, Instant now) {
        reason = failure.reason();
        if (!failure.blamesVersion()) {
            return work;
        }
        if (failedIn == Phase.REFRESHING && work.phase() == Phase.ROLLING_BACK) {
            marks = isLookedForOnTheWayBack(work.record());
            return work.with(Suspicion.begun(work.state(), now, failure.late()));
        }
        if (failedIn == Phase.REFRESHING) {
            unlooked(Suspicion.unlooked(failure.late()), work);
        }
        withdraws |= failedIn == Phase.ROLLING_BACK;
        return work;
    }

    /** On its way back it is left as it is. */
    GroupWork left(GroupWork work) {
        Suspicion suspicion = work.state().findings().suspicion();
        if (suspicion != null) {
            unlooked(suspicion.left(work.state().findings()), work);
        }
        return work.with(Suspicion.ended(work.state()));
    }

    /** Nobody looks any more. */
    private void unlooked(Suspicion.Verdict verdict, GroupWork work) {
        marks |= verdict == Suspicion.Verdict.BAD;
        unmarked = verdict.text();
        withdraws |= !unmarked.isEmpty() && isLookedForOnTheWayBack(work.record());
    }

    /** After a look: its row says why nothing is marked when both versions fail alike. */
    GroupWork settled(GroupWork work) {
        Suspicion suspicion = work.state().findings().suspicion();
        String told = suspicion == null ? "" : suspicion.verdict().text();
        if (told.isEmpty()) {
            return work;
        }
        withdraws = isLookedForOnTheWayBack(work.record());
        return work.withBesides(told).with(Suspicion.ended(work.state()));
    }

    /** An override may launch the same image after the way back, which the mark alone tells: it is made at once. */
    private static boolean isLookedForOnTheWayBack(RefreshRecord record) {
        return !record.overrides().isEmpty() || !record.images().isEmpty();
    }

    /** Marks the image, or takes the mark back; what was held against it is over then. */
    GroupWork record(GroupWork work) {
        Suspicion suspicion = work.state().findings().suspicion();
        boolean isOver = suspicion != null && (suspicion.verdict() == Suspicion.Verdict.BAD || work.result() != null);
        if (suspicion != null && isOver) {
            unlooked(suspicion.left(work.state().findings()), work);
        }
        if (marks) {
            marks = false;
            unmarked = amis.mark(work.place(), name, work.record(), work.family(), why(work));
        }
        if (withdraws) {
            withdraws = false;
            amis.withdraw(work.place(), name, work.record(), why(work));
        }
        return isOver ? work.with(Suspicion.ended(work.state())) : work;
    }

    /** What the group's row says of a mark that could not be made in this tick, empty for nothing. */
    String unmarked() {
        return unmarked;
    }

    /** A group that nothing was changed of has no other reason. */
    private String why(GroupWork work) {
        return work.why().isEmpty() ? reason : work.why();
    }
}
