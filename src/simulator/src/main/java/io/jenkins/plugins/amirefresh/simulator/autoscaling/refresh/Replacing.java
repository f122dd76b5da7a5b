package io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Causes;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member.Outgoing;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Lifecycle;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Room;
import java.util.ArrayList;
import java.util.List;

/** Takes members out, as many as percentages and checkpoints allow. */
final class Replacing {

    private static final int WHOLE = 100;

    private final Ground ground;
    private final Lifecycle lifecycle;

    Replacing(Ground ground, Lifecycle lifecycle) {
        this.ground = ground;
        this.lifecycle = lifecycle;
    }

    /** One step: relieves those whose replacement is ready, then starts what now fits. */
    void step(Group group, InstanceRefresh refresh) {
        Preferences preferences = refresh.preferences();
        Room room = Room.of(group.desired(), preferences.minHealthy(), preferences.maxHealthy());
        int removable = room.removable(ready(group));
        Progress progress = Progress.of(ground, group, refresh);
        boolean idle = progress.isSettled();
        for (Member member : progress.outgoing()) {
            if (ground.isReady(group, member) && member.weight() > removable) {
                continue;
            }
            removable -= ground.isReady(group, member) ? member.weight() : 0;
            takeOut(group, member);
        }
        int quota = quota(refresh, progress);
        int begun = begin(group, refresh, new Allowance(room, removable, quota));
        List<Member> candidates = candidates(group, refresh);
        if (idle && begun == 0 && quota > 0 && !candidates.isEmpty()) {
            beginOne(group, candidates.get(0), room);
        }
    }

    private int begin(Group group, InstanceRefresh refresh, Allowance allowance) {
        int removable = allowance.removable();
        int addable = allowance.room().addable(group.desired() + outgoingWeight(group));
        int begun = 0;
        for (Member member : candidates(group, refresh)) {
            boolean ready = ground.isReady(group, member);
            if (begun >= allowance.quota()) {
                break;
            }
            if (!ready || member.weight() <= removable) {
                removable -= ready ? member.weight() : 0;
                replaced(group);
                takeOut(group, member);
                begun++;
            } else if (member.weight() <= addable) {
                addable -= member.weight();
                launchFirst(group, member);
                begun++;
            }
        }
        return begun;
    }

    /** Nothing fits between the bounds and nothing is under way: one at a time. */
    private void beginOne(Group group, Member member, Room room) {
        if (room.launchesFirst()) {
            launchFirst(group, member);
        } else {
            replaced(group);
            takeOut(group, member);
        }
    }

    private void launchFirst(Group group, Member member) {
        replaced(group);
        member.setOutgoing(Outgoing.REFRESH);
    }

    private void replaced(Group group) {
        group.pace().replaces(Causes.launchedForRefresh(ground.now()));
    }

    private void takeOut(Group group, Member member) {
        lifecycle.terminate(group, member, Causes.takenOutForRefresh(ground.now(), member.id()));
    }

    private int ready(Group group) {
        return group.members().stream()
                .filter(member -> ground.isReady(group, member))
                .mapToInt(Member::weight)
                .sum();
    }

    private static int outgoingWeight(Group group) {
        return group.members().stream()
                .filter(Member::isOutgoing)
                .mapToInt(Member::weight)
                .sum();
    }

    /** How many replacements may still begin before the next checkpoint. */
    private static int quota(InstanceRefresh refresh, Progress progress) {
        List<Integer> checkpoints = refresh.preferences().checkpoints();
        boolean rollingBack = refresh.rollback().isPresent();
        if (checkpoints.isEmpty() || rollingBack || refresh.checkpoint() >= checkpoints.size()) {
            return Integer.MAX_VALUE;
        }
        int percent = checkpoints.get(refresh.checkpoint());
        int allowed = Math.floorDiv(refresh.total() * percent + WHOLE - 1, WHOLE);
        return allowed - progress.started(refresh);
    }

    /** Members that must go and may: neither protected nor in standby, unless the preferences say so. */
    List<Member> candidates(Group group, InstanceRefresh refresh) {
        List<Member> result = new ArrayList<>();
        for (Member member : group.members()) {
            if (refresh.replaces(member) && !member.isOutgoing() && isAllowed(member, refresh.preferences())) {
                result.add(member);
            }
        }
        return result;
    }

    private static boolean isAllowed(Member member, Preferences preferences) {
        if (member.state() == LifecycleState.STANDBY) {
            return preferences.standbyInstances().equals("Terminate");
        }
        if (member.isProtectedFromScaleIn() && !preferences.protectedInstances().equals("Refresh")) {
            return false;
        }
        return member.state().counts();
    }

    private record Allowance(Room room, int removable, int quota) {}
}
