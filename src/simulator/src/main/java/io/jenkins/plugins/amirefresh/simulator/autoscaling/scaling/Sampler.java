package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.recorder.GroupSample;

/** Tells the recorder how a group stands. */
final class Sampler {

    private final Ground ground;
    private final Serving who;

    Sampler(Ground ground) {
        this.ground = ground;
        this.who = new Serving(ground);
    }

    void sample(Group group) {
        int inService = 0;
        int serving = 0;
        int answering = 0;
        int isProtected = 0;
        int standby = 0;
        for (Member member : group.members()) {
            if (member.state() == LifecycleState.IN_SERVICE) {
                inService += member.weight();
                serving += who.isServing(group, member) ? member.weight() : 0;
                answering += who.isAnswering(group, member) ? member.weight() : 0;
            }
            isProtected += member.isProtectedFromScaleIn() ? 1 : 0;
            standby += member.state() == LifecycleState.STANDBY ? 1 : 0;
        }
        GroupSample sample = new GroupSample(
                group.min(),
                group.desired(),
                group.max(),
                inService,
                serving,
                answering,
                group.members().size(),
                isProtected,
                standby,
                group.suspended().keySet());
        ground.recorder().sample(group.at(), group.name(), sample);
    }
}
