package io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import java.util.List;
import java.util.Optional;

/**
 * How far a refresh is, read off the group.
 *
 * @param remaining members that must go and whose replacement has not begun
 * @param outgoing members that must go as soon as their replacement is ready
 * @param missing capacity units that are wanted and not there
 * @param unready new members that are not ready
 * @param leaving members on their way out
 */
record Progress(
        List<Member> remaining, List<Member> outgoing, int missing, List<Member> unready, List<Member> leaving) {

    private static final int WHOLE = 100;

    static Progress of(Ground ground, Group group, InstanceRefresh refresh) {
        List<Member> present = group.members().stream()
                .filter(member -> !member.state().isLeaving())
                .toList();
        return new Progress(
                present.stream()
                        .filter(member -> refresh.replaces(member) && !member.isOutgoing())
                        .toList(),
                present.stream().filter(Member::isOutgoing).toList(),
                Math.max(0, group.desired() - group.capacity()),
                present.stream()
                        .filter(member ->
                                !refresh.replaces(member) && member.state().counts())
                        .filter(member -> !ground.isReady(group, member))
                        .toList(),
                group.members().stream()
                        .filter(member -> member.state().isLeaving())
                        .toList());
    }

    /** Replacements begun, finished or not. */
    int started(InstanceRefresh refresh) {
        return Math.max(0, refresh.total() - remaining.size());
    }

    /** Replacements finished. */
    int updated(InstanceRefresh refresh) {
        return Math.max(0, started(refresh) - outgoing.size() - missing - unready.size());
    }

    /** Percent of what must go that is updated; 100 when nothing must. */
    int percentage(InstanceRefresh refresh) {
        return refresh.total() == 0 ? WHOLE : updated(refresh) * WHOLE / refresh.total();
    }

    /** Whether everything that began has ended, apart from instances that still drain. */
    boolean isSettled() {
        return outgoing.isEmpty() && missing == 0 && unready.isEmpty();
    }

    /** What the refresh waits for, in AWS's words; empty when it does not. */
    Optional<String> waitsFor(Group group) {
        Optional<Member> warming = unready.stream()
                .filter(member -> member.state() == LifecycleState.IN_SERVICE && member.isHealthy())
                .findFirst();
        Optional<Member> starting =
                unready.stream().filter(member -> member.state().isPending()).findFirst();
        if (starting.isPresent()) {
            return Optional.of("Waiting for remaining instances to be available. For example: "
                    + starting.get().id() + " has insufficient data to evaluate its health with Amazon EC2.");
        }
        if (warming.isPresent() && group.checksLoadBalancers()) {
            return Optional.of("Waiting for instances to warm up or to pass their health checks before continuing."
                    + " For example: " + warming.get().id() + " is warming up.");
        }
        return warming.map(member ->
                "Waiting for instances to warm up before continuing. For example: " + member.id() + " is warming up.");
    }
}
