package io.jenkins.plugins.amirefresh.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Implemented by services that show their resources to people and tests at {@code /_simulator/state}. */
public interface StateView {

    /** The resources of one place, by kind, in a stable order. */
    ObjectNode state(AccountRegion at);
}
