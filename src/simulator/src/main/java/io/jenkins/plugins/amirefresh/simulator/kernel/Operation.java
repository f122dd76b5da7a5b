package io.jenkins.plugins.amirefresh.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a service does for one operation. */
@FunctionalInterface
public interface Operation {

    /**
     * Answers with the output's members under the model's member names, like the input; the front refuses to send a
     * member that the model does not have.
     *
     * @throws AwsError the modelled refusal
     */
    ObjectNode answer(ServiceCall call);
}
