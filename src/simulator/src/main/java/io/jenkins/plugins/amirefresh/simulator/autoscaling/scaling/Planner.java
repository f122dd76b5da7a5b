package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import java.time.Duration;
import java.util.Optional;

/** Implemented by what replaces members beyond ordinary scaling: instance refresh. Called at each evaluation. */
public interface Planner {

    /** Before the group is brought to its desired capacity: the time to take members out. */
    void plan(Group group);

    /** After that: the time to see how far it is. */
    void settle(Group group);

    /** A launch of the group failed. */
    void launchFailed(Group group);

    /** A member was found unhealthy. */
    void sickened(Group group, String instanceId);

    /** How long new members warm up, empty when the group's own figure holds. */
    Optional<Duration> warmup(Group group);
}
