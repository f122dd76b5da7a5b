package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.WorkRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A report's figures in Prometheus' text format, for a scrape or a text file collector. Source: Prometheus documentation,
 * "Exposition formats".
 */
public final class ReportMetrics {

    private final RunReport report;
    private final StringBuilder text = new StringBuilder();
    private final String job;

    private ReportMetrics(RunReport report) {
        this.report = report;
        this.job = label("job", report.run().jobName());
    }

    /** Every figure; the same report gives the same text. */
    public static String of(RunReport report) {
        return new ReportMetrics(report).written();
    }

    private String written() {
        family("ami_refresh_groups", "gauge", "Groups of the run by how they stand.");
        ReportLines.byWord(report)
                .forEach((word, count) -> sample("ami_refresh_groups", job + "," + label("outcome", word), count));
        others();
        family("ami_refresh_run_result", "gauge", "1 for the result of the run, its word as a label.");
        sample("ami_refresh_run_result", job + "," + label("result", report.result()), 1);
        family("ami_refresh_run_duration_seconds", "gauge", "How long the run took, or has taken up to now.");
        sample("ami_refresh_run_duration_seconds", job, seconds(report.startedAt(), report.endedAt()));
        family("ami_refresh_run_ended_timestamp_seconds", "gauge", "When the report was made.");
        sample("ami_refresh_run_ended_timestamp_seconds", job, report.endedAt().getEpochSecond());
        family("ami_refresh_changing_calls", "gauge", "Calls of the run that asked AWS to change something.");
        sample("ami_refresh_changing_calls", job, report.calls().mutating());
        family("ami_refresh_group_duration_seconds", "gauge", "How long the work on a group took.");
        report.groups().stream()
                .filter(row -> row.wasTouched() && row.startedAt() != null && row.endedAt() != null)
                .forEach(row -> sample(
                        "ami_refresh_group_duration_seconds", labels(row), seconds(row.startedAt(), row.endedAt())));
        family("ami_refresh_group_lowest_healthy", "gauge", "The fewest healthy instances that served meanwhile.");
        report.groups().stream()
                .filter(row -> row.wasTouched() && row.lowestHealthy() != null)
                .forEach(row -> sample("ami_refresh_group_lowest_healthy", labels(row), row.lowestHealthy()));
        return text.toString();
    }

    private void others() {
        Map<String, List<WorkRow>> rows = new TreeMap<>();
        report.others().forEach(work -> rows.computeIfAbsent(work.step(), step -> new ArrayList<>())
                .addAll(work.rows()));
        if (!report.lastOthers().isEmpty()) {
            family("ami_refresh_others", "gauge", "Services, instances and groups by what other steps made of them.");
        }
        rows.forEach((step, some) -> {
            Map<String, Long> counts = new TreeMap<>();
            WorkRow.last(some.stream()).forEach(row -> counts.merge(row.outcome(), 1L, Long::sum));
            counts.forEach((outcome, count) -> sample(
                    "ami_refresh_others", job + "," + label("step", step) + "," + label("outcome", outcome), count));
        });
    }

    private static long seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }

    private String labels(RunReport.Row row) {
        return String.join(
                ",",
                job,
                label("account", row.account()),
                label("region", row.region()),
                label("group", row.autoScalingGroupName()),
                label("environment", row.environment()),
                label("outcome", row.outcome().text()));
    }

    private void family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String labels, long value) {
        text.append(String.format(Locale.ROOT, "%s{%s} %d\n", name, labels, value));
    }

    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
