package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Activity;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleHook;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Machine;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.ScalingProcess;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Moves members through their life, each move an activity. Source: EC2 Auto Scaling User Guide, "Amazon EC2 Auto Scaling
 * instance lifecycle": launch, hook, in service and registered; deregister and drain, hook, terminate.
 */
public final class Lifecycle implements Hooks.Outcome {

    private final Ground ground;
    private final Hooks hooks;
    private final Clockwork clockwork;
    private final WarmPools warmPools;

    Lifecycle(Ground ground, Clockwork clockwork) {
        this.ground = ground;
        this.clockwork = clockwork;
        this.hooks = new Hooks(ground.world(), this);
        this.warmPools = new WarmPools(ground, this, clockwork);
    }

    /** The lifecycle actions. */
    public Hooks hooks() {
        return hooks;
    }

    /** How warm pools fill and empty. */
    public WarmPools warmPools() {
        return warmPools;
    }

    /**
     * Launches one instance.
     *
     * @throws AwsError as EC2 refuses; a failed activity says so too
     */
    public Member launch(Group group, Order order, String cause) {
        Member member = order(group, order, cause, "Launching a new EC2 instance");
        member.setProtectedFromScaleIn(
                group.settings().path("NewInstancesProtectedFromScaleIn").asBoolean());
        ground.groups().join(group, member);
        note(group, member.id(), "launched into " + group.name() + " from " + version(member.machine()));
        clockwork.changed(group);
        return member;
    }

    /** An instance that is nobody's member yet, and its activity. */
    Member order(Group group, Order order, String cause, String what) {
        Activity activity = begin(group, what, cause, order.subnetId().orElse(""), order.zone());
        Machine machine;
        try {
            machine = ground.fleet().launch(group.at(), order);
        } catch (AwsError refusal) {
            activity.fail("Failed", refusal.getMessage() + " Launching EC2 instance failed.", ground.now());
            note(group, group.name(), "launch failed: " + refusal.code());
            throw refusal;
        }
        int weight = Placement.weight(group, machine.instanceType());
        Member member = new Member(machine, ground.now(), weight, Placement.isWeighted(group));
        activity.describe(what + ": " + member.id());
        activity.at("PreInService", 30);
        member.movedBy(activity);
        ground.recorder().launched(group.at(), group.name(), member.id(), version(machine));
        return member;
    }

    /** For example {@code web:4}; empty without a template. */
    static String version(Machine machine) {
        return machine.template()
                .map(template -> template.name() + ":" + template.number())
                .orElse("");
    }

    private Activity begin(Group group, String what, String cause, String subnet, String zone) {
        String details = subnet.isEmpty()
                ? "{\"Availability Zone\":\"" + zone + "\"}"
                : "{\"Subnet ID\":\"" + subnet + "\",\"Availability Zone\":\"" + zone + "\"}";
        String id = ground.world().ids().uuid();
        Activity activity = new Activity(id, what, cause, ground.now(), details);
        group.activities().add(activity);
        return activity;
    }

    /** An activity about a member. */
    public Activity begin(Group group, Member member, String what, String cause) {
        Activity activity = begin(
                group,
                what + ": " + member.id(),
                cause,
                member.machine().subnetId(),
                member.machine().zone());
        member.movedBy(activity);
        return activity;
    }

    void note(Group group, String resource, String change) {
        ground.world().events().append(group.at(), resource, change);
    }

    /** EC2 says that an instance runs. */
    void running(AccountRegion at, String instanceId) {
        Optional<Group> group = ground.groups().ofInstance(at, instanceId);
        Optional<Member> member = group.flatMap(found -> found.anyMember(instanceId));
        if (group.isPresent() && member.isPresent() && member.get().waits().isEmpty()) {
            if (member.get().state() == LifecycleState.PENDING) {
                started(group.get(), member.get());
            } else if (member.get().state() == LifecycleState.WARMED_PENDING) {
                warmPools.running(group.get(), member.get());
            }
        }
    }

    /** A member runs: hooks, then service. */
    void started(Group group, Member member) {
        if (hooks.begin(group, member, LifecycleHook.LAUNCHING)) {
            member.become(LifecycleState.PENDING_WAIT);
            member.activity().ifPresent(activity -> activity.at("MidLifecycleAction", 60));
            clockwork.changed(group);
        } else {
            enterService(group, member);
        }
    }

    @Override
    public void completed(Group group, Member member) {
        if (member.state() == LifecycleState.PENDING_WAIT) {
            member.become(LifecycleState.PENDING_PROCEED);
            enterService(group, member);
        } else if (member.state() == LifecycleState.TERMINATING_WAIT) {
            terminateMachine(group, member);
        } else {
            warmPools.completed(group, member);
        }
    }

    @Override
    public void abandoned(Group group, Member member, String message) {
        if (member.state().isPending()) {
            member.activity().ifPresent(activity -> activity.fail("Cancelled", message, ground.now()));
            clockwork.launchFailed(group, message);
            terminate(group, member, "");
        } else if (member.state() == LifecycleState.WARMED_PENDING_WAIT) {
            member.activity().ifPresent(activity -> activity.fail("Cancelled", message, ground.now()));
            clockwork.launchFailed(group, message);
            warmPools.terminate(group, member, "");
        } else {
            completed(group, member);
        }
    }

    /** It ended before it was in service. Source: histories users published; re:Post, "encrypted EBS volumes". */
    void diedPending(Group group, Member member) {
        String reason = ground.fleet().stateReason(group.at(), member.id());
        String message = "Instance became unhealthy while waiting for instance to be in InService state. Termination"
                + " Reason: " + reason;
        member.activity().ifPresent(activity -> activity.fail("Cancelled", message, ground.now()));
        note(group, member.id(), "launch failed: " + reason);
        clockwork.launchFailed(group, message);
        terminate(group, member, "");
    }

    private void enterService(Group group, Member member) {
        serve(group, member);
        member.activity().ifPresent(activity -> activity.succeed(ground.now()));
        group.pace().coolDown(ground.now().plus(group.cooldown()));
        note(group, member.id(), "in service in " + group.name());
        clockwork.changed(group);
    }

    /** In service, registered, its grace period and its warm-up running. */
    public void serve(Group group, Member member) {
        Instant now = ground.now();
        member.enterService(now, now.plus(clockwork.warmup(group)));
        if (!group.isSuspended(ScalingProcess.ADD_TO_LOAD_BALANCER)) {
            List<String> balancers = group.attached();
            balancers.forEach(key -> ground.targets().register(group.at(), key, member.id()));
            member.setRegistered(!balancers.isEmpty());
        }
        clockwork.inService(group, member);
    }

    /**
     * Takes a member out for good.
     *
     * @param cause in AWS's words; empty when no activity shall tell of it
     */
    public void terminate(Group group, Member member, String cause) {
        if (member.state().isLeaving()) {
            return;
        }
        if (group.member(member.id()).isEmpty()) {
            warmPools.terminate(group, member, cause);
            return;
        }
        hooks.forget(member);
        member.setOutgoing(null);
        member.become(LifecycleState.TERMINATING);
        if (!cause.isEmpty()) {
            String what = member.isReturning() ? "Returning EC2 instance to warm pool" : "Terminating EC2 instance";
            Activity activity = begin(group, member, what, cause);
            activity.at("InProgress", 0);
        }
        note(group, member.id(), "leaves " + group.name());
        clockwork.changed(group);
        leaveBalancers(group, member, () -> drained(group, member));
    }

    /** Deregisters a member everywhere and goes on when the last target group has drained it. */
    public void leaveBalancers(Group group, Member member, Runnable then) {
        List<String> arns = group.attached();
        AtomicInteger left = new AtomicInteger(arns.size());
        if (arns.isEmpty()) {
            then.run();
            return;
        }
        if (member.isRegistered()) {
            member.activity().ifPresent(activity -> activity.at("WaitingForELBConnectionDraining", 50));
        }
        member.setRegistered(false);
        for (String arn : arns) {
            ground.targets().deregister(group.at(), arn, member.id(), () -> {
                if (left.decrementAndGet() == 0) {
                    then.run();
                }
            });
        }
    }

    private void drained(Group group, Member member) {
        if (member.state() != LifecycleState.TERMINATING) {
            return;
        }
        member.activity().ifPresent(activity -> activity.at("InProgress", 60));
        if (member.inServiceSince().isPresent() && hooks.begin(group, member, LifecycleHook.TERMINATING)) {
            member.become(LifecycleState.TERMINATING_WAIT);
            member.activity().ifPresent(activity -> activity.at("MidLifecycleAction", 60));
        } else {
            terminateMachine(group, member);
        }
        clockwork.changed(group);
    }

    private void terminateMachine(Group group, Member member) {
        if (member.isReturning() && warmPools.receive(group, member)) {
            return;
        }
        member.become(LifecycleState.TERMINATING_PROCEED);
        if (!ground.fleet().terminate(group.at(), member.id())) {
            gone(group, member);
        }
    }

    /** EC2 says that an instance is terminated; true when a group was about to let it go. */
    boolean terminated(AccountRegion at, String instanceId) {
        Optional<Group> group = ground.groups().ofInstance(at, instanceId);
        Optional<Member> member = group.flatMap(found -> found.anyMember(instanceId));
        if (group.isEmpty() || member.isEmpty()) {
            ground.recorder().terminated(at, instanceId);
            return true;
        }
        if (member.get().state() == LifecycleState.TERMINATING_PROCEED
                || group.get().member(instanceId).isEmpty()) {
            gone(group.get(), member.get());
            return true;
        }
        return false;
    }

    void gone(Group group, Member member) {
        if (group.anyMember(member.id()).isEmpty()) {
            return;
        }
        member.activity().ifPresent(activity -> activity.succeed(ground.now()));
        ground.groups().leave(group, member);
        ground.recorder().terminated(group.at(), member.id());
        group.pace().coolDown(ground.now().plus(group.cooldown()));
        note(group, member.id(), "gone from " + group.name());
        clockwork.changed(group);
    }

    /** What the lifecycle needs of the rest. */
    interface Clockwork {
        /** Something about the group changed. */
        void changed(Group group);

        /** A launch did not end in service. */
        void launchFailed(Group group, String message);

        /** A member is in service now. */
        void inService(Group group, Member member);

        /** How long a new member warms up. */
        Duration warmup(Group group);
    }
}
