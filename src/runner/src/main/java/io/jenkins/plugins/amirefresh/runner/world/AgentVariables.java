package io.jenkins.plugins.amirefresh.runner.world;

import java.net.URI;
import java.util.Map;

/** What any AWS client needs to reach a simulator: an endpoint, and credentials that mean nothing anywhere else. */
final class AgentVariables {
    /** Whose calls are the pipeline's. */
    static final String ACCESS_KEY = "AKIAREHEARSAL0000000";

    private AgentVariables() {}

    static Map<String, String> of(URI endpoint) {
        return Map.of(
                "AWS_ENDPOINT_URL",
                endpoint.toString(),
                "AWS_ACCESS_KEY_ID",
                ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                "rehearsal",
                "AWS_EC2_METADATA_DISABLED",
                "true");
    }
}
