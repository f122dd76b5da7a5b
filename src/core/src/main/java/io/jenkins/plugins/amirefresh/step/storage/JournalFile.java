package io.jenkins.plugins.amirefresh.step.storage;

import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The run's record in a file of the build, one line an event, each chained to the one before. */
public final class JournalFile implements Journal {

    private final AppendOnlyFile file;
    private final JournalChain chain;
    private final Map<String, JournalEvent> events;
    private final RunHistory history;

    private JournalFile(Path path) {
        this.file = new AppendOnlyFile(path);
        JournalReading.Reader reader = new JournalReading.Reader();
        file.read().forEach(reader::line);
        // Steps act by what the record says: one with a hole in it is nothing to act by.
        reader.problems().stream()
                .filter(JournalReading.Problem::isLost)
                .findFirst()
                .ifPresent(lost -> {
                    throw new IllegalStateException("reading the run's record " + path + ", " + lost);
                });
        this.chain = reader.chain();
        this.events = reader.events();
        this.history = RunHistory.of(events.values());
    }

    /** Opens the file, which need not exist yet. */
    public static JournalFile open(Path path) {
        return new JournalFile(path);
    }

    @Override
    public void append(JournalEvent event) {
        appendAll(List.of(event));
    }

    @Override
    public synchronized void appendAll(List<JournalEvent> appended) {
        List<String> lines = new ArrayList<>();
        List<JournalEvent> added = new ArrayList<>();
        JournalChain next = chain.copy();
        Set<String> keys = new HashSet<>();
        for (JournalEvent event : appended) {
            if (!events.containsKey(event.key()) && keys.add(event.key())) {
                lines.add(next.append(Json.write(event)));
                added.add(event);
            }
        }
        file.append(lines);
        chain.become(next);
        added.forEach(event -> {
            events.put(event.key(), event);
            history.add(event);
        });
    }

    @Override
    public synchronized List<JournalEvent> events() {
        return List.copyOf(events.values());
    }

    @Override
    public RunHistory history() {
        return history;
    }
}
