package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.ArrayList;
import java.util.List;

/** The least and the most of a group that others moved while a run was at work on it: theirs to say, and the row's to tell. */
final class MovedLimits {

    private MovedLimits() {}

    /**
     * The reason with that.
     *
     * @param group as it is at the end
     */
    static String after(StepHost host, GroupWork work, GroupObservation group, String reason) {
        // What another run noted may be weeks old.
        if (!work.changed() || !RecordTag.isOf(work.record(), host.run().id())) {
            return reason;
        }
        Capacity before = work.record().capacity();
        Capacity now = group.capacity();
        List<String> moved = new ArrayList<>();
        if (now.min() != before.min()) {
            moved.add("the minimum from " + before.min() + " to " + now.min());
        }
        boolean isTold = work.state().movedByOthers(reason).contains("the maximum");
        if (now.max() != before.max() && work.state().temporary().max() == null && !isTold) {
            moved.add("the maximum from " + before.max() + " to " + now.max());
        }
        return moved.isEmpty()
                ? reason
                : reason + "; others moved " + String.join(" and ", moved) + " meanwhile, which stays";
    }
}
