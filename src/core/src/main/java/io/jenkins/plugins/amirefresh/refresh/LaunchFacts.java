package io.jenkins.plugins.amirefresh.refresh;

/**
 * What matters of a group's launches and stands elsewhere than in the group itself.
 *
 * @param fixedNetworkInterface its template names a network interface: an instance must be gone before the next can start
 * @param hasLaunchHook new instances wait for somebody before they are in service; where nothing depends on it, true
 */
public record LaunchFacts(boolean fixedNetworkInterface, boolean hasLaunchHook) {}
