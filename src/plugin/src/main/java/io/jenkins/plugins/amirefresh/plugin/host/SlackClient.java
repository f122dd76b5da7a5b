package io.jenkins.plugins.amirefresh.plugin.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Attachment;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.storage.SlackOutbox;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Slack by its own API: a secret that is a URL is a webhook, any other a bot token. */
public final class SlackClient implements SlackOutbox.Sender {

    private static final URI POST = URI.create("https://slack.com/api/chat.postMessage");
    private static final URI UPDATE = URI.create("https://slack.com/api/chat.update");
    private static final Set<String> TRANSIENT = Set.of("ratelimited", "rate_limited", "service_unavailable");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    private final HttpClient client;
    private final Supplier<Optional<String>> secret;

    /** @param secret looked up anew for each message */
    public SlackClient(HttpClient client, Supplier<Optional<String>> secret) {
        this.client = client;
        this.secret = secret;
    }

    @Override
    public boolean isConfigured() {
        return secret.get().isPresent();
    }

    @Override
    public CompletableFuture<Receipt> send(String key, Message message) {
        Optional<String> found = secret.get();
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(new Receipt.Refused("no Slack credentials are configured"));
        }
        boolean webhook = found.get().startsWith("https://") || found.get().startsWith("http://");
        URI target =
                webhook ? URI.create(found.get()) : message.updateTimestamp().isEmpty() ? POST : UPDATE;
        // A token in the header would be lost behind a proxy with a password: JDK-8326949.
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(TIME_LIMIT)
                .header(
                        "Content-Type",
                        (webhook ? "application/json" : "application/x-www-form-urlencoded") + "; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(
                        webhook ? body(message).toString() : form(found.get(), body(message))))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> webhook ? fromWebhook(message, response) : fromApi(message, response))
                .exceptionally(SlackClient::unanswered);
    }

    /** A connection that never stood carried nothing; after that, Slack may have taken the message. */
    private static Receipt unanswered(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String name = cause.getClass().getSimpleName();
        return RetryAfter.hasCarriedNothing(cause)
                ? new Receipt.Later("Slack cannot be reached: " + name, Duration.ZERO)
                : new Receipt.Refused("Slack's answer was lost, so the message may be there: " + name);
    }

    private static Receipt fromWebhook(Message message, HttpResponse<String> response) {
        return response.statusCode() == 200
                ? new Receipt.Posted(message.channel(), "")
                : RetryAfter.of(response, "Slack")
                        .orElseGet(() -> new Receipt.Refused(
                                "Slack answered " + response.statusCode() + " " + response.body()));
    }

    private static Receipt fromApi(Message message, HttpResponse<String> response) {
        return RetryAfter.of(response, "Slack").orElseGet(() -> answered(message, response));
    }

    private static Receipt answered(Message message, HttpResponse<String> response) {
        try {
            JsonNode answer = Json.mapper().readTree(response.body());
            String error = answer.path("error").asText("without a reason");
            if (answer.path("ok").asBoolean()) {
                return new Receipt.Posted(
                        answer.path("channel").asText(message.channel()),
                        answer.path("ts").asText());
            }
            return isTransient(error)
                    ? new Receipt.Later("Slack answered " + error, Duration.ZERO)
                    : new Receipt.Refused("Slack answered " + error);
        } catch (JsonProcessingException e) {
            return new Receipt.Refused("Slack answered " + response.statusCode() + " with something that is not JSON");
        }
    }

    /** Errors after which the same message may be taken. Source: Slack API, "chat.postMessage: Errors". */
    static boolean isTransient(String error) {
        return TRANSIENT.contains(error);
    }

    private static ObjectNode body(Message message) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("channel", message.channel()).put("text", message.text());
        if (!message.threadTimestamp().isEmpty()) {
            body.put("thread_ts", message.threadTimestamp());
        }
        if (!message.updateTimestamp().isEmpty()) {
            body.put("ts", message.updateTimestamp());
        }
        ArrayNode attachments = body.putArray("attachments");
        for (Attachment attachment : message.attachments()) {
            ObjectNode node = attachments.addObject();
            node.put("color", attachment.color()).put("title", attachment.title());
            if (!attachment.text().isEmpty()) {
                node.put("text", attachment.text());
            }
        }
        return body;
    }

    /** The same as a form. Source: Slack API, "Using the Slack Web API: POST bodies". */
    private static String form(String token, ObjectNode body) {
        StringBuilder form = new StringBuilder("token=").append(encoded(token));
        body.fields().forEachRemaining(field -> form.append('&')
                .append(field.getKey())
                .append('=')
                .append(encoded(
                        field.getValue().isTextual()
                                ? field.getValue().asText()
                                : field.getValue().toString())));
        return form.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
