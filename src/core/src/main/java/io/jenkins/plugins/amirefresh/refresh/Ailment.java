package io.jenkins.plugins.amirefresh.refresh;

/**
 * What is wrong with a new instance, in AWS's words, and what that says of its version.
 *
 * @param text one line
 */
public record Ailment(String text, Evidence evidence) {

    /** What an ailment says of the version. */
    public enum Evidence {
        /** Nothing: hooks, processes, quotas, capacity, Spot, people. */
        NONE,
        /** Nothing, and the next instance will fare alike: its load balancer ended it before it had the time to start. */
        HASTE,
        /** Nobody answered in time: a firewall looks the same, unless the old version was seen to answer. */
        SILENCE,
        /** It refused, answered wrongly, or broke by itself. */
        FAULT
    }
}
