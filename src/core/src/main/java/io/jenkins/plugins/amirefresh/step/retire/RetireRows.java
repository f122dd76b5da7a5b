package io.jenkins.plugins.amirefresh.step.retire;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.WorkRow;
import io.jenkins.plugins.amirefresh.retire.Stage;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the step says at its end: to the pipeline, to the console and to the run's record. */
final class RetireRows {

    private static final int MOST_RECORDED = 500;

    private RetireRows() {}

    static Progress end(StepState state, List<RetireRow> rows, StepHost host, boolean isDryRun) {
        String summary = summary(rows, isDryRun);
        host.log(RetireAmis.NAME + ": " + summary);
        record(rows, summary, host, isDryRun);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("amis", rows.stream().map(row -> row.asMap(isDryRun)).toList());
        for (Stage stage : Stage.values()) {
            result.put(stage.text(), (int) count(rows, stage));
        }
        result.put("failed", (int) rows.stream().filter(RetireRow::isFailed).count());
        result.put("unreadable", FleetReader.unreadable(state));
        result.put("summary", summary);
        boolean isFailed = rows.stream().anyMatch(RetireRow::isFailed);
        return new Progress.Done(state, result, isFailed ? Progress.BuildVerdict.UNSTABLE : FleetReader.verdict(state));
    }

    private static long count(List<RetireRow> rows, Stage stage) {
        return rows.stream()
                .filter(row -> row.stage() == stage && !row.isFailed())
                .count();
    }

    private static String summary(List<RetireRow> rows, boolean isDryRun) {
        List<String> parts = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            long count = count(rows, stage);
            if (count > 0) {
                parts.add(count + (isDryRun && stage.changes() ? " would be " : " ") + stage.text());
            }
        }
        long failed = rows.stream().filter(RetireRow::isFailed).count();
        if (failed > 0) {
            parts.add(failed + " failed");
        }
        String end = isDryRun ? " (dry run: nothing is changed; give dryRun: false to retire them)" : "";
        return (parts.isEmpty() ? "there are no images of these families" : String.join(", ", parts)) + end;
    }

    /** For the run's record and its report: what changed or would. */
    private static void record(List<RetireRow> rows, String summary, StepHost host, boolean isDryRun) {
        List<WorkRow> told = rows.stream()
                .filter(row -> row.stage().changes())
                .limit(MOST_RECORDED)
                .map(row -> new WorkRow(
                        row.account(),
                        row.region(),
                        "AMI",
                        row.image() + " (" + row.name() + ")",
                        String.valueOf(row.asMap(isDryRun).get("outcome")),
                        row.isFailed() ? row.problem() : row.why()))
                .toList();
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + "/retired",
                        host.clock().instant(),
                        RetireAmis.NAME,
                        new JournalFact.WorkDone(RetireAmis.NAME, told, summary)));
    }
}
