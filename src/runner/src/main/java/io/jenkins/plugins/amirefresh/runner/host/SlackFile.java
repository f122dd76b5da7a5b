package io.jenkins.plugins.amirefresh.runner.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.storage.SlackOutbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Slack in a rehearsal: every message it takes is a line of a file. It takes all but the first, when it was told so. */
final class SlackFile implements SlackOutbox.Sender {
    private final ObjectMapper json = new ObjectMapper();
    private final Path file;
    private final Clock clock;
    private final Deque<Receipt> refusals;
    private int taken;

    /** @param refusals what it answers first */
    SlackFile(Path file, Clock clock, List<Receipt> refusals) {
        this.file = file;
        this.clock = clock;
        this.refusals = new ArrayDeque<>(refusals);
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public CompletableFuture<Receipt> send(String key, Message message) {
        Receipt refusal = refusals.poll();
        if (refusal != null) {
            return CompletableFuture.completedFuture(refusal);
        }
        Receipt.Posted posted = new Receipt.Posted(message.channel(), timestamp(message));
        write(key, message, posted.timestamp());
        taken++;
        return CompletableFuture.completedFuture(posted);
    }

    /** Slack's form: seconds with six digits, which count the messages here. */
    private String timestamp(Message message) {
        return message.updateTimestamp().isEmpty()
                ? String.format(Locale.ROOT, "%d.%06d", clock.instant().getEpochSecond(), taken + 1)
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
