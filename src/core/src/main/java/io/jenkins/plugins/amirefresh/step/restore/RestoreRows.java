package io.jenkins.plugins.amirefresh.step.restore;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.WorkRow;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.util.List;
import java.util.stream.Stream;

/** What the step did to groups, for the run's record and its report. */
final class RestoreRows {

    private static final String UNTOUCHED = "untouched:";

    private RestoreRows() {}

    /** The state with the row of a group that nothing is done to. */
    static StepState untouched(StepState state, GroupKey group, String outcome, String reason) {
        return state.with(UNTOUCHED + group, Json.write(row(group, outcome, reason)));
    }

    static String summary(StepState state, List<GroupResult> rows) {
        int untouched = state.readAll(UNTOUCHED, WorkRow.class).size();
        return groups(rows.size()) + " put back" + (untouched == 0 ? "" : ", " + groups(untouched) + " left alone");
    }

    private static String groups(int count) {
        return count + (count == 1 ? " group" : " groups");
    }

    static void record(StepState state, List<GroupResult> rows, StepHost host) {
        List<WorkRow> told = Stream.concat(
                        state.readAll(UNTOUCHED, WorkRow.class).stream(),
                        rows.stream().map(row -> row(row.group(), outcome(row), row.reason())))
                .toList();
        if (told.isEmpty()) {
            return;
        }
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + "/restored",
                        host.clock().instant(),
                        RestoreAsgs.NAME,
                        new JournalFact.WorkDone(RestoreAsgs.NAME, told, summary(state, rows))));
    }

    private static String outcome(GroupResult row) {
        return row.outcome() == GroupOutcome.SKIPPED
                ? "restored"
                : row.outcome().text();
    }

    private static WorkRow row(GroupKey group, String outcome, String reason) {
        return new WorkRow(
                group.account().value(),
                group.region().value(),
                "autoScalingGroup",
                group.name().value(),
                outcome,
                reason);
    }
}
