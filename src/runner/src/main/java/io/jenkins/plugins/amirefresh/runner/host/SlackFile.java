package io.jenkins.plugins.amirefresh.runner.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.step.SlackPosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Slack in a rehearsal: every message is a line of a file, and is always accepted. */
final class SlackFile implements SlackPosts {
    private final ObjectMapper json = new ObjectMapper();
    private final Path file;
    private final Clock clock;
    private final Map<String, Receipt.Posted> posted = new LinkedHashMap<>();

    SlackFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode message = json.readTree(line);
                    posted.put(
                            message.path("key").asText(),
                            new Receipt.Posted(
                                    message.path("channel").asText(),
                                    message.path("ts").asText()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public Optional<Receipt> post(String key, Message message) {
        Receipt.Posted earlier = posted.get(key);
        if (earlier == null) {
            earlier = new Receipt.Posted(message.channel(), timestamp(message));
            write(key, message, earlier.timestamp());
            posted.put(key, earlier);
        }
        return Optional.of(earlier);
    }

    /** Slack's form: seconds with six digits, which count the messages here. */
    private String timestamp(Message message) {
        return message.updateTimestamp().isEmpty()
                ? String.format(Locale.ROOT, "%d.%06d", clock.instant().getEpochSecond(), posted.size() + 1)
                : message.updateTimestamp();
    }

    private void write(String key, Message message, String timestamp) {
        Instant now = clock.instant();
        ObjectNode line = json.createObjectNode();
        line.put("at", now.toString());
        line.put("key", key);
        line.put("channel", message.channel());
        line.put("text", message.text());
        line.put("ts", timestamp);
        if (!message.threadTimestamp().isEmpty()) {
            line.put("thread_ts", message.threadTimestamp());
        }
        line.put("update", !message.updateTimestamp().isEmpty());
        message.attachments().forEach(attachment -> line.withArray("attachments")
                .addObject()
                .put("color", attachment.color())
                .put("title", attachment.title())
                .put("text", attachment.text()));
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
