package io.jenkins.plugins.amirefresh.runner.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.amirefresh.runner.time.InstantClock;
import io.jenkins.plugins.amirefresh.runner.time.RehearsalTime;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** A simulator in another process: the rehearsal holds its clock still and moves it. */
public final class EndpointWorld implements World {
    private static final String CLOCK = "/_simulator/clock";
    private static final String CALLS = "/_simulator/calls";
    private static final int OK = 200;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final SdkHttpClient sdk = UrlConnectionHttpClient.create();
    private final URI endpoint;
    private final double speedBefore;
    private final int callsBefore;
    private JsonNode clock;

    /**
     * Stops the simulator's clock until {@link #close}.
     *
     * @throws IOException when no simulator answers there
     */
    public EndpointWorld(URI endpoint) throws IOException {
        this.endpoint = endpoint;
        this.speedBefore = get(CLOCK).path("speed").asDouble(1);
        this.callsBefore = get(CALLS).size();
        this.clock = post("{\"speed\": 0}");
    }

    private JsonNode get(String path) throws IOException {
        return answered(path, HttpRequest.newBuilder(at(path)).GET());
    }

    private JsonNode answered(String path, HttpRequest.Builder request) throws IOException {
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != OK) {
            throw new IOException(at(path) + " answers " + answer.statusCode() + " ("
                    + answer.body().strip() + "); is a simulator running there?");
        }
        return parse(answer.body());
    }

    private JsonNode parse(String body) throws IOException {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException(endpoint + " does not answer like a simulator", e);
        }
    }

    private JsonNode post(String body) throws IOException {
        return answered(CLOCK, HttpRequest.newBuilder(at(CLOCK)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + endpoint, e);
        } catch (IOException e) {
            throw new IOException("no simulator answers at " + endpoint, e);
        }
    }

    private URI at(String path) {
        return URI.create(endpoint.toString().replaceAll("/$", "") + path);
    }

    @Override
    public RehearsalTime time() {
        return new RemoteTime();
    }

    @Override
    public SdkHttpClient http() {
        return sdk;
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public Map<String, String> agentEnvironment() {
        return AgentVariables.of(endpoint);
    }

    @Override
    public Optional<Answer> probe(String host, int port, String path) {
        String url = "http://" + host + ":" + port + path;
        String query = "/_simulator/probe?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
        try {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(at(query)).GET());
            if (answer.statusCode() != OK) {
                return Optional.empty();
            }
            JsonNode found = parse(answer.body());
            return Optional.of(new Answer(
                    found.path("connected").asBoolean(),
                    found.path("silent").asBoolean(),
                    found.path("status").asInt(),
                    found.path("body").asText()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The calls since this world was opened: what built the account before is not the rehearsal's. */
    @Override
    public JsonNode calls() {
        try {
            return get(CALLS + "?from=" + callsBefore);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public JsonNode fleet() {
        try {
            return get("/_simulator/fleet");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public List<String> warnings() {
        try {
            List<String> warnings = new ArrayList<>();
            get("/_simulator/warnings").forEach(warning -> warnings.add(warning.asText()));
            return warnings;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public OptionalInt lowestHealthy(String account, String region, String group, Instant from, Instant to) {
        String query = "?account=" + account + "&region=" + region + "&group="
                + URLEncoder.encode(group, StandardCharsets.UTF_8) + "&from=" + from + "&to=" + to;
        try {
            JsonNode lowest = get("/_simulator/lowest-healthy" + query).path("lowestHealthy");
            return lowest.isInt() ? OptionalInt.of(lowest.intValue()) : OptionalInt.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Lets the simulator's clock run as it did before. */
    @Override
    public void close() {
        sdk.close();
        try {
            clock = post("{\"speed\": " + speedBefore + "}");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private final class RemoteTime implements RehearsalTime {
        @Override
        public Instant now() {
            return Instant.parse(clock.path("now").asText());
        }

        @Override
        public Optional<Instant> nextEvent() {
            return clock.has("nextEvent")
                    ? Optional.of(Instant.parse(clock.path("nextEvent").asText()))
                    : Optional.empty();
        }

        @Override
        public void advanceTo(Instant instant) {
            try {
                clock = post("{\"advanceTo\": \"" + instant + "\"}");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public Clock clock() {
            return new InstantClock(this::now);
        }
    }
}
