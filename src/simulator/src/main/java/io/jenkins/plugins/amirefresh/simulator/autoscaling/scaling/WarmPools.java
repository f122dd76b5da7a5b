package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Activity;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Causes;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleHook;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.WarmPool;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Fills warm pools and takes instances out of them. Source: EC2 Auto Scaling User Guide, "Use lifecycle hooks with a warm
 * pool": Warmed:Pending, hook, Warmed:Stopped, Running or Hibernated; on scale-out Pending, hook again, InService.
 */
public final class WarmPools {

    private final Ground ground;
    private final Lifecycle lifecycle;
    private final Lifecycle.Clockwork clockwork;

    WarmPools(Ground ground, Lifecycle lifecycle, Lifecycle.Clockwork clockwork) {
        this.ground = ground;
        this.lifecycle = lifecycle;
        this.clockwork = clockwork;
    }

    /** Brings a pool to its size; without choices nothing is launched. */
    void adjust(Group group, List<Order> choices) {
        group.warmPool().ifPresent(pool -> {
            int wanted = pool.wanted(group);
            for (Member surplus : staying(pool).stream().skip(wanted).toList()) {
                terminate(group, surplus, Causes.takenOut(ground.now(), "a difference between the warm pool's sizes"));
            }
            for (int missing = wanted - staying(pool).size(); missing > 0 && !choices.isEmpty(); missing--) {
                if (!prepareOne(group, choices)) {
                    return;
                }
            }
            if (pool.isDeleting() && pool.members().isEmpty()) {
                group.setWarmPool(null);
                lifecycle.note(group, group.name(), "warm pool deleted");
            }
        });
    }

    private static List<Member> staying(WarmPool pool) {
        return pool.members().stream()
                .filter(member -> !member.state().isLeaving())
                .toList();
    }

    private boolean prepareOne(Group group, List<Order> choices) {
        String cause = Causes.at(ground.now())
                + "an instance was started in response to a difference between desired and actual capacity of the warm"
                + " pool.";
        int first = group.warmPool().map(pool -> pool.members().size()).orElse(0);
        String message = "";
        for (int i = 0; i < choices.size(); i++) {
            try {
                Order order = choices.get((first + i) % choices.size());
                Member member = lifecycle.order(group, order, cause, "Launching a new EC2 instance into warm pool");
                member.become(LifecycleState.WARMED_PENDING);
                ground.groups().warm(group, member);
                lifecycle.note(group, member.id(), "launched into the warm pool of " + group.name());
                return true;
            } catch (AwsError refusal) {
                message = String.valueOf(refusal.getMessage());
                if (!Convergence.triesElsewhere(refusal)) {
                    break;
                }
            }
        }
        clockwork.launchFailed(group, message);
        return false;
    }

    /** EC2 says that an instance of a pool runs. */
    void running(Group group, Member member) {
        if (lifecycle.hooks().begin(group, member, LifecycleHook.LAUNCHING)) {
            member.become(LifecycleState.WARMED_PENDING_WAIT);
            member.activity().ifPresent(activity -> activity.at("MidLifecycleAction", 60));
        } else {
            rest(group, member);
        }
    }

    /** A lifecycle action of an instance of a pool ended. */
    void completed(Group group, Member member) {
        if (member.state() == LifecycleState.WARMED_PENDING_WAIT) {
            rest(group, member);
        } else if (member.state() == LifecycleState.WARMED_TERMINATING_WAIT) {
            terminateMachine(group, member);
        }
    }

    private void rest(Group group, Member member) {
        LifecycleState resting = group.warmPool().map(WarmPool::restingState).orElse(LifecycleState.WARMED_STOPPED);
        member.become(resting);
        if (resting != LifecycleState.WARMED_RUNNING) {
            ground.fleet().stop(group.at(), member.id());
        }
        member.activity().ifPresent(activity -> activity.succeed(ground.now()));
        group.pace().launchWorked();
        lifecycle.note(group, member.id(), "rests in the warm pool of " + group.name() + ": " + resting.text());
        clockwork.changed(group);
    }

    /** Takes the oldest ready instance of the pool into service; false when there is none. */
    boolean take(Group group, String cause) {
        Optional<Member> ready = group.warmPool().flatMap(pool -> pool.members().stream()
                .filter(member -> member.state().isWarm() && isAsleepOrRuns(group, member))
                .findFirst());
        ready.ifPresent(member -> {
            boolean runs = member.state() == LifecycleState.WARMED_RUNNING;
            ground.groups().take(group, member);
            Activity activity = lifecycle.begin(group, member, "Launching a new EC2 instance from warm pool", cause);
            activity.at("PreInService", 30);
            member.become(LifecycleState.PENDING);
            member.recover();
            lifecycle.note(group, member.id(), "taken from the warm pool of " + group.name());
            clockwork.changed(group);
            if (runs) {
                lifecycle.started(group, member);
            } else {
                ground.fleet().start(group.at(), member.id());
            }
        });
        return ready.isPresent();
    }

    /** An instance that is still stopping cannot be started yet. */
    private boolean isAsleepOrRuns(Group group, Member member) {
        return member.state() == LifecycleState.WARMED_RUNNING || ground.fleet().isStopped(group.at(), member.id());
    }

    /** An instance that scale-in took out of service comes back; false when there is no pool for it any more. */
    boolean receive(Group group, Member member) {
        member.setReturning(false);
        if (group.warmPool().filter(WarmPool::reusesOnScaleIn).isEmpty()) {
            return false;
        }
        member.become(LifecycleState.WARMED_PENDING);
        ground.groups().putBack(group, member);
        rest(group, member);
        return true;
    }

    /** Takes an instance of a pool away for good; without a cause no activity tells of it. */
    void terminate(Group group, Member member, String cause) {
        if (member.state().isLeaving()) {
            return;
        }
        boolean rested = member.state().isWarm();
        member.waits().values().forEach(wait -> wait.timeout().cancel());
        member.waits().clear();
        member.become(LifecycleState.WARMED_TERMINATING);
        if (!cause.isEmpty()) {
            lifecycle.begin(group, member, "Terminating EC2 instance", cause);
        }
        lifecycle.note(group, member.id(), "leaves the warm pool of " + group.name());
        if (rested && lifecycle.hooks().begin(group, member, LifecycleHook.TERMINATING)) {
            member.become(LifecycleState.WARMED_TERMINATING_WAIT);
        } else {
            terminateMachine(group, member);
        }
    }

    private void terminateMachine(Group group, Member member) {
        member.become(LifecycleState.WARMED_TERMINATING_PROCEED);
        if (!ground.fleet().terminate(group.at(), member.id())) {
            lifecycle.gone(group, member);
        }
    }

    /** An instance refresh replaces what is outdated in the pool, all of it at once: nothing of it serves. */
    public List<String> replace(Group group, Predicate<Member> outdated) {
        List<Member> going = group.warmPool()
                .map(pool -> staying(pool).stream().filter(outdated).toList())
                .orElse(List.of());
        going.forEach(member -> terminate(group, member, Causes.takenOutForRefresh(ground.now(), member.id())));
        return going.stream().map(Member::id).toList();
    }

    /** Whether the pool holds what it should, each instance at rest. */
    public boolean isSettled(Group group) {
        return group.warmPool()
                .filter(pool -> !pool.isDeleting())
                .map(pool -> staying(pool).size() >= pool.wanted(group)
                        && staying(pool).stream()
                                .allMatch(member -> member.state().isWarm()))
                .orElse(true);
    }
}
