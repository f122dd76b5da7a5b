package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.RollbackPlanner;
import java.util.Optional;

/** Groups that an earlier step of this run left after their canary: they have begun, and go on whatever their window says. */
final class Canaries {

    private Canaries() {}

    /** The row of a group that stands after its canary. */
    static Optional<GroupResult> row(StepHost host, GroupKey group) {
        return host.journal().history().group(group).canary();
    }

    /** How such a group was before its canary. */
    static Optional<RefreshRecord> record(StepHost host, GroupObservation group) {
        return row(host, group.key()).flatMap(row -> RollbackPlanner.record(host, group));
    }
}
