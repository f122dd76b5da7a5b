package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.step.EarlierRun;
import io.jenkins.plugins.amirefresh.step.storage.JournalReading;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What earlier rehearsals of the same job left in their directories. */
public final class EarlierResults {

    private EarlierResults() {}

    /** @param directories in the order of the builds; the answer is newest first, as a host's */
    static List<EarlierRun> of(List<Path> directories) {
        List<EarlierRun> runs = new ArrayList<>();
        for (Path directory : directories) {
            JournalReading reading = JournalReading.of(directory.resolve("journal.jsonl"));
            RunHistory history = RunHistory.of(reading.events());
            Instant start = reading.events().isEmpty()
                    ? Instant.EPOCH
                    : reading.events().get(0).at();
            history.facts(JournalFact.RunOpened.class).stream()
                    .findFirst()
                    .ifPresent(opened ->
                            runs.add(new EarlierRun(opened.runId(), opened.buildNumber(), start, () -> history)));
        }
        Collections.reverse(runs);
        return List.copyOf(runs);
    }

    /** The number of a build after these. */
    public static int next(List<Path> directories) {
        return of(directories).stream().mapToInt(EarlierRun::buildNumber).max().orElse(0) + 1;
    }
}
