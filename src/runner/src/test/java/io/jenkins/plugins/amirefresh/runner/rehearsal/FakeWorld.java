package io.jenkins.plugins.amirefresh.runner.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.amirefresh.runner.time.PlainTime;
import io.jenkins.plugins.amirefresh.runner.time.RehearsalTime;
import io.jenkins.plugins.amirefresh.runner.world.World;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/** A world without AWS whose one host, {@code web}, answers every request. */
final class FakeWorld implements World {
    static final Instant START = Instant.parse("2026-11-22T17:00:00Z");

    private final RehearsalTime time = new PlainTime(START);

    @Override
    public RehearsalTime time() {
        return time;
    }

    @Override
    public SdkHttpClient http() {
        return new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                throw new IllegalStateException("there is no AWS here");
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public @Nullable URI endpoint() {
        return null;
    }

    @Override
    public Map<String, String> agentEnvironment() {
        return Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    }

    @Override
    public Optional<Answer> probe(String host, int port, String path) {
        return host.equals("web") ? Optional.of(new Answer(true, false, 200, "ok " + path)) : Optional.empty();
    }

    @Override
    public JsonNode calls() {
        return JsonNodeFactory.instance.arrayNode();
    }

    @Override
    public JsonNode fleet() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {}
}
