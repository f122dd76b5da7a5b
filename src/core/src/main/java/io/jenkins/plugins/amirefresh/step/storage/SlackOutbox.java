package io.jenkins.plugins.amirefresh.step.storage;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.SlackPosts;
import io.jenkins.plugins.amirefresh.step.pagerduty.PagerDutyEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Slack posts of one build: in the order in which they were asked for, each channel by itself, each once by its key. What
 * Slack did not take is sent again, as long as a day and over restarts, while the build goes on.
 *
 * <p>Slack has no key that makes a repetition safe. A post whose answer was lost, with the network or with the host, may have
 * arrived; it is not sent again. Events of PagerDuty go the same way, each integration key by itself; they have such a key, and
 * are sent again.
 *
 * <p>Thread: any; returns at once.
 */
public final class SlackOutbox implements SlackPosts {

    private static final String FILE = "slack.jsonl";
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration GIVE_UP = Duration.ofDays(1);

    private final Sender sender;
    private final Clock clock;
    private final Consumer<String> log;
    private final AppendOnlyFile file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private SlackOutbox(Sender sender, Path folder, Clock clock, Consumer<String> log) {
        this.sender = sender;
        this.clock = clock;
        this.log = log;
        this.file = new AppendOnlyFile(folder.resolve(FILE));
        readOlder(folder);
        file.read().forEach(text -> apply(Json.read(text, Line.class)));
        entries.forEach((key, entry) -> {
            // What was being sent when the host went away may be there.
            if (entry.state == State.SENDING && !isSafeToRepeat(entry)) {
                refused(key, entry, "a restart lost Slack's answer, so the message may be there");
            }
        });
    }

    private static boolean isSafeToRepeat(Entry entry) {
        Message message = entry.message;
        return message != null && PagerDutyEvent.of(message).isPresent();
    }

    /**
     * Opens the build's posts; the folder need not exist yet.
     *
     * @param folder of the build
     * @param log gets a line for each post that will never arrive
     */
    public static SlackOutbox open(Sender sender, Path folder, Clock clock, Consumer<String> log) {
        return new SlackOutbox(sender, folder, clock, log);
    }

    /** A release before this one kept what Slack took in a file for each step. */
    private void readOlder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*-" + FILE)) {
            for (Path older : files) {
                new AppendOnlyFile(older).read().forEach(text -> apply(Json.read(text, Line.class)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the Slack posts in " + folder, e);
        }
    }

    private void apply(Line line) {
        Entry entry = entries.computeIfAbsent(line.key(), key -> new Entry(line.at(), line.message()));
        entry.apply(line);
    }

    @Override
    public boolean isConfigured() {
        return sender.isConfigured();
    }

    @Override
    public Optional<String> problem(String channel) {
        return sender.problem(channel);
    }

    @Override
    public synchronized Optional<Receipt> post(String key, Message message) {
        if (!entries.containsKey(key)) {
            Line queued = Line.of(key, State.QUEUED, clock.instant()).with(message);
            file.append(List.of(Json.write(queued)));
            apply(queued);
        }
        deliver();
        return Optional.ofNullable(entries.get(key)).flatMap(Entry::receipt);
    }

    /** Sends what is due: of each channel the oldest that has not arrived. Hosts call it while nothing is posted, too. */
    public synchronized void deliver() {
        Set<String> busy = new HashSet<>();
        entries.forEach((key, entry) -> {
            Message message = entry.message;
            if (entry.isDone() || message == null || !busy.add(message.channel())) {
                return;
            }
            attempt(key, entry, message);
            if (entry.isDone()) {
                busy.remove(message.channel());
            }
        });
    }

    private void attempt(String key, Entry entry, Message message) {
        Instant now = clock.instant();
        CompletableFuture<Receipt> sent = entry.underway;
        if (sent == null) {
            if (entry.notBefore.isAfter(now)) {
                return;
            }
            note(entry, Line.of(key, State.SENDING, now));
            sent = sender.send(key, message);
            entry.underway = sent;
        }
        if (sent.isDone()) {
            entry.underway = null;
            answered(key, entry, sent.join());
        }
    }

    private void answered(String key, Entry entry, Receipt answer) {
        Instant now = clock.instant();
        if (answer instanceof Receipt.Posted posted) {
            note(entry, Line.of(key, State.POSTED, now).posted(posted));
        } else if (answer instanceof Receipt.Refused refused) {
            refused(key, entry, refused.reason());
        } else if (answer instanceof Receipt.Later later) {
            Instant next = now.plus(later.after().isZero() ? pause(entry.attempts) : later.after());
            if (next.isAfter(entry.since.plus(GIVE_UP))) {
                refused(key, entry, later.reason() + ", for a day");
            } else {
                note(entry, Line.of(key, State.LATER, now).later(later.reason(), next));
            }
        } else {
            throw new AssertionError(answer);
        }
    }

    private void refused(String key, Entry entry, String reason) {
        note(entry, Line.of(key, State.REFUSED, clock.instant()).refused(reason));
        Message message = entry.message;
        String text = message == null ? "" : " never got '" + message.text() + "'";
        String who = message == null
                ? "slack: " + key
                : PagerDutyEvent.credentialsOf(message.channel())
                        .map(credentialsId -> "pagerduty")
                        .orElse("slack: #" + message.channel());
        log.accept(who + text + ": " + reason);
    }

    private void note(Entry entry, Line line) {
        file.append(List.of(Json.write(line)));
        entry.apply(line);
    }

    private static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Every post has arrived, or never will. */
    public synchronized boolean isDone() {
        return entries.values().stream().allMatch(Entry::isDone);
    }

    /** When {@link #deliver} has something to do again; empty when nothing is left or an answer is awaited. */
    public synchronized Optional<Instant> next() {
        // Only the oldest of a channel has a time: the others wait for it.
        Set<String> channels = new HashSet<>();
        return entries.values().stream()
                .filter(entry -> !entry.isDone()
                        && entry.message != null
                        && channels.add(entry.message.channel())
                        && entry.underway == null)
                .map(entry -> entry.notBefore)
                .min(Instant::compareTo);
    }

    /** How a host reaches Slack. */
    public interface Sender {

        /** Somebody said where to and with what. */
        boolean isConfigured();

        /** Why nothing can be sent to a channel; empty when it may be tried. */
        default Optional<String> problem(String channel) {
            return Optional.empty();
        }

        /** Sends one message; never fails but by a {@link Receipt.Refused}, or a {@link Receipt.Later} when it surely did not arrive. */
        CompletableFuture<Receipt> send(String key, Message message);
    }

    private enum State {
        QUEUED,
        SENDING,
        LATER,
        POSTED,
        REFUSED
    }

    /** One post. */
    private static final class Entry {
        private final Instant since;
        private final @Nullable Message message;
        private State state = State.QUEUED;
        private Instant notBefore = Instant.EPOCH;
        private int attempts;
        private @Nullable Receipt receipt;
        private @Nullable CompletableFuture<Receipt> underway;

        Entry(@Nullable Instant since, @Nullable Message message) {
            this.since = since == null ? Instant.EPOCH : since;
            this.message = message;
        }

        void apply(Line line) {
            state = line.state();
            switch (line.state()) {
                case QUEUED, SENDING -> {}
                case LATER -> {
                    attempts++;
                    notBefore = line.notBefore() == null ? Instant.EPOCH : line.notBefore();
                    receipt = new Receipt.Later(line.reasonText(), Duration.ZERO);
                }
                case POSTED -> receipt = new Receipt.Posted(line.channelText(), line.timestampText());
                case REFUSED -> receipt = new Receipt.Refused(line.reasonText());
            }
        }

        boolean isDone() {
            return state == State.POSTED || state == State.REFUSED;
        }

        Optional<Receipt> receipt() {
            return Optional.ofNullable(receipt);
        }
    }

    /** A line of the file. Those of an older release have a key, a channel and a timestamp: what Slack took. */
    private record Line(
            String key,
            @Nullable State known,
            @Nullable Instant at,
            @Nullable Message message,
            @Nullable String channel,
            @Nullable String timestamp,
            @Nullable String reason,
            @Nullable Instant notBefore) {

        static Line of(String key, State state, Instant at) {
            return new Line(key, state, at, null, null, null, null, null);
        }

        Line with(Message queued) {
            return new Line(key, known, at, queued, null, null, null, null);
        }

        Line posted(Receipt.Posted posted) {
            return new Line(key, known, at, null, posted.channel(), posted.timestamp(), null, null);
        }

        Line refused(String why) {
            return new Line(key, known, at, null, null, null, why, null);
        }

        Line later(String why, Instant next) {
            return new Line(key, known, at, null, null, null, why, next);
        }

        State state() {
            return known == null ? State.POSTED : known;
        }

        String channelText() {
            return channel == null ? "" : channel;
        }

        String timestampText() {
            return timestamp == null ? "" : timestamp;
        }

        String reasonText() {
            return reason == null ? "" : reason;
        }
    }
}
