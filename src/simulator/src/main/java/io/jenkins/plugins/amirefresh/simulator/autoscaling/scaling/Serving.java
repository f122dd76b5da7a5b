package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.behavior.Conduct;
import java.util.List;

/**
 * Who does the work that a group is for, as its users would say. AWS has no such figure: a group's health is about machines,
 * a load balancer's about its last checks.
 */
public final class Serving {

    private final Ground ground;

    /** Sees what {@code ground} sees. */
    public Serving(Ground ground) {
        this.ground = ground;
    }

    /**
     * Whether a member is in service and healthy, its application answers, and every target group and classic load balancer
     * of its group sends it requests. Behind no load balancer, and without any warmup, nothing outside the machine can tell
     * whether its application answers yet: there in service and healthy is all.
     */
    public boolean isServing(Group group, Member member) {
        if (!isHealthy(group, member)) {
            return false;
        }
        List<String> inUse = inUse(group);
        if (inUse.isEmpty()) {
            return group.warmup().isZero() || isAnswering(group, member);
        }
        return inUse.stream().allMatch(key -> ground.targets().serves(group.at(), key, member.id()));
    }

    /** Whether a load balancer sends requests to the group's members. */
    public boolean isBehindBalancers(Group group) {
        return !inUse(group).isEmpty();
    }

    private List<String> inUse(Group group) {
        return group.attached().stream()
                .filter(key -> ground.targets().isInUse(group.at(), key))
                .toList();
    }

    /** Whether a member is in service and healthy, and its application answers, whoever looks. */
    public boolean isAnswering(Group group, Member member) {
        return isHealthy(group, member) && works(group, member);
    }

    private boolean works(Group group, Member member) {
        return ground.fleet()
                .conduct(group.at(), member.id())
                .filter(this::works)
                .isPresent();
    }

    private boolean works(Conduct conduct) {
        return conduct.works(ground.now());
    }

    private boolean isHealthy(Group group, Member member) {
        return member.state() == LifecycleState.IN_SERVICE
                && member.isHealthy()
                && ground.fleet().condition(group.at(), member.id()) != Fleet.Condition.NOT_RUNNING;
    }
}
