package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.PlannedGroup;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import java.util.Objects;

/** What a plan says of each group. */
final class PlanEntries {

    /** How the row of a dry run begins of a group that would be refreshed. */
    static final String WOULD = "dry run: would refresh ";

    private PlanEntries() {}

    /** The reason is of a group that is to be refreshed. */
    static boolean isPlanned(String reason) {
        return reason.startsWith(WOULD);
    }

    /** A group that is to be refreshed. */
    static PlannedGroup of(
            RecycleSettings settings, Candidate candidate, GroupPlanner.Planned planned, String windows) {
        RefreshPlan plan = Objects.requireNonNull(planned.plan());
        RefreshRecord record = Objects.requireNonNull(planned.record());
        return new PlannedGroup(
                candidate.group(),
                candidate.environment(),
                candidate.family(),
                wave(settings, candidate),
                PlannedGroup.REFRESH,
                plan.strategy().text(),
                record.from().number(),
                record.to().number(),
                record.capacity().min(),
                record.capacity().max(),
                plan.batch(),
                plan.floor(),
                windows,
                candidate.standing().due(),
                planned.reason(),
                0,
                null,
                null);
    }

    /** A group that is left as it is. */
    static PlannedGroup left(RecycleSettings settings, Candidate candidate, GroupOutcome outcome, String reason) {
        return new PlannedGroup(
                candidate.group(),
                candidate.environment(),
                candidate.family(),
                wave(settings, candidate),
                outcome.text(),
                "",
                0,
                candidate.to().number(),
                0,
                0,
                0,
                0,
                "",
                candidate.standing().due(),
                reason,
                0,
                null,
                null);
    }

    private static String wave(RecycleSettings settings, Candidate candidate) {
        return settings.waves().areGiven()
                ? settings.waves().wave(candidate.standing().wave()).name()
                : "";
    }
}
