package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.util.List;

/** The last part of our own strategies: instances in standby, and those that somebody has to release first. */
final class Standby {

    private Standby() {}

    /** Replaces what may go in standby, waits for what may not, else finishes. */
    static Decided orFinish(Tick tick) {
        GroupHealth health = tick.health();
        List<InstanceObservation> standby = health.replaceableInStandby();
        if (!standby.isEmpty()) {
            return tick.acting(
                    List.of(new Change.Replace(Tick.ids(standby))), "terminating in standby: " + Tick.names(standby));
        }
        List<InstanceObservation> waitedFor = health.waitedFor();
        if (!waitedFor.isEmpty()) {
            return tick.with(tick.state().with(tick.state().waited().untilReleased()))
                    .waiting("waiting until " + Tick.names(waitedFor)
                            + " is neither protected from scale in nor in standby");
        }
        List<Change> source = tick.sourceChanges();
        return source.isEmpty()
                ? Undo.finish(tick)
                : tick.acting(source, "launching from version " + tick.plan().to());
    }
}
