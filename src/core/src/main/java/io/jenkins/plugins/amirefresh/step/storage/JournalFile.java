package io.jenkins.plugins.amirefresh.step.storage;

import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The run's record in a file of the build, one line an event. */
public final class JournalFile implements Journal {

    private final AppendOnlyFile file;
    private final Map<String, JournalEvent> events = new LinkedHashMap<>();
    private final RunHistory history = new RunHistory();

    private JournalFile(Path path) {
        this.file = new AppendOnlyFile(path);
        for (String line : file.read()) {
            JournalEvent event = Json.read(line, JournalEvent.class);
            if (events.putIfAbsent(event.key(), event) == null) {
                history.add(event);
            }
        }
    }

    /** Opens the file, which need not exist yet. */
    public static JournalFile open(Path path) {
        return new JournalFile(path);
    }

    @Override
    public synchronized void append(JournalEvent event) {
        if (events.containsKey(event.key())) {
            return;
        }
        file.append(List.of(Json.write(event)));
        events.put(event.key(), event);
        history.add(event);
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
