package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a group back the way it named its version, when that means the version it is on. A template's default moves only
 * when no other group launches from it any more, and then every group that waited for it gets {@code $Default} back.
 */
final class GroupNaming {

    private final Cloud cloud;
    private final Fleet fleet;
    private final GroupWork work;
    private final RefreshRecord record;

    GroupNaming(Cloud cloud, Fleet fleet, GroupWork work) {
        this.cloud = cloud;
        this.fleet = fleet;
        this.work = work;
        this.record = work.record();
    }

    /**
     * What comes next.
     *
     * @param changes of this group, none to wait or when done
     */
    record Next(boolean isDone, List<Change> changes, String reason) {}

    Next next(GroupObservation group, Instant now) {
        Instant since = work.referenceSince();
        if (since != null && !group.at().isAfter(since)) {
            return new Next(false, List.of(), "waiting for a read that is newer than the last change");
        }
        LaunchTemplateVersion wanted = work.plan().to();
        LaunchSource named = group.launchSource().withVersion(record.reference());
        boolean isNamed = group.launchSource().equals(named);
        boolean wasNumbered = record.reference() instanceof VersionReference.Numbered;
        if (wasNumbered || isNamed || isOverdue(since, now)) {
            return new Next(true, List.of(), "");
        }
        String alias = record.reference().text();
        Optional<LaunchTemplateVersion> meant = cloud.launchTemplates()
                .version(record.template(), record.reference())
                .map(LaunchTemplateVersionData::version);
        if (meant.filter(wanted::equals).isPresent()) {
            return change(named, "the group names " + alias + " again, which is version " + wanted);
        }
        if (record.reference() instanceof VersionReference.Default && !work.isRollback()) {
            List<String> others = othersOnDefault();
            return others.isEmpty()
                    ? change(
                            named,
                            "the last user of " + alias + " is done, so the default of " + record.template()
                                    + " becomes version " + wanted)
                    : new Next(true, List.of(), "stays on the number while " + others.get(0) + " is on " + alias);
        }
        return new Next(true, List.of(), "stays on the number, since " + alias + " means another version");
    }

    /** Makes the change; the default moves first, so that no group ever launches the old version in between. */
    void make(List<Change> changes, Instant now) {
        for (Change change : changes) {
            if (change instanceof Change.SetLaunchSource set) {
                boolean movesDefault = record.reference() instanceof VersionReference.Default && !work.isRollback();
                if (movesDefault) {
                    cloud.launchTemplates()
                            .setDefaultVersion(record.template(), work.plan().to());
                    giveBackToOthers(now);
                }
                cloud.autoScalingGroups().setLaunchSource(work.group().name(), set.source());
                fleet.group(work.group()).ifPresent(located -> unpin(located.group()));
            }
        }
    }

    /** A group that a run is at work on is left to that run, which names its version when it is done. */
    private void giveBackToOthers(Instant now) {
        VersionReference number = VersionReference.of(work.plan().to());
        for (LocatedGroup other : here()) {
            GroupObservation group = other.group();
            boolean waited = RecordTag.of(group)
                    .filter(tag -> tag.reference() instanceof VersionReference.Default)
                    .filter(tag -> tag.template().equals(record.template()))
                    .isPresent();
            boolean isFree = Lease.on(group).stream().noneMatch(lease -> lease.isLive(now));
            if (waited && isFree && names(group, number)) {
                cloud.autoScalingGroups()
                        .setLaunchSource(
                                group.key().name(), group.launchSource().withVersion(record.reference()));
                unpin(group);
            }
        }
    }

    /** A group that has its alias back is not pinned any more. */
    private void unpin(GroupObservation group) {
        if (group.tags().containsKey(Pin.TAG)) {
            cloud.autoScalingGroups().removeTags(group.key().name(), Set.of(Pin.TAG));
        }
    }

    private List<String> othersOnDefault() {
        return here().stream()
                .map(LocatedGroup::group)
                .filter(group -> names(group, new VersionReference.Default()))
                .map(group -> group.key().name().value())
                .toList();
    }

    private boolean names(GroupObservation group, VersionReference reference) {
        return group.launchSource().templates().stream()
                .anyMatch(template -> template.id().equals(record.template())
                        && template.version().equals(reference));
    }

    /** The other groups of this account and region. */
    private List<LocatedGroup> here() {
        return fleet.groups().stream()
                .filter(other -> !other.group().key().equals(work.group()))
                .filter(other ->
                        other.group().key().account().equals(work.group().account()))
                .filter(other ->
                        other.group().key().region().equals(work.group().region()))
                .toList();
    }

    private static Next change(LaunchSource source, String reason) {
        return new Next(false, List.of(new Change.SetLaunchSource(source)), reason);
    }

    private static boolean isOverdue(@Nullable Instant since, Instant now) {
        return since != null && now.isAfter(since.plusSeconds(600));
    }
}
