package io.jenkins.plugins.amirefresh.simulator.ssh;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** What people did on machines they logged into: the last thousands, oldest first. Any thread may use it. */
public final class SshLog {

    private static final int KEPT = 10_000;
    private static final int LONGEST_TEXT = 4_000;

    private final Supplier<Instant> now;
    private final Deque<Entry> entries = new ArrayDeque<>();

    SshLog(Supplier<Instant> now) {
        this.now = now;
    }

    /**
     * One command or transfer.
     *
     * @param kind {@code command}, {@code upload} or {@code download}
     * @param text the command, or the path
     * @param result a command's exit code, a transfer's bytes
     */
    public record Entry(Instant at, String instanceId, String user, String kind, String text, long result) {}

    void add(String instanceId, String user, String kind, String text, long result) {
        String kept = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "..." : text;
        Entry entry = new Entry(now.get(), instanceId, user, kind, kept, result);
        synchronized (entries) {
            entries.addLast(entry);
            if (entries.size() > KEPT) {
                entries.removeFirst();
            }
        }
    }

    List<Entry> entries() {
        synchronized (entries) {
            return List.copyOf(entries);
        }
    }
}
