package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.recorder.GroupSample;

/** Tells the recorder how a group stands. */
final class Sampler {

    private final Ground ground;

    Sampler(Ground ground) {
        this.ground = ground;
    }

    void sample(Group group) {
        int inService = 0;
        int healthy = 0;
        int isProtected = 0;
        int standby = 0;
        for (Member member : group.members()) {
            if (member.state() == LifecycleState.IN_SERVICE) {
                inService += member.weight();
                healthy += isHealthy(group, member) ? member.weight() : 0;
            }
            isProtected += member.isProtectedFromScaleIn() ? 1 : 0;
            standby += member.state() == LifecycleState.STANDBY ? 1 : 0;
        }
        GroupSample sample = new GroupSample(
                group.min(),
                group.desired(),
                group.max(),
                inService,
                healthy,
                group.members().size(),
                isProtected,
                standby,
                group.suspended().keySet());
        ground.recorder().sample(group.at(), group.name(), sample);
    }

    private boolean isHealthy(Group group, Member member) {
        return member.isHealthy()
                && ground.fleet().condition(group.at(), member.id()) != Fleet.Condition.NOT_RUNNING
                && ground.isHealthyBehind(group, member);
    }
}
