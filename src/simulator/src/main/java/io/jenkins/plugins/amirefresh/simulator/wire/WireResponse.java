package io.jenkins.plugins.amirefresh.simulator.wire;

import java.util.Map;

/** An HTTP answer. */
public record WireResponse(int status, Map<String, String> headers, String body) {

    public WireResponse {
        headers = Map.copyOf(headers);
    }

    /** The body on the wire. */
    public byte[] bytes() {
        return body.getBytes(WireRequest.charset(headers.getOrDefault("Content-Type", "")));
    }
}
