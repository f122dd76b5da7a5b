package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.refresh.DrivenRefresh;
import io.jenkins.plugins.amirefresh.refresh.ManagedRefreshes;
import io.jenkins.plugins.amirefresh.refresh.RefreshState;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Optional;

/** What a run began on a group and did not end, since it is gone or gave it up: its record is on the group still. */
public final class LeftRefresh {

    private LeftRefresh() {}

    /**
     * The record of a refresh to this version that is half-way: its run is gone without an end, or failed and left it. Empty
     * while another step of this controller works on the group.
     */
    public static Optional<RefreshRecord> record(StepHost host, GroupObservation group, LaunchTemplateVersion to) {
        if (host.locks().keptFrom(group.key(), host.run().lockHolder()).isPresent()) {
            return Optional.empty();
        }
        boolean hasFailed = HoldTag.of(group)
                .filter(hold -> hold.startsWith(GroupOutcome.FAILED.words()))
                .isPresent();
        return RecordTag.of(group)
                .filter(found -> found.to().equals(to) && found.hasWayBack())
                .filter(found -> hasFailed
                        || (isOfLease(found, group)
                                && !RecordTag.isOf(found, host.run().id())));
    }

    private static boolean isOfLease(RefreshRecord record, GroupObservation group) {
        return Lease.on(group).stream().anyMatch(lease -> RecordTag.isOf(record, lease.runId()));
    }

    /** AWS's own refresh that is under way by it; for a group that no other run holds. */
    public static Optional<InstanceRefresh> of(Cloud cloud, GroupObservation group) {
        Optional<RefreshRecord> record = RecordTag.of(group).filter(found -> isOfLease(found, group));
        return record.isEmpty()
                ? Optional.empty()
                : ManagedRefreshes.active(
                                cloud.instanceRefreshes().of(group.key().name()))
                        .filter(refresh -> ManagedRefreshes.brings(
                                refresh, record.get().template(), record.get().to()));
    }

    /** Another run that is gone without an end, whose lease is on the group; empty while somebody works on it. */
    public static Optional<String> goneRun(StepHost host, GroupObservation group) {
        String own = Lease.from(host.run(), host.clock().instant()).runId();
        return isFree(host, group)
                ? Lease.on(group).stream()
                        .map(Lease::runId)
                        .filter(run -> !run.equals(own))
                        .findFirst()
                : Optional.empty();
    }

    /** The record is of a run that is gone, whose lease is on the group. */
    static boolean isUnended(StepHost host, RefreshRecord record, GroupObservation group) {
        return isOfLease(record, group) && goneRun(host, group).isPresent();
    }

    /** A run that is gone left it elsewhere than it was before, which the next one takes up by its hold. */
    static boolean isUnproven(StepHost host, GroupWork work, GroupObservation group) {
        String run = work.record().runId();
        return RecordTag.of(group)
                .filter(record -> !run.equals(host.run().id()) && RecordTag.isOf(record, run) && record.hasWayBack())
                .filter(record -> runsNew(record, group))
                .isPresent();
    }

    /** A run that is gone left some of it on what it brought it to, and nobody works on it. */
    public static boolean isHalfWay(StepHost host, GroupObservation group) {
        return RecordTag.of(group)
                .filter(record -> record.hasWayBack() && isUnended(host, record, group))
                .filter(record -> runsNew(record, group))
                .isPresent();
    }

    /** Who brings back what a run left half-way, gone or failed, as the end of why it may not go on; empty else. */
    public static String cure(StepHost host, GroupObservation group) {
        boolean isHalfWay = RecordTag.of(group)
                .flatMap(record -> record(host, group, record.to()))
                .filter(record -> runsNew(record, group))
                .isPresent();
        return isHalfWay ? "; it was left half-way, rollbackAsgs brings it back" : "";
    }

    private static boolean runsNew(RefreshRecord record, GroupObservation group) {
        return group.instances().stream()
                .anyMatch(instance ->
                        !instance.lifecycleState().isLeaving() && instance.isOn(record.template(), record.to()));
    }

    private static boolean isFree(StepHost host, GroupObservation group) {
        return host.locks().keptFrom(group.key(), host.run().lockHolder()).isEmpty()
                && Lease.ofAnother(host.run().controller(), group, host.clock().instant())
                        .isEmpty();
    }

    /** A run that is gone began a refresh of AWS's on the group that is under way; nobody else works on it. */
    public static boolean isLeft(StepHost host, LocatedGroup where) {
        GroupObservation group = where.group();
        return isFree(host, group)
                && of(host.cloud(where.place().access(), where.place().region()), group)
                        .isPresent();
    }

    /** Undoing what a tag says by now, and still ending AWS's own refresh, where there is one. */
    static GroupWork restoring(GroupWork work, RestoreTag tag) {
        RefreshState state = RefreshState.restore(work.startedAt(), tag);
        return work.with(work.state()
                .drivenRefresh()
                .map(driven -> DrivenRefresh.left(driven.id(), state))
                .orElse(state));
    }

    /** Work that goes on from it, where there is one: it changes the group, and may cancel AWS's own refresh. */
    public static GroupWork taken(StepHost host, LocatedGroup where, GroupWork work) {
        Cloud cloud = host.cloud(where.place().access(), where.place().region());
        boolean isHalfWay = work.phase() == GroupWork.Phase.REFRESHING
                && record(host, where.group(), work.record().to()).isPresent();
        GroupWork known = isHalfWay ? work.asChanged() : work;
        return of(cloud, where.group())
                .map(found -> known.with(DrivenRefresh.left(found.id(), known.state())))
                .orElse(known);
    }
}
