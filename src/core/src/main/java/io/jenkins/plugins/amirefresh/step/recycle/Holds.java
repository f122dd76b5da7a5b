package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import java.util.Optional;

/** Keeps groups from starting once another group of this run was rolled back or failed. */
final class Holds {

    private final RunHistory history;

    Holds(RunHistory history) {
        this.history = history;
    }

    /** Why the candidate is held, empty when it may start. */
    Optional<String> on(Candidate candidate, String holdOn) {
        if (holdOn.equals("none")) {
            return Optional.empty();
        }
        return history.rows().stream()
                .filter(Holds::holdsOthers)
                .filter(row -> !row.group().equals(candidate.group()))
                .filter(row -> holdOn.equals("any") || row.family().equals(candidate.family()))
                .findFirst()
                .map(row -> row.group().name() + " " + what(row)
                        + (row.environment().isEmpty() ? "" : " in " + row.environment()));
    }

    /** A group that shows that the new version may not work. */
    static boolean holdsOthers(GroupResult row) {
        return row.outcome() == GroupOutcome.ROLLED_BACK || row.outcome() == GroupOutcome.FAILED;
    }

    /** What happened to such a group. */
    static String what(GroupResult row) {
        return row.outcome() == GroupOutcome.ROLLED_BACK ? "was rolled back" : "failed";
    }
}
