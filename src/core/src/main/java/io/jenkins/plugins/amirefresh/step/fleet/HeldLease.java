package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A lease that we wrote.
 *
 * @param writtenAt when it was written last; an older read says nothing of it
 * @param confirmed a read after that showed it, and no other that counts instead
 */
record HeldLease(Lease lease, Instant writtenAt, boolean confirmed) {

    /** How long AWS may take to show it; after that it counts as lost, or removed by somebody. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static HeldLease claimed(Lease lease, Instant now) {
        return new HeldLease(lease, now, false);
    }

    /** What a read says of it that shows no other which counts instead. */
    HeldLease readIn(GroupObservation group) {
        boolean isShown = group.at().isAfter(writtenAt) && lease.isShownBy(group);
        return isShown ? new HeldLease(lease, writtenAt, true) : this;
    }

    /** It has to be written again: half of its term is over, or it is missing. */
    boolean isDue(GroupObservation group, Instant now) {
        return lease.isDue(now) || isMissing(group);
    }

    /** It never came, or somebody removed it: nobody can have seen it for a while, and the group may be another's by now. */
    boolean isMissing(GroupObservation group) {
        return group.at().isAfter(writtenAt.plus(PATIENCE)) && !lease.isShownBy(group);
    }

    /** Written now: for another term; one that was missing begins anew, behind those that came meanwhile. */
    HeldLease written(GroupObservation group, Instant now) {
        return new HeldLease(isMissing(group) ? lease.begunAt(now) : lease.renewed(now), now, confirmed);
    }

    /** The lease that counts instead of this one. */
    Optional<Lease> beatenBy(GroupObservation group, Instant now) {
        return isMissing(group) || isRemoved(group)
                ? lease.ofCopy(group.tags(), now).or(() -> Lease.ofAnother(lease.controller(), group, now))
                : lease.beatenBy(group, now);
    }

    /** AWS showed it once and does not any more: whoever has written one since found the group free. */
    private boolean isRemoved(GroupObservation group) {
        return confirmed
                && group.at().isAfter(writtenAt)
                && group.tag(lease.tagName()).isEmpty();
    }
}
