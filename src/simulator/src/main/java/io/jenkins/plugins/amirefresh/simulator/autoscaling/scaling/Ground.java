package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Groups;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.elb.TargetHealth;
import io.jenkins.plugins.amirefresh.simulator.elb.Targets;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import io.jenkins.plugins.amirefresh.simulator.recorder.Recorder;
import java.time.Instant;

/** What the whole of Auto Scaling stands on. */
public record Ground(World world, Groups groups, Fleet fleet, Targets targets, Recorder recorder) {

    /** The simulated moment. */
    public Instant now() {
        return world.time().now();
    }

    /**
     * Whether a member serves, has warmed up and, where load balancers' health counts, is healthy behind each of them.
     * Source: EC2 Auto Scaling User Guide, "Instance maintenance policy": healthy and ready to use after its first health
     * check and the warm-up.
     */
    public boolean isReady(Group group, Member member) {
        return member.isReady(now())
                && (!group.checksLoadBalancers() || !member.isRegistered() || isHealthyBehind(group, member));
    }

    /** Whether every target group and classic load balancer finds the member healthy. */
    public boolean isHealthyBehind(Group group, Member member) {
        return group.attached().stream().allMatch(arn -> targets.health(group.at(), arn, member.id())
                .filter(TargetHealth::countsAsHealthy)
                .isPresent());
    }
}
