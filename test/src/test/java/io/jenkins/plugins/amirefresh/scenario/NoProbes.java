package io.jenkins.plugins.amirefresh.scenario;

import io.jenkins.plugins.amirefresh.step.Probes;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A host from which nothing can be reached. */
final class NoProbes implements Probes {

    @Override
    public Optional<Answer> http(String key, URI uri, Map<String, String> headers, Duration timeLimit) {
        return Optional.of(new Answer.NotSent("nothing is reached from here"));
    }

    @Override
    public Optional<Answer> tcp(String key, String host, int port, Duration timeLimit) {
        return Optional.of(new Answer.NotSent("nothing is reached from here"));
    }
}
