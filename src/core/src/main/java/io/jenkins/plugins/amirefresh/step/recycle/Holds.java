package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact.GroupEnded;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps groups from starting once another group of this run was rolled back or failed. */
final class Holds {

    private final Collection<GroupResult> latest;

    /** @param events the run's record so far; the last row of a group counts */
    Holds(List<JournalEvent> events) {
        Map<GroupKey, GroupResult> byGroup = new LinkedHashMap<>();
        for (JournalEvent event : events) {
            if (event.fact() instanceof GroupEnded ended) {
                byGroup.put(ended.result().group(), ended.result());
            }
        }
        this.latest = byGroup.values();
    }

    /** Why the candidate is held, empty when it may start. */
    Optional<String> on(Candidate candidate, String holdOn) {
        if (holdOn.equals("none")) {
            return Optional.empty();
        }
        return latest.stream()
                .filter(row -> row.outcome() == GroupOutcome.ROLLED_BACK || row.outcome() == GroupOutcome.FAILED)
                .filter(row -> !row.group().equals(candidate.group()))
                .filter(row -> holdOn.equals("any") || row.family().equals(candidate.family()))
                .findFirst()
                .map(row -> "held: " + row.group().name()
                        + (row.outcome() == GroupOutcome.ROLLED_BACK ? " was rolled back" : " failed")
                        + (row.environment().isEmpty() ? "" : " in " + row.environment()));
    }

    /** A refusal that says of a group only that another one failed. */
    static boolean isHold(GroupResult row) {
        return row.outcome() == GroupOutcome.REFUSED && row.reason().startsWith("held: ");
    }
}
