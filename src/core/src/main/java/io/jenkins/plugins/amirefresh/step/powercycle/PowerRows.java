package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.WorkRow;
import io.jenkins.plugins.amirefresh.powercycle.PowerOutcome;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.Progress.BuildVerdict;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows of the step: on the console when they are known, and in its result. */
final class PowerRows {

    /** A console that nobody reads to its end says nothing. */
    private static final int MOST_LINES = 20;

    /** Nobody reads more, and the record of a run is kept. */
    private static final int MOST_RECORDED = 500;

    private static final String STEP = "step";
    private static final String ROW = "row:";

    /** The document of what schedules save. */
    static final String SAVINGS = "savings";

    private PowerRows() {}

    /** What the plan found besides the rows. */
    private record Counts(int unchanged) {}

    static void say(StepHost host, PowerPlan plan, boolean isDryRun) {
        for (PowerItem item : plan.items()) {
            String move = item.move().name().toLowerCase(java.util.Locale.ROOT);
            host.log(item.label() + ": " + (isDryRun ? "dry run: would " : "") + move + ": " + item.reason());
        }
        for (PowerOutcome outcome : PowerOutcome.values()) {
            List<PowerRow> rows =
                    plan.rows().stream().filter(row -> row.outcome() == outcome).toList();
            rows.stream().limit(MOST_LINES).map(PowerRow::line).forEach(host::log);
            if (rows.size() > MOST_LINES) {
                host.log(PowerCycle.NAME + ": " + (rows.size() - MOST_LINES) + " more are " + outcome.text());
            }
        }
    }

    /** The state with what the plan says; after a dry run nothing is left to do. */
    static StepState planned(StepState state, PowerPlan plan, boolean isDryRun, Instant now) {
        Map<String, String> documents = new LinkedHashMap<>();
        documents.put(STEP, Json.write(new Counts(plan.unchanged())));
        int number = 0;
        for (PowerRow row : plan.rows()) {
            documents.put(ROW + number++, Json.write(row));
        }
        for (PowerItem item : plan.items()) {
            PowerItem first = isDryRun
                    ? item.ended(
                            PowerOutcome.PLANNED,
                            "would " + item.move().name().toLowerCase(java.util.Locale.ROOT) + ": " + item.reason(),
                            now)
                    : item;
            documents.put(item.key(), Json.write(first));
        }
        return state.withAll(documents);
    }

    static Progress end(StepState state, StepHost host, PowerSettings settings) {
        List<PowerRow> rows = Stream.concat(
                        state.readAll(PowerItem.PREFIX, PowerItem.class).stream()
                                .map(PowerRow::of),
                        state.readAll(ROW, PowerRow.class).stream())
                .toList();
        int unchanged = state.read(STEP, Counts.class).map(Counts::unchanged).orElse(0);
        String summary = summary(rows, unchanged);
        host.log(PowerCycle.NAME + ": " + summary);
        Optional<PowerSavings> savings = savings(state);
        savings.ifPresent(saved -> host.log(PowerCycle.NAME + ": " + saved.line()));
        record(host, rows, summary + savings.map(saved -> "; " + saved.line()).orElse(""));
        List<PowerRow> wrong = rows.stream()
                .filter(row -> switch (settings.failOn()) {
                    case ANY -> row.outcome().needsAttention();
                    case BROKEN -> row.outcome() == PowerOutcome.FAILED;
                    case NONE -> false;
                })
                .toList();
        if (!wrong.isEmpty()) {
            String others = wrong.size() == 1 ? "" : " (and " + (wrong.size() - 1) + " more)";
            return new Progress.Failed(
                    state, PowerCycle.NAME + ": " + wrong.get(0).line() + others + "; " + summary);
        }
        return new Progress.Done(state, result(state, rows, unchanged, summary), verdict(state, rows));
    }

    private static Map<String, Object> result(StepState state, List<PowerRow> rows, int unchanged, String summary) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("resources", rows.stream().map(PowerRow::asMap).toList());
        for (PowerOutcome outcome : PowerOutcome.values()) {
            result.put(outcome.text(), outcome == PowerOutcome.UNCHANGED ? unchanged : (int) count(rows, outcome));
        }
        result.put("unreadable", FleetReader.unreadable(state));
        savings(state).ifPresent(saved -> {
            result.put(
                    "savings",
                    saved.rows().stream().map(PowerSavings.Row::asMap).toList());
            result.put("savedInstanceHours", saved.hours().doubleValue());
            result.put("savedCost", saved.cost().doubleValue());
        });
        result.put("summary", summary);
        return result;
    }

    private static Optional<PowerSavings> savings(StepState state) {
        List<String> others = state.readAll(PowerItem.PREFIX, PowerItem.class).stream()
                .filter(item -> !item.isDone() && item.outcome() != PowerOutcome.PLANNED)
                .map(PowerItem::key)
                .toList();
        return state.read(SAVINGS, PowerSavings.class).map(saved -> saved.without(others));
    }

    /** For the run's record and its report: what was changed or needs a look. */
    private static void record(StepHost host, List<PowerRow> rows, String summary) {
        List<WorkRow> told = rows.stream()
                .filter(row -> switch (row.outcome()) {
                    case EXCLUDED, SKIPPED, UNCHANGED -> false;
                    case STARTED, STOPPED, HIBERNATED, RESIZED, PLANNED, KEPT, HELD, REFUSED, FAILED -> true;
                })
                .limit(MOST_RECORDED)
                .map(row -> new WorkRow(
                        row.account(),
                        row.region(),
                        row.kind(),
                        row.label(),
                        row.outcome().text(),
                        row.reason()))
                .toList();
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + "/power",
                        host.clock().instant(),
                        PowerCycle.NAME,
                        new JournalFact.WorkDone(PowerCycle.NAME, told, summary)));
    }

    private static String summary(List<PowerRow> rows, int unchanged) {
        List<String> parts = new ArrayList<>();
        for (PowerOutcome outcome : PowerOutcome.values()) {
            long count = outcome == PowerOutcome.UNCHANGED ? unchanged : count(rows, outcome);
            if (count > 0) {
                parts.add(count + " " + outcome.text());
            }
        }
        return parts.isEmpty() ? "nothing has a schedule" : String.join(", ", parts);
    }

    private static long count(List<PowerRow> rows, PowerOutcome outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).count();
    }

    private static BuildVerdict verdict(StepState state, List<PowerRow> rows) {
        return rows.stream().anyMatch(row -> row.outcome().needsAttention())
                ? BuildVerdict.UNSTABLE
                : FleetReader.verdict(state);
    }
}
