package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Activity;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Causes;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Machine;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import java.time.Duration;

/**
 * Instances that leave a group without ending, or come from outside: standby, detach, attach. Source: EC2 Auto Scaling
 * User Guide, "Temporarily remove instances", "Detach or attach instances".
 */
public final class Excursions {

    private static final Duration RETURN = Duration.ofSeconds(5);

    private final Ground ground;
    private final Convergence convergence;
    private final Lifecycle lifecycle;

    /** Moves members of groups that the convergence looks after. */
    public Excursions(Ground ground, Convergence convergence) {
        this.ground = ground;
        this.convergence = convergence;
        this.lifecycle = convergence.lifecycle();
    }

    /** Drained, then in standby; the caller has checked and changed the sizes. */
    public Activity enterStandby(Group group, Member member, int from, int to) {
        Activity activity = lifecycle.begin(
                group,
                member,
                "Moving EC2 instance to Standby",
                Causes.byUser(ground.now(), member.id(), "moved to standby", from, to));
        activity.at("InProgress", 50);
        member.setOutgoing(null);
        member.become(LifecycleState.ENTERING_STANDBY);
        note(group, member, "enters standby");
        convergence.changed(group);
        lifecycle.leaveBalancers(group, member, () -> {
            if (member.state() == LifecycleState.ENTERING_STANDBY) {
                member.become(LifecycleState.STANDBY);
                activity.succeed(ground.now());
                convergence.changed(group);
            }
        });
        return activity;
    }

    /** Pending, then in service again. */
    public Activity exitStandby(Group group, Member member, int from, int to) {
        Activity activity = lifecycle.begin(
                group,
                member,
                "Moving EC2 instance out of Standby",
                Causes.byUser(ground.now(), member.id(), "moved out of standby", from, to));
        activity.at("PreInService", 30);
        arrive(group, member);
        return activity;
    }

    /** A running instance from outside becomes a member. */
    public Activity attach(Group group, Machine machine, int from, int to) {
        Member member = new Member(
                machine, ground.now(), Placement.weight(group, machine.instanceType()), Placement.isWeighted(group));
        ground.groups().join(group, member);
        Activity activity = lifecycle.begin(
                group,
                member,
                "Attaching an existing EC2 instance",
                Causes.byUser(ground.now(), member.id(), "attached", from, to));
        activity.at("PreInService", 30);
        note(group, member, "attached to " + group.name());
        arrive(group, member);
        return activity;
    }

    private void arrive(Group group, Member member) {
        member.become(LifecycleState.PENDING_PROCEED);
        convergence.changed(group);
        ground.world().time().after(RETURN, () -> {
            if (member.state() == LifecycleState.PENDING_PROCEED) {
                lifecycle.serve(group, member);
                member.activity().ifPresent(activity -> activity.succeed(ground.now()));
                note(group, member, "in service in " + group.name());
                convergence.changed(group);
            }
        });
    }

    /** Drained, then nobody's; the instance runs on. */
    public Activity detach(Group group, Member member, int from, int to) {
        Activity activity = lifecycle.begin(
                group,
                member,
                "Detaching EC2 instance",
                Causes.byUser(ground.now(), member.id(), "detached", from, to));
        activity.at("InProgress", 50);
        lifecycle.hooks().forget(member);
        member.become(LifecycleState.DETACHING);
        note(group, member, "detaches from " + group.name());
        convergence.changed(group);
        lifecycle.leaveBalancers(group, member, () -> {
            if (member.state() == LifecycleState.DETACHING) {
                ground.groups().leave(group, member);
                activity.succeed(ground.now());
                note(group, member, "detached from " + group.name());
                convergence.changed(group);
            }
        });
        return activity;
    }

    private void note(Group group, Member member, String change) {
        ground.world().events().append(group.at(), member.id(), change);
    }
}
