package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Map;
import java.util.Set;

/** Whoever reads the tag of a pin finds the number that the group was left with, and none where it names none. */
final class MendedPin {

    private MendedPin() {}

    static void mend(StepHost host, String name, GroupWork work, GroupObservation group) {
        AutoScalingGroups groups = FleetWork.cloud(host, work).autoScalingGroups();
        if (work.changed() && Pin.isOver(group)) {
            tagging(host, name, () -> groups.removeTags(group.key().name(), Set.of(Pin.TAG)));
        } else if (work.changed()) {
            Pin.mended(group)
                    .or(() -> Pin.missing(
                            group, NamedTemplate.aliases(work), host.run().id()))
                    .ifPresent(value ->
                            tagging(host, name, () -> groups.putTags(group.key().name(), Map.of(Pin.TAG, value))));
        }
    }

    /** A group without room for the tag, or whose tags may not be changed, is told of in its row. */
    private static void tagging(StepHost host, String name, Runnable call) {
        try {
            call.run();
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            host.log(name + ": tag " + Pin.TAG + " could not be changed: " + e.getMessage());
        }
    }
}
