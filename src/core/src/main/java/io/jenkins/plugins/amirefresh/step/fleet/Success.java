package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.util.stream.Collectors;

/** What is said of work that came to its end. */
final class Success {

    private Success() {}

    /** Of a refresh that left no instance behind but those it was told to. */
    static String ofRefresh(GroupWork work, GroupObservation group, String naming) {
        String leftAlone = group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed()
                        && work.plan().isOutdated(instance, group.launchSource()))
                .map(instance -> instance.id().value())
                .collect(Collectors.joining(", "));
        return (group.hasNoInstances()
                        ? group.emptyLaunching(work.record().to())
                        : "all instances healthy on version " + work.record().to())
                + (leftAlone.isEmpty() ? "" : " but " + leftAlone + ", left alone as asked")
                + (naming.isEmpty() ? "" : "; " + naming);
    }

    /** Of a rollback. */
    static String ofRollback(GroupWork work, String naming) {
        return work.why() + byAnotherWay(work) + (naming.isEmpty() ? "" : "; " + naming);
    }

    private static String byAnotherWay(GroupWork work) {
        return work.forward() == null || work.forward() == work.plan().strategy()
                ? ""
                : "; brought back by " + work.plan().strategy().text();
    }
}
