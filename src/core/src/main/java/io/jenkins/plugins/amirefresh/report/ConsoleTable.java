package io.jenkins.plugins.amirefresh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report's rows as lines of a console, in columns. */
public final class ConsoleTable {

    private static final List<String> HEAD =
            List.of("group", "where", "environment", "strategy", "outcome", "version", "healthy", "reason");
    /** Of a longer reason its beginning and its end are shown: what happened, and what to do. */
    private static final int LONGEST_REASON = 240;

    private static final int BEGINNING = 150;

    private ConsoleTable() {}

    /** A head, a line a group, and a last line that counts. */
    public static List<String> of(RunReport report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        report.groups().forEach(row -> rows.add(cells(row)));
        List<String> lines = new ArrayList<>();
        if (!report.groups().isEmpty() || !report.didOther()) {
            lines.addAll(TextTable.of(rows));
        }
        lines.add(counts(report));
        return List.copyOf(lines);
    }

    private static List<String> cells(RunReport.Row row) {
        return List.of(
                row.autoScalingGroupName(),
                row.account() + " " + row.region(),
                orDash(row.environment()),
                orDash(row.strategy()),
                row.outcome().text(),
                versions(row),
                healthy(row),
                shortened(row.reason()));
    }

    private static String versions(RunReport.Row row) {
        String to = row.toVersion() == 0 ? "-" : "-> " + row.toVersion();
        return row.fromVersion() == 0 ? to : row.fromVersion() + " " + to;
    }

    private static String healthy(RunReport.Row row) {
        if (!row.wasTouched()) {
            return "-";
        }
        return ">= " + row.floor() + (row.lowestHealthy() == null ? "" : ", was " + row.lowestHealthy());
    }

    private static String shortened(String reason) {
        String line = reason.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_REASON
                ? line
                : line.substring(0, BEGINNING).strip() + " ... "
                        + line.substring(line.length() - LONGEST_REASON + BEGINNING + 5)
                                .strip();
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static String counts(RunReport report) {
        List<String> parts = new ArrayList<>();
        report.counts().forEach((outcome, count) -> {
            if (count > 0) {
                parts.add(count + " " + outcome.text());
            }
        });
        return report.verdict().replaceAll(":.*", "") + ": "
                + Stream.of(
                                parts.isEmpty() && !report.didOther()
                                        ? "no group was looked at"
                                        : String.join(", ", parts),
                                report.deeds())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; "));
    }
}
