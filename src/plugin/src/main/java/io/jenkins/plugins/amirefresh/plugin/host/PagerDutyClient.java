package io.jenkins.plugins.amirefresh.plugin.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.pagerduty.PagerDutyEvent;
import io.jenkins.plugins.amirefresh.step.storage.SlackOutbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** PagerDuty by its Events API v2. */
public final class PagerDutyClient implements SlackOutbox.Sender {

    /** Source: PagerDuty, "Events API v2 overview". */
    public static final URI ENDPOINT = URI.create("https://events.pagerduty.com/v2/enqueue");

    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);
    private static final int LONGEST_WHY = 300;

    private final HttpClient client;
    private final URI endpoint;
    private final Function<String, Optional<String>> keys;
    private final Duration timeLimit;

    /** @param keys integration keys by the id of their credentials, looked up anew for each event */
    public PagerDutyClient(HttpClient client, URI endpoint, Function<String, Optional<String>> keys) {
        this(client, endpoint, keys, TIME_LIMIT);
    }

    PagerDutyClient(HttpClient client, URI endpoint, Function<String, Optional<String>> keys, Duration timeLimit) {
        this.client = client;
        this.endpoint = endpoint;
        this.keys = keys;
        this.timeLimit = timeLimit;
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public Optional<String> problem(String channel) {
        String id = PagerDutyEvent.credentialsOf(channel).orElse("");
        return keys.apply(id).isPresent()
                ? Optional.empty()
                : Optional.of("there is no secret text '" + id + "' that this build may use");
    }

    @Override
    public CompletableFuture<Receipt> send(String key, Message message) {
        PagerDutyEvent event = PagerDutyEvent.of(message).orElseThrow();
        Optional<String> routingKey = keys.apply(event.credentialsId());
        if (routingKey.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Receipt.Refused("there is no secret text '" + event.credentialsId() + "' any more"));
        }
        ObjectNode body = event.body().put("routing_key", routingKey.get());
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(timeLimit)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> answered(message, response, routingKey.get()))
                .exceptionally(PagerDutyClient::unanswered);
    }

    private static Receipt answered(Message message, HttpResponse<String> response, String routingKey) {
        return response.statusCode() == 202
                ? new Receipt.Posted(message.channel(), "")
                : RetryAfter.of(response, "PagerDuty")
                        .orElseGet(() -> new Receipt.Refused(
                                "PagerDuty answered " + response.statusCode() + why(response.body(), routingKey)));
    }

    /** What is wrong in PagerDuty's words; nobody else's answer is quoted. Source: PagerDuty, "Send an event", 400. */
    private static String why(String body, String routingKey) {
        try {
            JsonNode answer = Json.mapper().readTree(body);
            List<String> said = new ArrayList<>();
            said.add(answer.path("message").asText());
            answer.path("errors").forEach(error -> said.add(error.asText()));
            said.removeIf(String::isBlank);
            String all = String.join(": ", said).replaceAll("\\s+", " ").replace(routingKey, "****");
            return all.isEmpty() ? "" : ": " + (all.length() > LONGEST_WHY ? all.substring(0, LONGEST_WHY) : all);
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    /** Its key makes a repetition safe. */
    private static Receipt unanswered(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new Receipt.Later("PagerDuty did not answer: " + cause.getClass().getSimpleName(), Duration.ZERO);
    }
}
