package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.HookWait;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleHook;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Instant;
import java.util.List;

/**
 * Lifecycle actions: all hooks of a transition wait at the same time. Source: EC2 Auto Scaling User Guide, "Lifecycle
 * hooks": the first ABANDON ends a launch; at termination both results go on, ABANDON without waiting for the others.
 */
public final class Hooks {

    private final World world;
    private final Outcome outcome;

    Hooks(World world, Outcome outcome) {
        this.world = world;
        this.outcome = outcome;
    }

    /** Whether the group has a hook for the transition; then the member waits. */
    boolean begin(Group group, Member member, String transition) {
        List<LifecycleHook> hooks = group.hooks().values().stream()
                .filter(hook -> hook.transition().equals(transition))
                .toList();
        for (LifecycleHook hook : hooks) {
            waitFor(group, member, hook, world.ids().uuid(), world.time().now());
            world.events().append(group.at(), member.id(), "waits for lifecycle hook " + hook.name());
        }
        return !hooks.isEmpty();
    }

    private void waitFor(Group group, Member member, LifecycleHook hook, String token, Instant began) {
        Instant now = world.time().now();
        Instant due = now.plus(hook.heartbeatTimeout());
        Instant last = began.plus(hook.globalTimeout());
        Instant moment = due.isBefore(last) ? due : last;
        var timeout = world.time()
                .at(moment, () -> end(group, member, hook.name(), hook.defaultResult(), "Heartbeat Timeout"));
        member.waits().put(hook.name(), new HookWait(hook, token, began, timeout));
    }

    /** Starts the heartbeat timeout anew. */
    public void heartbeat(Group group, Member member, HookWait wait) {
        wait.timeout().cancel();
        waitFor(group, member, wait.hook(), wait.token(), wait.began());
    }

    /** Somebody completed the action. */
    public void complete(Group group, Member member, HookWait wait, String result) {
        end(group, member, wait.hook().name(), result, "Lifecycle Action Completed with " + result + " Result");
    }

    private void end(Group group, Member member, String hook, String result, String how) {
        HookWait wait = member.waits().remove(hook);
        if (wait == null) {
            return;
        }
        wait.timeout().cancel();
        world.events().append(group.at(), member.id(), "lifecycle hook " + hook + ": " + result);
        if (result.equals("ABANDON")) {
            forget(member);
            outcome.abandoned(
                    group,
                    member,
                    "Instance failed to complete user's Lifecycle Action: Lifecycle Action with token " + wait.token()
                            + " was abandoned: " + how);
        } else if (member.waits().isEmpty()) {
            outcome.completed(group, member);
        }
    }

    /** The member waits for nothing any more. */
    void forget(Member member) {
        member.waits().values().forEach(wait -> wait.timeout().cancel());
        member.waits().clear();
    }

    /** What follows a lifecycle action. */
    interface Outcome {
        void completed(Group group, Member member);

        void abandoned(Group group, Member member, String message);
    }
}
