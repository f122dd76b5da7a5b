package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.time.Duration;
import java.time.Instant;

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

    /** It has to be written again: half of its term is over, or somebody removed it. */
    boolean isDue(GroupObservation group, Instant now) {
        boolean isMissing = group.at().isAfter(writtenAt.plus(PATIENCE)) && !lease.isShownBy(group);
        return lease.isDue(now) || isMissing;
    }

    /** Written now: for another term, or with the same words when only the tag is missing. */
    HeldLease written(Instant now) {
        return new HeldLease(lease.isDue(now) ? lease.renewed(now) : lease, now, confirmed);
    }
}
