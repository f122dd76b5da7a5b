package io.jenkins.plugins.amirefresh.simulator.wire;

import java.util.Map;

/**
 * An HTTP request as far as the protocols look at it.
 *
 * @param query what follows the question mark, still encoded; empty when there is none
 * @param headers by lower-case name, the first value of each
 */
public record WireRequest(String method, String host, String query, Map<String, String> headers, String body) {

    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
