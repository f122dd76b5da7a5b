package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.runner.world.World;
import io.jenkins.plugins.amirefresh.step.Probes;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Probes that end in the simulated network; nothing is ever sent anywhere else. */
final class SimulatedProbes implements Probes {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final World world;

    SimulatedProbes(World world) {
        this.world = world;
    }

    @Override
    public Optional<Answer> http(String key, URI uri, Map<String, String> headers, Duration timeLimit) {
        String host = uri.getHost();
        if (host == null) {
            return Optional.of(new Answer.NotSent(uri + " names no host"));
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? HTTPS : HTTP;
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return answer(host, port, path + query, true);
    }

    @Override
    public Optional<Answer> tcp(String key, String host, int port, Duration timeLimit) {
        return answer(host, port, "/", false);
    }

    private Optional<Answer> answer(String host, int port, String path, boolean isHttp) {
        Optional<World.Answer> answer = world.probe(host, port, path);
        if (answer.isEmpty()) {
            return Optional.of(new Answer.NotSent(host + " is no host of the simulated network"));
        }
        World.Answer found = answer.get();
        if (!found.connected()) {
            return Optional.of(new Answer.NoAnswer(host + ":" + port + " refused the connection"));
        }
        return Optional.of(isHttp ? new Answer.Http(found.status(), found.body()) : new Answer.Connected());
    }
}
