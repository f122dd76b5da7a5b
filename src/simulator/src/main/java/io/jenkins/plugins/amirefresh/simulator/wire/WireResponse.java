package io.jenkins.plugins.amirefresh.simulator.wire;

import java.util.Map;

/** An HTTP answer. */
public record WireResponse(int status, Map<String, String> headers, String body) {

    public WireResponse {
        headers = Map.copyOf(headers);
    }
}
