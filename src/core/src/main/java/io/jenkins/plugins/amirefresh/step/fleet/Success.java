package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said of work that came to its end. */
final class Success {

    private Success() {}

    /** A way back that ended has its word on the group for other builds, also where nothing was left to change. */
    static boolean isTold(RefreshDecision decision, GroupWork work) {
        return decision instanceof RefreshDecision.Done && work.isRollback() && work.changed();
    }

    /** Of a refresh that left no instance behind but those it was told to. */
    static String ofRefresh(GroupWork work, GroupObservation group, String naming) {
        String leftAlone = group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed()
                        && work.plan().isOutdated(instance, group.launchSource()))
                .map(instance -> instance.id().value())
                .collect(Collectors.joining(", "));
        return brought(work, group)
                + (leftAlone.isEmpty() ? "" : " but " + leftAlone + ", left alone as asked")
                + (naming.isEmpty() ? "" : "; " + naming)
                + work.state()
                        .earlyEnding()
                        .map(ending -> "; " + ending.reason())
                        .orElse("");
    }

    private static String brought(GroupWork work, @Nullable GroupObservation group) {
        String brought = group == null
                ? "all instances healthy on version " + work.record().to()
                : instances(work, group);
        boolean isPoolBrought = group != null
                && group.hasWarmPool()
                && work.state().drivenRefresh().isPresent();
        return isPoolBrought ? brought + ", its warm pool included" : brought;
    }

    private static String instances(GroupWork work, GroupObservation group) {
        LaunchTemplateVersion to = work.record().to();
        if (group.hasNoInstances()) {
            return group.emptyLaunching(to);
        }
        List<InstanceObservation> brought = group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed()
                        && !work.plan().isOutdated(instance, group.launchSource()))
                .toList();
        if (!Running.isOfOverrides(group, brought)) {
            return "all instances healthy on version " + to;
        }
        boolean isOnOwn = brought.stream()
                .anyMatch(instance -> instance.isOn(work.record().template(), to));
        return (isOnOwn ? "" : "launches version " + to + "; ") + "all instances healthy, "
                + Running.text(group, brought);
    }

    /** Of a refresh whose group could not be given its own way to name the version back. */
    static String unnamed(GroupWork work, @Nullable GroupObservation group, String why) {
        return brought(work, group) + "; the group stays on that number: " + why;
    }

    /** The same of a rollback. */
    static String unnamedBack(GroupWork work, String why) {
        return work.why() + "; the group stays on version " + work.record().from() + ": " + why;
    }

    /** Of a rollback. */
    static String ofRollback(GroupWork work, String naming, String followed) {
        return work.why()
                + byAnotherWay(work)
                + (naming.isEmpty() ? "" : "; " + naming)
                + (followed.isEmpty() ? "" : "; " + followed);
    }

    private static String byAnotherWay(GroupWork work) {
        return work.forward() == null || work.forward() == work.plan().strategy()
                ? ""
                : "; brought back by " + work.plan().strategy().text();
    }
}
