package io.jenkins.plugins.amirefresh.scenario;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.step.Probes;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Probes that end in the simulator. */
final class SimulatedProbes implements Probes {

    private static final int HTTP = 80;

    private final Simulator simulator;

    SimulatedProbes(Simulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public Optional<Answer> http(String key, URI uri, Map<String, String> headers, Duration timeLimit) {
        int port = uri.getPort() < 0 ? HTTP : uri.getPort();
        return Optional.of(simulator
                .probe(uri.getHost(), port, uri.getRawPath())
                .<Answer>map(answer -> answer.connected()
                        ? new Answer.Http(answer.status(), answer.body())
                        : new Answer.NoAnswer("refused"))
                .orElseGet(() -> new Answer.NotSent(uri + " is not simulated")));
    }

    @Override
    public Optional<Answer> tcp(String key, String host, int port, Duration timeLimit) {
        return Optional.of(simulator
                .probe(host, port, "/")
                .<Answer>map(answer -> answer.connected() ? new Answer.Connected() : new Answer.NoAnswer("refused"))
                .orElseGet(() -> new Answer.NotSent(host + " is not simulated")));
    }
}
