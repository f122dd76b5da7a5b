package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupHistory;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.refresh.LeftCanary;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.RollbackPlanner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Groups that an earlier step of this run left after their canary: they have begun, and go on whatever their window says. */
final class Canaries {

    private Canaries() {}

    /** The row of a group that stands after its canary. */
    static Optional<GroupResult> row(StepHost host, GroupKey group) {
        return host.journal().history().group(group).canary();
    }

    /** An instance of its canary is still there; another one that came meanwhile was watched by nobody. */
    static boolean stands(StepHost host, GroupObservation group) {
        List<InstanceId> canaries = host.journal().history().group(group.key()).canaries();
        return group.instances().stream()
                .anyMatch(instance -> canaries.contains(instance.id())
                        && !instance.lifecycleState().isLeaving());
    }

    /** The work on such a group as it goes on, which is back where its image was marked bad meanwhile. */
    static GroupWork goingOn(StepHost host, GroupWork work, String bad) {
        GroupHistory history = host.journal().history().group(work.group());
        Optional<Instant> left = history.record()
                .filter(record -> record.to().equals(work.record().to()))
                .flatMap(record -> history.canary())
                .map(GroupResult::endedAt);
        GroupWork known = left.isEmpty() || history.canaries().isEmpty()
                ? work
                : work.with(LeftCanary.goingOn(left.get(), history.canaries()));
        return bad.isEmpty() ? known : known.asChanged().rollingBack(bad, work.startedAt());
    }

    /** How such a group was before its canary. */
    static Optional<RefreshRecord> record(StepHost host, GroupObservation group) {
        return row(host, group.key()).flatMap(row -> RollbackPlanner.record(host, group));
    }

    /** Others set the group's version while nobody was at work on it, after its canary; empty when they did not. */
    static Optional<String> takenBack(RefreshRecord canary, LaunchTemplateVersion named, GroupObservation group) {
        if (named.equals(canary.to())) {
            return Optional.empty();
        }
        List<InstanceObservation> all = group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed())
                .toList();
        long left = all.stream()
                .filter(instance -> instance.isOn(canary.template(), canary.to()))
                .count();
        return Optional.of("others set the group's launch template version to " + named
                + " since its canary, which stays; " + left + " of " + all.size() + " instances run version "
                + canary.to() + "; recycleAsgs in another build brings it there");
    }
}
