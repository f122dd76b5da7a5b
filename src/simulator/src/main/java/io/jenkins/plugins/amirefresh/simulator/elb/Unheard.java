package io.jenkins.plugins.amirefresh.simulator.elb;

import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import java.util.Optional;

/** What comes back from a load balancer before any of its targets is asked. */
final class Unheard {

    private Unheard() {}

    /**
     * Silence where security groups do not let the request in, a refusal where they do and nothing listens; empty when a
     * listener takes it.
     *
     * @param admitted what the security groups say, empty when nobody has touched them: they let listeners be reached
     */
    static Optional<ProbeAnswer> answer(Optional<Boolean> admitted, boolean listens) {
        if (!admitted.orElse(listens)) {
            return Optional.of(ProbeAnswer.silence());
        }
        return listens ? Optional.empty() : Optional.of(ProbeAnswer.refused());
    }
}
