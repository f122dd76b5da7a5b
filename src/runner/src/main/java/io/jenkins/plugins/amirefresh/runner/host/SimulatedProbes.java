package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.runner.world.World;
import io.jenkins.plugins.amirefresh.step.Probes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Probes that end in the simulated network; nothing is ever sent anywhere else. */
final class SimulatedProbes implements Probes {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final World world;
    private final Map<String, Instant> patience = new HashMap<>();

    SimulatedProbes(World world) {
        this.world = world;
    }

    @Override
    public Optional<Answer> http(String key, URI uri, Map<String, String> headers, Duration timeLimit) {
        String host = uri.getHost();
        if (host == null) {
            return Optional.of(new Answer.NotSent(uri + " names no host"));
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        Optional<World.Answer> answer = world.probe(host, port, path + query);
        return outcome(
                new Attempt(key, host, port, timeLimit),
                answer,
                found -> new Answer.Http(found.status(), found.body()));
    }

    @Override
    public Optional<Answer> tcp(String key, String host, int port, Duration timeLimit) {
        return outcome(
                new Attempt(key, host, port, timeLimit), world.probe(host, port, "/"), found -> new Answer.Connected());
    }

    private record Attempt(String key, String host, int port, Duration timeLimit) {}

    private Optional<Answer> outcome(
            Attempt attempt, Optional<World.Answer> answer, Function<World.Answer, Answer> connected) {
        if (answer.isEmpty()) {
            return Optional.of(new Answer.NotSent(attempt.host() + " is no host of the simulated network"));
        }
        if (answer.get().silent()) {
            return silence(attempt);
        }
        patience.remove(attempt.key());
        return Optional.of(
                answer.get().connected()
                        ? connected.apply(answer.get())
                        : new Answer.NoAnswer(attempt.host() + ":" + attempt.port() + " refused the connection"));
    }

    /** Nothing comes back while the attempt lasts, which takes simulated time. */
    private Optional<Answer> silence(Attempt attempt) {
        Instant now = world.time().now();
        Instant end = patience.computeIfAbsent(attempt.key(), key -> now.plus(attempt.timeLimit()));
        if (now.isBefore(end)) {
            return Optional.empty();
        }
        patience.remove(attempt.key());
        return Optional.of(new Answer.Silent("nothing came back from " + attempt.host() + ":" + attempt.port()));
    }
}
