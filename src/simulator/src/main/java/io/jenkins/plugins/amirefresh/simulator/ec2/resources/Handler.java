package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;

/** What one operation does in the caller's account and region. */
@FunctionalInterface
public interface Handler {

    /** Answers with the output's members; the caller decides what is visible. */
    ObjectNode answer(Input request, Caller caller);
}
