package io.jenkins.plugins.amirefresh.step.storage;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.SlackPosts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Slack posts of one step execution, each sent once by its key; what Slack took is on the disk, so a restart does not send it
 * again. A post whose answer was lost with the host may appear twice: Slack has no idempotency key.
 *
 * <p>Thread: one at a time, the one that drives the step.
 */
public final class SentPosts implements SlackPosts {

    private final Sender sender;
    private final AppendOnlyFile file;
    private final Map<String, Receipt.Posted> posted = new HashMap<>();
    private final Map<String, CompletableFuture<Receipt>> underway = new HashMap<>();

    private SentPosts(Sender sender, Path path) {
        this.sender = sender;
        this.file = new AppendOnlyFile(path);
        for (String text : file.read()) {
            Line line = Json.read(text, Line.class);
            posted.put(line.key(), new Receipt.Posted(line.channel(), line.timestamp()));
        }
    }

    /**
     * Opens the file, which need not exist yet.
     *
     * @param folder of the build
     * @param stateId of the step, unique in the build
     */
    public static SentPosts open(Sender sender, Path folder, String stateId) {
        return new SentPosts(sender, folder.resolve(stateId + "-slack.jsonl"));
    }

    @Override
    public boolean isConfigured() {
        return sender.isConfigured();
    }

    @Override
    public Optional<Receipt> post(String key, Message message) {
        Receipt.Posted earlier = posted.get(key);
        if (earlier != null) {
            return Optional.of(earlier);
        }
        CompletableFuture<Receipt> sent = underway.computeIfAbsent(key, missing -> sender.send(message));
        if (!sent.isDone()) {
            return Optional.empty();
        }
        Receipt receipt = sent.join();
        if (receipt instanceof Receipt.Posted taken) {
            file.append(List.of(Json.write(new Line(key, taken.channel(), taken.timestamp()))));
            posted.put(key, taken);
        }
        return Optional.of(receipt);
    }

    /** How a host reaches Slack. */
    public interface Sender {

        /** Somebody said where to and with what. */
        boolean isConfigured();

        /** Sends one message; never fails but by a {@link Receipt.Refused}. */
        CompletableFuture<Receipt> send(Message message);
    }

    private record Line(String key, String channel, String timestamp) {}
}
