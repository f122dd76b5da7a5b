package io.jenkins.plugins.amirefresh.simulator.behavior;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours.InstanceBehaviour;

/**
 * A machine that people can log into now.
 *
 * @param address of loopback, its own
 * @param publicKey one line in OpenSSH's form; empty lets nobody in
 * @param ssh as declared
 * @param behaviour has the outcomes of commands
 */
public record ShellHost(
        String instanceId, String address, String publicKey, Behaviour.Ssh ssh, InstanceBehaviour behaviour) {

    /** How every such address begins. */
    public static final String NETWORK = "127.32.";

    /** An address of that network that no machine ever has. */
    public static final String UNUSED = NETWORK + "255.254";
}
