package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The leases on one group in one tick, and the two calls that write and remove ours. */
final class LeaseCalls {

    private final StepHost host;
    private final Instant now;
    private @Nullable HeldLease before;
    private boolean hasWrite;

    LeaseCalls(StepHost host, Instant now) {
        this.host = host;
        this.now = now;
    }

    /** A lease of this run that nobody knows of and that is not written. */
    HeldLease unwritten() {
        return HeldLease.claimed(Lease.from(host.run(), now), now);
    }

    /** A new lease of this run, to be written. */
    HeldLease claim(GroupWork work) {
        return toWrite(work.lease(), unwritten());
    }

    /** A lease that is live as the group shows it; to be written again when that is due. */
    HeldLease keep(HeldLease mine, GroupObservation group) {
        HeldLease read = mine.readIn(group);
        return read.isDue(group, now) ? toWrite(mine, read.written(group, now)) : read;
    }

    private HeldLease toWrite(@Nullable HeldLease held, HeldLease next) {
        before = held;
        hasWrite = true;
        return next;
    }

    boolean hasWrite() {
        return hasWrite;
    }

    /** What the lease was before it was to be written. */
    @Nullable
    HeldLease before() {
        return before;
    }

    /** The group stays ours for now even if the lease cannot be written. */
    boolean isHeldAnyway() {
        return before != null && before.lease().isLive(now);
    }

    /** The lease by which another controller has the group. */
    Optional<Lease> ofAnother(GroupWork work, GroupObservation group) {
        HeldLease mine = work.lease();
        return mine == null ? Lease.ofAnother(host.run().controller(), group, now) : mine.beatenBy(group, now);
    }

    /** Who has the group, for people. */
    String holder(Lease other) {
        return other.controller().equals(host.run().controller())
                ? "run " + other.runId()
                        + " of another controller with the id of this one, a copy of it, holds the group" + " until "
                        + other.until().truncatedTo(ChronoUnit.SECONDS)
                : other.toString();
    }

    /** Where the work stands that ends since another controller has the group. */
    String lost(Lease other, GroupWork work, GroupObservation group) {
        long current = group.instances().stream()
                .filter(instance -> !work.plan().isOutdated(instance, group.launchSource()))
                .count();
        return holder(other) + " and we stopped: " + current + " of "
                + group.instances().size() + " instances on version "
                + work.plan().to() + "; when that run is done, run this again";
    }

    /** Writes the lease of the work; answers why AWS did not take it. */
    Optional<CloudException> write(GroupWork work) {
        Lease lease = lease(work);
        try {
            groups(work).putTags(work.group().name(), Map.of(lease.tagName(), lease.text()));
            return Optional.empty();
        } catch (CloudException e) {
            return Optional.of(e);
        }
    }

    /**
     * Removes the lease of the work and those that have expired; answers in words why ours stays, with which the work may
     * end.
     *
     * @throws CloudException when the next tick may try again
     */
    Optional<String> remove(GroupWork work, GroupObservation group) {
        Lease lease = lease(work);
        Set<String> names = lease.toRemove(group, now);
        try {
            if (!names.isEmpty()) {
                groups(work).removeTags(work.group().name(), names);
            }
            return Optional.empty();
        } catch (CloudException e) {
            if (e.isTransient() && lease.isLive(now)) {
                throw e;
            }
            return Optional.of("the tag " + lease.tagName() + " stays and counts for nobody after " + lease.until()
                    + ": " + e.getMessage());
        }
    }

    private AutoScalingGroups groups(GroupWork work) {
        return FleetWork.cloud(host, work).autoScalingGroups();
    }

    private static Lease lease(GroupWork work) {
        return Objects.requireNonNull(work.lease()).lease();
    }
}
