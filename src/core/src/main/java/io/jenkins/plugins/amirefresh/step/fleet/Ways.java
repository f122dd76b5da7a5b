package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates.NewVersion;
import io.jenkins.plugins.amirefresh.journal.OverrideRecord;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.Change;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork.Phase;
import io.jenkins.plugins.amirefresh.step.preflight.Launchable;
import io.jenkins.plugins.amirefresh.step.preflight.Objection;
import io.jenkins.plugins.amirefresh.step.preflight.Preflight;
import io.jenkins.plugins.amirefresh.step.preflight.WayBack;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The versions a group at work can be on: whether they launch now, and which one does when one does not. */
final class Ways {

    /** Who can be called once what is in the way is gone, or taken on. */
    private static final String ROLLBACK = "rollbackAsgs";

    private final Launchable launchable;
    private final Preflight preflight;
    private final GroupWork work;
    private final WayBack back;

    Ways(Fleet fleet, GroupWork work) {
        this.launchable = fleet.launchable();
        this.preflight = fleet.preflight(work.allowed());
        this.work = work;
        this.back = preflight.wayBack(
                work.place(), fleet.group(work.group()).map(LocatedGroup::group).orElse(null), work.record());
    }

    /** It launches or ends instances for the sake of the version gone back to; putting back what is temporary does not. */
    static boolean isLookedAt(RefreshDecision.Act act, GroupWork work) {
        return work.state().earlyEnding().isEmpty()
                && act.changes().stream()
                        .anyMatch(change -> change instanceof Change.SetLaunchSource
                                || change instanceof Change.StartInstanceRefresh
                                || !change.terminates().isEmpty());
    }

    /** Why the group cannot go back, or not now. */
    Optional<String> problem(GroupObservation group, RefreshDecision.Act act) {
        return problem()
                .or(() -> moves(act)
                        ? standstill(group)
                                .map(objection -> "going back would make it worse: " + objection.text(ROLLBACK))
                        : Optional.empty());
    }

    /** Why there is nothing to go back to. */
    Optional<String> problem() {
        return preflight.objection(back).map(objection -> "there is no way back: " + objection.text(ROLLBACK));
    }

    private Optional<Objection> standstill(GroupObservation group) {
        return preflight.standstill(group, work.plan(), work.state().temporary().suspended());
    }

    /** The process that others suspended and the work cannot do without, and what to do; empty for none. */
    String standstillText(GroupObservation group) {
        return standstill(group).map(Objection::why).orElse("");
    }

    /** The line with the process that others suspended and the work cannot do without, where there is one. */
    String withStandstill(GroupObservation group, String line) {
        String why = standstillText(group);
        return why.isEmpty() || line.contains(why) ? line : line + "; " + why;
    }

    /** Instances come or go by it. */
    private static boolean moves(RefreshDecision.Act act) {
        return act.changes().stream()
                .anyMatch(change -> change instanceof Change.StartInstanceRefresh
                        || change instanceof Change.SetDesired
                        || !change.terminates().isEmpty());
    }

    /** What a version launches now was marked bad: no run goes on with it. */
    boolean isBad(LaunchTemplateVersionData version) {
        return launchable
                .launched(work.place(), version)
                .flatMap(ami -> launchable.bad(work.place(), ami))
                .isPresent();
    }

    /** What a group was brought to was marked bad. */
    boolean leadsToBad(RefreshRecord record) {
        try {
            return launchable
                    .version(work.place(), record.template(), VersionReference.of(record.to()))
                    .filter(this::isBad)
                    .isPresent();
        } catch (CloudException e) {
            // It is told all the same: only what to do next hangs on it.
            return false;
        }
    }

    /** The version to go back to, the recorded one or another one with its image; empty when one has to be made. */
    Optional<LaunchTemplateVersion> back() {
        return back.version();
    }

    /** The version to make where there is none. */
    NewVersion toMake() {
        return back.toMake();
    }

    /** No version tells old from new yet, and the recorded one launches another image by now. */
    boolean isToBeTurned() {
        return work.phase() == Phase.ROLLING_BACK
                && !EarlyEnd.isLeaving(work)
                && work.record().byImage()
                && work.record().from().equals(work.record().to())
                && back.elsewhere().isPresent();
    }

    /** Why another version than the recorded one is gone back to, as the end of a sentence. */
    String since() {
        return back.elsewhere().map(why -> ", since " + why).orElse("");
    }

    /** What overrides launch on the way back, too, since their version follows a parameter that was moved; empty for none. */
    String followed(GroupObservation group) {
        return group.launchSource().overrideTemplates().stream()
                .flatMap(use -> work.record().overrides().stream()
                        .filter(override -> override.template().equals(use.id()))
                        .flatMap(override -> followed(use.name().value(), override).stream()))
                .collect(Collectors.joining("; "));
    }

    private Optional<String> followed(String name, OverrideRecord override) {
        AmiId before = override.ami();
        return before == null
                ? Optional.empty()
                : launchable
                        .version(work.place(), override.template(), VersionReference.of(override.from()))
                        .filter(LaunchTemplateVersionData::followsParameter)
                        .flatMap(data -> launchable
                                .launched(work.place(), data)
                                .filter(now -> !now.equals(before))
                                .map(now -> name + " launches " + now + ", which " + data.imageId()
                                        + " names now and no rollback moves"));
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

    /** The same before one more instance is ended on its way forward; the plan has looked before the first. */
    Optional<String> lostAhead(RefreshDecision.Act act) {
        boolean ends =
                act.changes().stream().anyMatch(change -> !change.terminates().isEmpty());
        boolean isAhead = work.phase() == Phase.REFRESHING && work.changed() && isLookedAt(act, work);
        return isAhead && ends ? lost() : Optional.empty();
    }

    /** Why a group could not launch another instance, or not from all that it names. */
    Optional<String> lost(GroupObservation group) {
        return problem(group.launchSource());
    }

    /** For a group that is about to be left naming what cannot launch: what it had or was brought to, where that can. */
    Optional<Change> mend(GroupObservation group) {
        if (!isLeftWithout(group)) {
            return Optional.empty();
        }
        return Stream.of(Optional.of(forward(group)), back.version().map(version -> back(group, version)))
                .flatMap(Optional::stream)
                .filter(source ->
                        !source.equals(group.launchSource()) && problem(source).isEmpty())
                .findFirst()
                .map(Change.SetLaunchSource::new);
    }

    /** The version to make first, so that there is one. */
    Optional<NewVersion> toMend(GroupObservation group) {
        boolean isMissing = isLeftWithout(group)
                && problem(forward(group)).isPresent()
                && preflight.objection(back).isEmpty()
                && back.version().isEmpty();
        return isMissing ? Optional.of(back.toMake()) : Optional.empty();
    }

    private boolean isLeftWithout(GroupObservation group) {
        boolean isLeft = work.state().earlyEnding().isPresent()
                && work.changed()
                && work.lease() != null
                && work.state().pending() == null
                && (work.phase() == Phase.REFRESHING || work.phase() == Phase.ROLLING_BACK);
        boolean isOurs = group.launchSource()
                .mainTemplate()
                .filter(template -> template.id().equals(work.record().template()))
                .isPresent();
        return isLeft && isOurs && problem(group.launchSource()).isPresent();
    }

    private LaunchSource forward(GroupObservation group) {
        LaunchSource source = group.launchSource()
                .withVersion(VersionReference.of(work.record().to()));
        for (OverrideRecord override : work.record().overrides()) {
            source = source.with(override.template(), VersionReference.of(override.to()));
        }
        return source;
    }

    private LaunchSource back(GroupObservation group, LaunchTemplateVersion version) {
        LaunchSource source = group.launchSource().withVersion(VersionReference.of(version));
        for (OverrideRecord override : work.record().overrides()) {
            source = source.with(override.template(), VersionReference.of(override.from()));
        }
        return source.withImages(work.record().images());
    }

    /** Why nothing, or not everything, can be launched from a source. */
    private Optional<String> problem(LaunchSource source) {
        return launchable.problem(work.place(), source);
    }
}
