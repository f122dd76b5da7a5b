package io.jenkins.plugins.amirefresh.plugin.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Attachment;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.storage.SlackOutbox;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jenkins.model.Jenkins;
import jenkins.plugins.slack.CredentialsObtainer;
import jenkins.plugins.slack.SlackNotifier;
import jenkins.plugins.slack.SlackRequest;
import jenkins.plugins.slack.StandardSlackService;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/**
 * Slack by the Slack plugin: its workspace, its credentials, its service. Only to be touched where that plugin is installed.
 */
final class PluginSlack implements SlackOutbox.Sender {

    private final Run<?, ?> run;
    private final Executor executor;

    /** @param executor where posts wait for Slack */
    PluginSlack(Run<?, ?> run, Executor executor) {
        this.run = run;
        this.executor = executor;
    }

    /** An administrator set the plugin up. */
    static boolean isSetUp() {
        String credentialsId = settings().getTokenCredentialId();
        return credentialsId != null && !credentialsId.isEmpty();
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public CompletableFuture<Receipt> send(String key, Message message) {
        return CompletableFuture.supplyAsync(() -> publish(message), executor)
                .exceptionally(failure -> new Receipt.Refused("the Slack plugin failed: " + reason(failure)));
    }

    private Receipt publish(Message message) {
        SlackNotifier.DescriptorImpl settings = settings();
        String thread = message.threadTimestamp().isEmpty() ? "" : ":" + message.threadTimestamp();
        StandardSlackService service = StandardSlackService.builder()
                .withRun(run)
                .withBaseUrl(settings.getBaseUrl())
                .withTeamDomain(settings.getTeamDomain())
                .withBotUser(settings.isBotUser())
                .withRoomId(message.channel() + thread)
                .withIconEmoji(settings.getIconEmoji())
                .withUsername(settings.getUsername())
                .withPopulatedToken(
                        CredentialsObtainer.getTokenToUse(settings.getTokenCredentialId(), run.getParent(), null))
                .build();
        boolean taken = service.publish(SlackRequest.builder()
                .withMessage(message.text())
                .withTimestamp(message.updateTimestamp())
                .withAttachments(attachments(message))
                .build());
        // Only a bot gets an answer from Slack; a webhook says yes or no.
        JsonNode answer = read(service.getResponseString());
        return taken
                ? new Receipt.Posted(
                        answer.path("channel").asText(message.channel()),
                        answer.path("ts").asText())
                : notTaken(answer.path("error").asText(""));
    }

    /** The Slack plugin hides status and headers: without a word of Slack's it was refused, or could not be reached. */
    private static Receipt notTaken(String error) {
        if (error.isEmpty()) {
            return new Receipt.Later("the Slack plugin could not post; its log says why", Duration.ZERO);
        }
        return SlackClient.isTransient(error)
                ? new Receipt.Later("Slack answered " + error, Duration.ZERO)
                : new Receipt.Refused("Slack answered " + error);
    }

    private static JSONArray attachments(Message message) {
        JSONArray attachments = new JSONArray();
        for (Attachment attachment : message.attachments()) {
            JSONObject json = new JSONObject();
            json.put("color", attachment.color());
            json.put("title", attachment.title());
            json.put("fallback", attachment.title());
            if (!attachment.text().isEmpty()) {
                json.put("text", attachment.text());
            }
            attachments.add(json);
        }
        return attachments;
    }

    private static JsonNode read(String response) {
        try {
            return Json.mapper().readTree(response == null ? "{}" : response);
        } catch (JsonProcessingException e) {
            return Json.mapper().createObjectNode().put("error", "with something that is not JSON");
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static SlackNotifier.DescriptorImpl settings() {
        return Jenkins.get().getDescriptorByType(SlackNotifier.DescriptorImpl.class);
    }
}
