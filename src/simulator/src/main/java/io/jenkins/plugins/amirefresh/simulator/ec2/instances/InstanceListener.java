package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

/** Told of what happens to instances, after it happened, in the order it happened. */
public interface InstanceListener {

    /** The instance has another state than {@code before}. */
    void stateChanged(Instance instance, InstanceState before);

    /** Who can reach the instance has changed. */
    default void reachChanged(Instance instance) {}

    /** AWS takes this Spot instance back two minutes from now. */
    default void interruptionAnnounced(Instance instance) {}
}
