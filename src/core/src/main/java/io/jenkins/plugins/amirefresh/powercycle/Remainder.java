package io.jenkins.plugins.amirefresh.powercycle;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The instances that a group has although it wants none: they run, and cost, until somebody ends them.
 *
 * @param instances how many, 0 for none
 * @param isKept AWS ends none of them by itself
 * @param why what keeps them, and what to do about it; empty when nothing is known to
 */
public record Remainder(int instances, boolean isKept, String why) {

    /** No instance is left, or nobody counts them. */
    public static final Remainder NONE = new Remainder(0, false, "");

    private static final Set<LifecycleState> GONE = EnumSet.of(LifecycleState.TERMINATED, LifecycleState.DETACHED);
    private static final Set<LifecycleState> LEAVING = EnumSet.of(
            LifecycleState.TERMINATING,
            LifecycleState.TERMINATING_WAIT,
            LifecycleState.TERMINATING_PROCEED,
            LifecycleState.DETACHING);

    /** What is left of a group. */
    public static Remainder of(GroupObservation group) {
        List<InstanceObservation> left = group.instances().stream()
                .filter(instance -> !GONE.contains(instance.lifecycleState()))
                .toList();
        List<InstanceObservation> staying = left.stream()
                .filter(instance -> !LEAVING.contains(instance.lifecycleState()))
                .toList();
        if (left.isEmpty()) {
            return NONE;
        }
        if (staying.isEmpty()) {
            return new Remainder(left.size(), false, hooked(left));
        }
        if (group.suspendedProcesses().contains(ScalingProcess.TERMINATE)) {
            return new Remainder(left.size(), true, "its process Terminate is suspended; resume it");
        }
        List<InstanceObservation> standing = staying.stream()
                .filter(instance -> instance.lifecycleState() == LifecycleState.STANDBY)
                .toList();
        int guarded = (int) staying.stream()
                .filter(InstanceObservation::protectedFromScaleIn)
                .filter(instance -> !standing.contains(instance))
                .count();
        boolean isKept = guarded + standing.size() == staying.size();
        String why = guarded > 0
                ? of(guarded, left.size()) + " protected from scale-in; remove " + (guarded == 1 ? "its" : "their")
                        + " protection"
                : standing.isEmpty()
                        ? ""
                        : of(standing.size(), left.size()) + " in standby; put "
                                + (standing.size() == 1 ? "it" : "them") + " in service or end "
                                + (standing.size() == 1 ? "it" : "them");
        return new Remainder(left.size(), isKept, why);
    }

    private static String hooked(List<InstanceObservation> leaving) {
        int waiting = (int) leaving.stream()
                .filter(instance -> instance.lifecycleState() == LifecycleState.TERMINATING_WAIT)
                .count();
        return waiting == 0 ? "" : of(waiting, leaving.size()) + " kept by a lifecycle hook (Terminating:Wait)";
    }

    private static String of(int some, int all) {
        String which = some == all ? (all == 1 ? "it" : "they") : some + " of them";
        return which + (some == 1 ? " is" : " are");
    }

    /** There are some. */
    public boolean isThere() {
        return instances > 0;
    }

    /** For people: {@code still has 1 instance}. */
    public String text() {
        return "still has " + instances + (instances == 1 ? " instance" : " instances");
    }

    /** What keeps them, after a colon; empty when nothing is known to. */
    public String because() {
        return why.isEmpty() ? "" : ": " + why;
    }
}
