package io.jenkins.plugins.amirefresh.simulator.kernel;

import java.util.Optional;

/** Implemented by services whose resources answer on the simulated network: instances, load balancers. */
public interface Addresses {

    /**
     * What a client gets from a simulated host now.
     *
     * @param host a private or public address or DNS name of an instance, or a load balancer's DNS name
     * @param path with its leading slash, for example {@code /health}
     * @return empty when the host is not one of this service's
     */
    Optional<ProbeAnswer> probe(String host, int port, String path);

    /**
     * The answer of a simulated host.
     *
     * @param connected false when nothing listens or the machine is not up; status and body mean nothing then
     * @param silent who asks waits until his patience ends
     */
    record ProbeAnswer(boolean connected, boolean silent, int status, String body) {

        /** Nobody listens there. */
        public static ProbeAnswer refused() {
            return new ProbeAnswer(false, false, 0, "");
        }

        /** Nobody says anything: the machine is not up, or something drops what is sent. */
        public static ProbeAnswer silence() {
            return new ProbeAnswer(false, true, 0, "");
        }

        /** An HTTP answer. */
        public static ProbeAnswer http(int status, String body) {
            return new ProbeAnswer(true, false, status, body);
        }
    }
}
