package io.jenkins.plugins.amirefresh.step.buildami;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/** Where EC2 is, when it is not at AWS. Packer's builders read no AWS_ENDPOINT_URL, so the template gets it as a variable. */
final class Endpoint {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private Endpoint() {}

    /** The address, empty at AWS. */
    static String of(Map<String, String> environment) {
        return environment
                .getOrDefault("AWS_ENDPOINT_URL_EC2", environment.getOrDefault("AWS_ENDPOINT_URL", ""))
                .trim();
    }

    /** It is on this machine: a simulator, whose instances nobody can log into. */
    static boolean isSimulator(String endpoint) {
        try {
            String host = endpoint.isEmpty() ? null : URI.create(endpoint).getHost();
            return host != null && LOOPBACK.contains(host);
        } catch (IllegalArgumentException e) {
            // Not an address at all: Packer says so with its own error.
            return false;
        }
    }
}
