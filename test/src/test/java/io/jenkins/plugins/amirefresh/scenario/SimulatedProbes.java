package io.jenkins.plugins.amirefresh.scenario;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import io.jenkins.plugins.amirefresh.step.Probes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Probes that end in the simulator. */
final class SimulatedProbes implements Probes {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Simulator simulator;
    private final Map<String, Instant> patience = new HashMap<>();

    SimulatedProbes(Simulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public Optional<Answer> http(String key, URI uri, Map<String, String> headers, Duration timeLimit) {
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        Optional<ProbeAnswer> answer = simulator.probe(uri.getHost(), port, uri.getRawPath());
        return outcome(key, timeLimit, answer, found -> new Answer.Http(found.status(), found.body()));
    }

    @Override
    public Optional<Answer> tcp(String key, String host, int port, Duration timeLimit) {
        return outcome(key, timeLimit, simulator.probe(host, port, "/"), found -> new Answer.Connected());
    }

    private Optional<Answer> outcome(
            String key, Duration timeLimit, Optional<ProbeAnswer> answer, Function<ProbeAnswer, Answer> connected) {
        if (answer.isEmpty()) {
            return Optional.of(new Answer.NotSent("nobody simulated has this address"));
        }
        if (!answer.get().silent()) {
            patience.remove(key);
            return Optional.of(
                    answer.get().connected() ? connected.apply(answer.get()) : new Answer.NoAnswer("refused"));
        }
        Instant end = patience.computeIfAbsent(key, unused -> simulator.now().plus(timeLimit));
        if (simulator.now().isBefore(end)) {
            return Optional.empty();
        }
        patience.remove(key);
        return Optional.of(new Answer.Silent("nothing came back"));
    }
}
