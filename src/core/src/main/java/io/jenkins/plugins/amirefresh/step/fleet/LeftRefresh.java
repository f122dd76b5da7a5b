package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.refresh.DrivenRefresh;
import io.jenkins.plugins.amirefresh.refresh.ManagedRefreshes;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Optional;

/** AWS's own refresh of a group, which a run of ours began that is gone: its lease and its record are on the group still. */
public final class LeftRefresh {

    private LeftRefresh() {}

    /** The one that is under way; for a group that no other run holds. */
    public static Optional<InstanceRefresh> of(Cloud cloud, GroupObservation group) {
        Optional<RefreshRecord> record = RecordTag.of(group)
                .filter(found -> Lease.on(group).stream().anyMatch(lease -> RecordTag.isOf(found, lease.runId())));
        return record.isEmpty()
                ? Optional.empty()
                : ManagedRefreshes.active(
                                cloud.instanceRefreshes().of(group.key().name()))
                        .filter(refresh -> ManagedRefreshes.brings(
                                refresh, record.get().template(), record.get().to()));
    }

    /** Work that goes on from it, where there is one, and may cancel it. */
    public static GroupWork taken(StepHost host, LocatedGroup where, GroupWork work) {
        Cloud cloud = host.cloud(where.place().access(), where.place().region());
        return of(cloud, where.group())
                .map(found -> work.with(DrivenRefresh.left(found.id(), work.state())))
                .orElse(work);
    }
}
