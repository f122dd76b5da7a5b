package io.jenkins.plugins.amirefresh.simulator.behavior;

import java.util.Collection;
import java.util.List;

/**
 * Something that is sent to a machine.
 *
 * @param path with its leading slash, for example {@code /health}
 * @param asked what load balancers ask of the machine
 * @param senders ids of the security groups of the load balancer that sends it; empty: it comes from some address
 */
public record Request(int port, String path, Asked asked, Collection<String> senders) {

    public Request {
        senders = List.copyOf(senders);
    }
}
