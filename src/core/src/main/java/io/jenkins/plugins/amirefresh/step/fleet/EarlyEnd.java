package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.Leftover;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Stopped;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import io.jenkins.plugins.amirefresh.refresh.UnwatchedRefresh;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What becomes of a group whose work ended early. */
final class EarlyEnd {

    private static final String BAD = ", which is marked bad";

    private static final String UNTIDY = "; temporary changes are left, run restoreAsgs to undo them";

    private EarlyEnd() {}

    /** It is left as it is, once nothing temporary is left. */
    static boolean isLeaving(GroupWork work) {
        return work.state()
                .earlyEnding()
                .filter(ending -> ending.way() == Ending.Way.LEAVE)
                .isPresent();
    }

    /** It came to its end all the same: nobody failed, and it only has to be named again. */
    static boolean isComplete(Stopped stopped, GroupWork work) {
        return stopped.isWhole()
                && work.phase() == Phase.REFRESHING
                && work.changed()
                && work.why().isEmpty();
    }

    /** The reason of an end that may leave something temporary, which it says. */
    static String untidy(GroupWork work, String reason) {
        return (work.why().isEmpty() ? "" : work.why() + "; ")
                + reason
                + (work.state().temporary().isNone() ? "" : UNTIDY);
    }

    /** The same of a group that nobody could look at for too long: what was seen last, and what to look for. */
    static String unseen(GroupWork work, String reason) {
        VersionReference named = work.record().reference();
        int seen = work.state().sightings().size();
        return untidy(work, reason)
                + "; when it was last seen " + seen + " of "
                + work.record().capacity().desired() + " instances were on version "
                + work.plan().to()
                + (UnwatchedRefresh.left(work.state(), work.startedAt()).isPresent()
                        ? "; AWS's instance refresh goes on, cancel it yourself"
                        : "")
                + (named instanceof VersionReference.Numbered
                        ? ""
                        : "; it may stay pinned to a number, it named " + named.text())
                + "; mend that, then run again to go on, rollbackAsgs to go back";
    }

    /**
     * The same where another run has the group: what is temporary is told in full when the tag that told it is gone, or is
     * that run's by now, since no step of ours can undo it then.
     */
    static String taken(GroupWork work, GroupObservation group, String reason) {
        boolean isNoted = RestoreTag.of(group)
                .filter(tag -> tag.isOf(work.record().runId()))
                .isPresent();
        String told = untidy(work, reason);
        String what = work.state().temporary().text();
        return isNoted || what.isEmpty()
                ? told
                : told.substring(0, told.length() - UNTIDY.length()) + "; the tag " + RestoreTag.NAME
                        + " does not tell any more what is temporary: look then whether it is put back, else do so by"
                        + " hand: "
                        + what;
    }

    /** AWS's own refresh was to be cancelled, may not be, and goes on: nothing of ours would help while it does. */
    static Failed refreshing(GroupWork work, GroupObservation group, String refusal) {
        Optional<Ending> ending = work.state().earlyEnding();
        String why = ending.map(Ending::reason)
                .orElse("it was to go to version " + work.plan().to());
        List<InstanceObservation> all = group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed())
                .toList();
        long current = all.stream()
                .filter(instance -> !work.plan().isOutdated(instance, group.launchSource()))
                .count();
        String refresh = work.state()
                .drivenRefresh()
                .map(driven -> "instance refresh " + driven.id())
                .orElse("AWS's instance refresh");
        return new Failed(
                (work.why().isEmpty() ? "" : work.why() + "; ") + why + "; " + refresh
                        + " could not be cancelled and goes on to end the others: " + refusal
                        + "; cancel it yourself at once, then run rollbackAsgs; " + current + " of " + all.size()
                        + " instances on version " + work.plan().to(),
                ending.map(Ending::blamesVersion).orElse(false),
                false,
                Failed.Stay.NONE,
                ending.map(Ending::late).orElse(null));
    }

    /** What AWS refused to have put back, in its own words, as the end of a reason; empty for nothing. */
    static String refused(GroupWork work, String reason) {
        Leftover left = work.state().temporary().leftover();
        if (left == null) {
            return "";
        }
        String what = left.isFelt() ? UNTIDY : "; the tag " + RestoreTag.NAME + " stays, run restoreAsgs to remove it";
        return (reason.contains(UNTIDY) ? "" : what) + ": " + left.cause();
    }

    /** A group that behaves otherwise than before is not whole, whatever its instances run. */
    static GroupOutcome outcome(GroupOutcome outcome, GroupWork work) {
        Leftover left = work.state().temporary().leftover();
        boolean isWhole = outcome == GroupOutcome.REFRESHED || outcome == GroupOutcome.ROLLED_BACK;
        return isWhole && left != null && left.isFelt() ? GroupOutcome.FAILED : outcome;
    }

    /** Where a group that was left half-way stands, and what can be done. */
    static String left(StepHost host, GroupWork work, GroupObservation group, Stopped stopped, Ways ways) {
        String lost = lost(ways, group);
        String launches = launches(host, work, group, ways);
        String told = stopped.reason() + ", launches " + launches + lost;
        if (work.isRollback()) {
            return told + "; mend that, then run rollbackAsgs again" + pinned(work, group);
        }
        boolean launchesBad = launches.endsWith(BAD);
        boolean isBad = launchesBad || ways.leadsToBad(work.record());
        boolean hasWayBack = work.record().hasWayBack();
        String onward = isBad ? (hasWayBack ? "" : "refresh it with another image") : "run again to go on";
        return told
                + (launchesBad ? ", and so does whatever scales out" : isBad ? toBad(work.record()) : "")
                + (lost.isEmpty() ? "; " : "; mend that, then ")
                + onward
                + (hasWayBack ? (isBad ? "" : ", ") + "rollbackAsgs to go back" : "")
                + pinned(work, group);
    }

    /** No run goes on to it. */
    private static String toBad(RefreshRecord record) {
        return "; version " + record.to() + " is marked bad";
    }

    /** That it names numbers where its owner named aliases; empty when it does not. */
    private static String pinned(GroupWork work, GroupObservation group) {
        LaunchSource source = group.launchSource();
        return NamedTemplate.of(work).stream()
                .filter(named -> !named.isNumbered())
                .flatMap(named -> source.templates().stream()
                        .filter(use ->
                                use.id().equals(named.template()) && use.version() instanceof VersionReference.Numbered)
                        .map(use -> (use.id().equals(work.record().template()) ? "; " : "; an override of it ")
                                + "stays pinned to version " + use.version().text() + ", it named "
                                + named.reference().text()))
                .distinct()
                .collect(Collectors.joining());
    }

    /** The same of a group that nobody works on, as its tag says. */
    static String pinned(GroupObservation group) {
        return group.launchSource()
                .mainTemplate()
                .filter(main -> !Pin.named(group, main).equals(main.version()))
                .map(main -> "; stays pinned to version " + main.version().text() + ", it named "
                        + Pin.named(group, main).text())
                .orElse("");
    }

    /** What a group is left with whose temporary changes were undone; the unfinished refresh is somebody's to end. */
    static String restored(StepHost host, GroupWork work, GroupObservation group, Stopped stopped, Ways ways) {
        if (work.phase() != Phase.RESTORING) {
            return stopped.reason() + pinned(work, group);
        }
        RefreshRecord left = RecordTag.of(group).orElse(work.record());
        return stopped.isWhole()
                ? stopped.reason() + pinned(work, group)
                : stopped.reason() + ", launches " + launches(host, work, group, ways)
                        + (ways.leadsToBad(left) ? toBad(left) + "; " : "; recycleAsgs to go on, ")
                        + "rollbackAsgs to go back" + pinned(work, group);
    }

    /** Of what is untouched again: a restored group is half-way where some of its instances are not what it launches. */
    static GroupOutcome outcome(boolean isRestore, GroupWork work, GroupObservation group) {
        boolean isHalfWay = group.instances().stream()
                .anyMatch(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed()
                        && work.plan().isOutdated(instance, group.launchSource()));
        return isRestore && isHalfWay ? GroupOutcome.UNFINISHED : GroupOutcome.SKIPPED;
    }

    /** Why a group that is left as it is replaces no instance any more, as the end of a sentence; empty when it does. */
    static String lost(Ways ways, GroupObservation group) {
        try {
            return ways.lost(group)
                    .map(why -> ", but no more can be launched: " + why)
                    .orElse("");
        } catch (CloudException e) {
            // The row is given all the same, and says what it would have said.
            return "";
        }
    }

    /** With the version's number, and whether its image was found bad. */
    private static String launches(StepHost host, GroupWork work, GroupObservation group, Ways ways) {
        VersionReference named = group.launchSource()
                .mainTemplate()
                .map(LaunchSource.Template::version)
                .orElse(VersionReference.of(work.plan().to()));
        String text = named instanceof VersionReference.Numbered ? "version " + named.text() : named.text();
        try {
            return FleetWork.cloud(host, work)
                    .launchTemplates()
                    .version(work.record().template(), named)
                    .map(data -> "version " + data.version() + (ways.isBad(data) ? BAD : ""))
                    .orElse(text);
        } catch (CloudException e) {
            // It is told all the same: nothing but a number hangs on it.
            return text;
        }
    }
}
