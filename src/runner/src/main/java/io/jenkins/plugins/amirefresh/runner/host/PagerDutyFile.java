package io.jenkins.plugins.amirefresh.runner.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.runner.build.Credential;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.pagerduty.PagerDutyEvent;
import io.jenkins.plugins.amirefresh.step.storage.SlackOutbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** PagerDuty in a rehearsal: every event is a line of a file, without its integration key. */
final class PagerDutyFile implements SlackOutbox.Sender {
    private final ObjectMapper json = new ObjectMapper();
    private final Path file;
    private final Clock clock;
    private final Map<String, Credential> credentials;

    PagerDutyFile(Path file, Clock clock, Map<String, Credential> credentials) {
        this.file = file;
        this.clock = clock;
        this.credentials = Map.copyOf(credentials);
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public Optional<String> problem(String channel) {
        String id = PagerDutyEvent.credentialsOf(channel).orElse("");
        Credential found = credentials.get(id);
        if (found instanceof Credential.SecretText) {
            return Optional.empty();
        }
        return Optional.of((found == null ? "there is no secret text '" + id + "'" : "'" + id + "' is " + found.kind())
                + "; declare a stand-in with --credential " + id + "=TEXT");
    }

    @Override
    public CompletableFuture<Receipt> send(String key, Message message) {
        PagerDutyEvent event = PagerDutyEvent.of(message).orElseThrow();
        ObjectNode line = json.createObjectNode();
        line.put("at", clock.instant().toString()).put("credentialsId", event.credentialsId());
        line.setAll(event.body());
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return CompletableFuture.completedFuture(new Receipt.Posted(message.channel(), ""));
    }
}
