package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.ScalingProcess;
import io.jenkins.plugins.amirefresh.simulator.elb.TargetHealth;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds unhealthy members, when EC2 or a load balancer says that something changed. Source: EC2 Auto Scaling User Guide,
 * "Health checks for instances", "Set the health check grace period": an instance that does not run is bad at once, status
 * checks and load balancers count after the grace period.
 */
public final class HealthMonitor {

    /** How long AWS takes to notice; it does not publish the figure. */
    private static final Duration NOTICE = Duration.ofSeconds(20);

    private static final String GONE = "an EC2 health check indicating it has been terminated or stopped";
    private static final String IMPAIRED = "an EC2 instance status check failure";
    private static final String BALANCER = "an ELB system health check failure";

    private final Ground ground;
    private final Convergence convergence;

    HealthMonitor(Ground ground, Convergence convergence) {
        this.ground = ground;
        this.convergence = convergence;
    }

    /** EC2 or a load balancer changed its mind about an instance. */
    void hint(AccountRegion at, String instanceId) {
        Optional<Group> group = ground.groups().ofInstance(at, instanceId);
        Optional<Member> member = group.flatMap(found -> found.member(instanceId));
        if (group.isPresent() && member.isPresent()) {
            convergence.sample(group.get());
            if (member.get().state().isLeaving()) {
                return;
            }
            Optional<String> ailment = ailment(group.get(), member.get(), ground.now());
            if (ailment.isPresent() == member.get().isHealthy()) {
                ground.world().time().after(NOTICE, () -> check(group.get(), member.get()));
            }
        }
    }

    /** A member came into service: it is looked at when its grace period ends. */
    void watch(Group group, Member member) {
        Instant end = graceEnd(group, member);
        if (end.isAfter(ground.now()) && end.isBefore(Instant.MAX)) {
            ground.world().time().at(end, () -> check(group, member));
        }
    }

    /** All members at once: the process was resumed, or the kind of check changed. */
    public void checkAll(Group group) {
        group.membersNow().forEach(member -> check(group, member));
    }

    private void check(Group group, Member member) {
        if (group.member(member.id()).isEmpty() || group.isSuspended(ScalingProcess.HEALTH_CHECK)) {
            return;
        }
        boolean pendingButGone = member.state().isPending()
                && ground.fleet().condition(group.at(), member.id()) == Fleet.Condition.NOT_RUNNING;
        if (member.state() != LifecycleState.IN_SERVICE && !pendingButGone) {
            return;
        }
        if (pendingButGone) {
            convergence.lifecycle().diedPending(group, member);
            return;
        }
        Optional<String> ailment = ailment(group, member, ground.now());
        if (ailment.isPresent()) {
            sicken(group, member, ailment.get());
        } else if (!member.isHealthy()) {
            member.recover();
            convergence.changed(group);
        }
    }

    /** Marks a member unhealthy for a reason in AWS's words. */
    public void sicken(Group group, Member member, String why) {
        if (member.isHealthy()) {
            member.sicken(why);
            ground.world().events().append(group.at(), member.id(), "unhealthy: " + why);
            convergence.sickened(group, member);
        }
    }

    private Optional<String> ailment(Group group, Member member, Instant now) {
        Fleet.Condition condition = ground.fleet().condition(group.at(), member.id());
        if (condition == Fleet.Condition.NOT_RUNNING) {
            return Optional.of(GONE);
        }
        if (now.isBefore(graceEnd(group, member))) {
            return Optional.empty();
        }
        if (condition == Fleet.Condition.IMPAIRED) {
            return Optional.of(IMPAIRED);
        }
        return group.checksLoadBalancers() && isUnhealthyBehind(group, member)
                ? Optional.of(BALANCER)
                : Optional.empty();
    }

    private boolean isUnhealthyBehind(Group group, Member member) {
        return group.balancers().entrySet().stream()
                .filter(attached -> attached.getValue().equals("InService"))
                .anyMatch(attached -> ground.targets()
                        .health(group.at(), attached.getKey(), member.id())
                        .filter(TargetHealth::isUnhealthy)
                        .isPresent());
    }

    /** Whether the member is still spared. */
    public boolean isInGrace(Group group, Member member) {
        return ground.now().isBefore(graceEnd(group, member));
    }

    private static Instant graceEnd(Group group, Member member) {
        return member.inServiceSince()
                .map(since -> since.plus(group.gracePeriod()))
                .orElse(Instant.MAX);
    }

    /** Whether the cause is that the instance does not run, where a replacement never waits. */
    static boolean isGone(Member member) {
        return member.ailment().filter(GONE::equals).isPresent();
    }
}
