package io.jenkins.plugins.amirefresh.step.storage;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.report.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run's record says, as far as it can be read, and what is wrong with it.
 *
 * @param events those that can be read, each once, in order
 * @param problems lines that cannot be read or do not fit the chain, in order; empty for a whole record
 * @param head the hash of the last line and all before it, empty for an empty record
 * @param lines how many there are, the torn end included
 * @param hashes the hash of each line and all before it
 */
public record JournalReading(
        List<JournalEvent> events, List<Problem> problems, String head, int lines, Set<String> hashes) {

    /** Copies the lists. */
    public JournalReading {
        events = List.copyOf(events);
        problems = List.copyOf(problems);
        hashes = Set.copyOf(hashes);
    }

    /** The record was, or is, as it was when it ended in this hash. */
    public boolean has(String hash) {
        return hashes.contains(hash);
    }

    /**
     * What is wrong with one line.
     *
     * @param line 1 for the first
     * @param isLost nothing of it could be read
     */
    public record Problem(int line, String what, boolean isLost) {

        @Override
        public String toString() {
            return "line " + line + ": " + what;
        }
    }

    /** As the report tells of it. */
    public RunReport.Reading forReport() {
        return new RunReport.Reading(
                lines, head, problems.stream().map(Problem::toString).toList());
    }

    /** Reads the file; one that does not exist is an empty record. A line that was being written is a problem of the end. */
    public static JournalReading of(Path path) {
        AppendOnlyFile file = new AppendOnlyFile(path);
        Reader reader = new Reader();
        file.read().forEach(reader::line);
        file.torn().ifPresent(torn -> reader.problem("it was cut off while it was written", true));
        return new JournalReading(
                List.copyOf(reader.events.values()),
                reader.problems,
                reader.chain.head(),
                reader.number,
                reader.hashes);
    }

    /** Goes through the lines. */
    static final class Reader {
        private final Map<String, JournalEvent> events = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private final JournalChain chain = new JournalChain();
        private final Set<String> hashes = new HashSet<>();
        private int number;

        Map<String, JournalEvent> events() {
            return events;
        }

        List<Problem> problems() {
            return problems;
        }

        JournalChain chain() {
            return chain;
        }

        void line(String line) {
            number++;
            Optional<String> broken = chain.follow(line);
            hashes.add(chain.head());
            JournalEvent event = event(line);
            if (event == null) {
                problems.add(new Problem(number, "it cannot be read", true));
                return;
            }
            broken.ifPresent(what -> problems.add(new Problem(number, what, false)));
            events.putIfAbsent(event.key(), event);
        }

        private void problem(String what, boolean isLost) {
            number++;
            problems.add(new Problem(number, what, isLost));
        }

        private static @Nullable JournalEvent event(String line) {
            try {
                JournalEvent event = Json.read(line, JournalEvent.class);
                return event == null || event.key() == null || event.at() == null || event.fact() == null
                        ? null
                        : event;
            } catch (IllegalStateException | IllegalArgumentException e) {
                // Half a line, another program's, or a kind of fact that a newer version wrote.
                return null;
            }
        }
    }
}
