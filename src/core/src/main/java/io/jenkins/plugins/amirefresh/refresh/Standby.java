package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScaleInProtectedInstances;
import io.jenkins.plugins.amirefresh.model.StandbyInstances;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
            return await(tick, waitedFor);
        }
        List<Change> source = tick.sourceChanges();
        return source.isEmpty()
                ? Undo.finish(tick)
                : tick.acting(source, "launching from version " + tick.plan().to());
    }

    /** No batch is under way, and those that were replaced can break all the same. */
    static Decided await(Tick tick, List<InstanceObservation> held) {
        Tick waiting = tick.with(
                tick.state().with(tick.state().waited().untilReleased()).withBatchSince(null));
        Optional<Failed> trouble = Trouble.of(waiting);
        if (trouble.isPresent()) {
            return waiting.failed(trouble.get());
        }
        return isHeldUp(waiting)
                ? leave(waiting)
                : waiting.waiting(
                        "waiting until " + Tick.names(held) + " is neither protected from scale in nor in standby");
    }

    /** Nobody said to wait for what may not be touched, or others want no instances: all else is done. */
    static boolean isHeldUp(Tick tick) {
        GroupHealth health = tick.health();
        RefreshPolicy policy = tick.plan().policy();
        boolean isAskedFor = health.waitedFor().stream()
                .anyMatch(instance -> GroupHealth.isStandby(instance)
                        ? policy.standbyInstances() == StandbyInstances.WAIT
                        : policy.scaleInProtectedInstances() == ScaleInProtectedInstances.WAIT);
        return isAllThatIsLeft(tick)
                && InstanceObservation.units(health.staying()) >= tick.desired()
                && (!isAskedFor || (tick.desired() == 0 && !isUntouched(tick)));
    }

    /** The group launches what the others run; what was never proven is what it launches no more. */
    private static Decided leave(Tick tick) {
        Optional<Decided> unproven = tick.desired() == 0 ? Undo.unproven(tick) : Optional.empty();
        if (unproven.isPresent()) {
            return unproven.get();
        }
        return tick.launchesTarget() || isUntouched(tick)
                ? tick.failed(Failed.untouchable(done(tick) + heldBy(tick)))
                : tick.acting(tick.sourceChanges(), "launching what all but those run that may not be touched");
    }

    private static boolean isUntouched(Tick tick) {
        return !tick.state().changedAt().isAfter(Instant.EPOCH);
    }

    private static String done(Tick tick) {
        return tick.desired() == 0
                ? "the group was sent to 0"
                : "all others are healthy on version " + tick.plan().to();
    }

    /** All that keeps the group from being done is what nobody may touch: nothing is replaced back for that. */
    static boolean isAllThatIsLeft(Tick tick) {
        GroupHealth health = tick.health();
        List<InstanceObservation> current = health.current();
        return !health.waitedFor().isEmpty()
                && !tick.plan().wayBack()
                && health.replaceable().isEmpty()
                && health.replaceableInStandby().isEmpty()
                && health.healthy(current) == current.size();
    }

    /**
     * How it ends then, with what to do.
     *
     * @param why what came to its end while waiting
     */
    static Optional<Failed> allThatIsLeft(Tick tick, String why) {
        if (!isAllThatIsLeft(tick) || !tick.launchesTarget()) {
            return Optional.empty();
        }
        return Optional.of(Failed.untouchable(why + "; " + done(tick) + heldBy(tick)));
    }

    /** Who may not be touched, and what would allow it, as the end of a sentence; empty for nobody. */
    static String heldBy(Tick tick) {
        List<InstanceObservation> waitedFor = tick.health().waitedFor();
        if (waitedFor.isEmpty()) {
            return "";
        }
        return "; " + Tick.names(waitedFor)
                + (GroupHealth.isStandby(waitedFor.get(0))
                        ? " in standby may not be touched: put it into service, or give standbyInstances: 'Terminate' or"
                                + " 'Ignore'"
                        : " protected from scale in may not be touched: release it, or give"
                                + " scaleInProtectedInstances: 'Refresh' or 'Ignore'");
    }
}
