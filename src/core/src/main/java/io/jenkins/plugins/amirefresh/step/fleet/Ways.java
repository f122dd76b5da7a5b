package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.Change;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork.Phase;
import io.jenkins.plugins.amirefresh.step.preflight.Launchable;
import io.jenkins.plugins.amirefresh.step.preflight.WayBack;
import java.util.List;
import java.util.Optional;

/** The versions a group at work can be on: whether they launch now, and which one does when one does not. */
final class Ways {

    private final Launchable launchable;
    private final Fleet fleet;
    private final GroupWork work;
    private final WayBack back;

    Ways(StepHost host, Fleet fleet, GroupWork work) {
        this.launchable = fleet.launchable();
        this.fleet = fleet;
        this.work = work;
        this.back = new WayBack(host, launchable, work.place(), work.record());
    }

    /** It launches or ends instances for the sake of the version gone back to; putting back what is temporary does not. */
    static boolean isLookedAt(RefreshDecision.Act act, GroupWork work) {
        return work.state().earlyEnding().isEmpty()
                && act.changes().stream()
                        .anyMatch(change -> change instanceof Change.SetLaunchSource
                                || change instanceof Change.StartInstanceRefresh
                                || !change.terminates().isEmpty());
    }

    /** Why the group cannot go back. */
    Optional<String> problem() {
        return back.problem(groups());
    }

    /** The rollback to what can be launched: the recorded version, or another one with its image. */
    GroupWork back() {
        LaunchTemplateVersion version = back.version();
        return version.equals(work.record().from()) ? work : work.backTo(version);
    }

    /** The group names the version it came from, in whatever way. */
    boolean namesWayBack(GroupObservation group) {
        return group.launchSource()
                .mainTemplate()
                .flatMap(named -> launchable.version(work.place(), named.id(), named.version()))
                .filter(data -> data.version().equals(work.record().from()))
                .isPresent();
    }

    /** Why a group that is done could not launch another instance. */
    Optional<String> lost() {
        return launchable.problem(
                work.place(), work.record().template(), work.plan().to());
    }

    /** For a group that is about to be left naming a version that cannot launch: one of its own that can. */
    Optional<Change> mend(GroupObservation group) {
        boolean isLeft = work.state().earlyEnding().isPresent()
                && work.changed()
                && work.lease() != null
                && work.state().pending() == null
                && (work.phase() == Phase.REFRESHING || work.phase() == Phase.ROLLING_BACK);
        return isLeft
                ? group.launchSource()
                        .mainTemplate()
                        .filter(template -> template.id().equals(work.record().template()))
                        .flatMap(this::problem)
                        .flatMap(problem -> other())
                        .map(version -> group.launchSource().withVersion(VersionReference.of(version)))
                        .filter(source -> !source.equals(group.launchSource()))
                        .map(Change.SetLaunchSource::new)
                : Optional.empty();
    }

    private Optional<String> problem(LaunchSource.Template named) {
        return launchable
                .version(work.place(), named.id(), named.version())
                .map(data -> launchable.problem(work.place(), named.id(), data.version()))
                .orElseGet(() -> Optional.of("it is gone"));
    }

    private Optional<LaunchTemplateVersion> other() {
        LaunchTemplateVersion forward = work.record().to();
        if (launchable.problem(work.place(), work.record().template(), forward).isEmpty()) {
            return Optional.of(forward);
        }
        return problem().isEmpty() ? Optional.of(back.version()) : Optional.empty();
    }

    private List<GroupObservation> groups() {
        return fleet.groups().stream().map(LocatedGroup::group).toList();
    }
}
