package io.jenkins.plugins.amirefresh.step.fleetreport;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.WorkRow;
import io.jenkins.plugins.amirefresh.report.TextTable;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.Progress.BuildVerdict;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the step says at its end: on the console, in {@code fleet-report.json}, to the pipeline and to the run's record. */
final class FleetRows {

    /** The file that is kept with the build; its schema is the resource {@code fleet-report.schema.json} beside this class. */
    private static final String FILE = "fleet-report.json";

    private static final int MOST_RECORDED = 500;
    private static final List<String> HEAD = List.of(
            "group",
            "where",
            "environment",
            "family",
            "instances",
            "image age",
            "outdated",
            "versions behind",
            "next window",
            "note");

    private final StepHost host;
    private final List<FleetRow> rows;
    private final @Nullable Duration oldest;
    private final Instant now;

    FleetRows(StepHost host, List<FleetRow> rows, @Nullable Duration oldest) {
        this.host = host;
        this.oldest = oldest;
        this.now = host.clock().instant();
        this.rows = rows.stream()
                .sorted(Comparator.comparing(
                                (FleetRow row) -> row.age(now).orElse(Duration.ZERO), Comparator.reverseOrder())
                        .thenComparing(FleetRow::group))
                .toList();
    }

    Progress end(StepState state) {
        List<List<String>> table = new ArrayList<>(List.of(HEAD));
        rows.forEach(row -> table.add(cells(row)));
        TextTable.of(table).forEach(host::log);
        String summary = summary();
        host.log(FleetReport.NAME + ": " + summary);
        List<String> unreadable = FleetReader.unreadable(state);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("groups", rows.stream().map(this::asMap).toList());
        result.put("tooOld", (int) rows.stream().filter(this::isTooOld).count());
        result.put("unknown", (int) rows.stream().filter(this::isUnknown).count());
        result.put("unreadable", unreadable);
        result.put("summary", summary);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("at", now.toString());
        if (oldest != null) {
            file.put("oldestSeconds", oldest.toSeconds());
        }
        file.putAll(result);
        host.keep(FILE, Json.write(file));
        record(summary);
        return new Progress.Done(state, result, verdict(unreadable));
    }

    private boolean isTooOld(FleetRow row) {
        return oldest != null && row.isOlderThan(oldest, now);
    }

    private boolean isUnknown(FleetRow row) {
        return oldest != null && !isTooOld(row) && row.isUndated();
    }

    private BuildVerdict verdict(List<String> unreadable) {
        if (rows.stream().anyMatch(this::isTooOld)) {
            return BuildVerdict.FAILURE;
        }
        return rows.stream().anyMatch(this::isUnknown) || !unreadable.isEmpty()
                ? BuildVerdict.UNSTABLE
                : BuildVerdict.NONE;
    }

    private String summary() {
        String groups = rows.size() == 1 ? "1 group" : rows.size() + " groups";
        if (oldest == null) {
            long outdated = rows.stream().filter(row -> row.outdated() > 0).count();
            return groups + ", " + outdated + " with instances that run another image than they launch now";
        }
        String old = named(rows.stream().filter(this::isTooOld).toList());
        String unknown = named(rows.stream().filter(this::isUnknown).toList());
        return Stream.of(
                        groups,
                        old.isEmpty()
                                ? "none runs an image older than " + days(oldest)
                                : "older than " + days(oldest) + ": " + old,
                        unknown.isEmpty() ? "" : "nobody can tell how old: " + unknown)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String named(List<FleetRow> some) {
        int most = 10;
        String names = some.stream().limit(most).map(FleetRow::group).collect(Collectors.joining(", "));
        return some.size() > most ? names + " and " + (some.size() - most) + " more" : names;
    }

    private List<String> cells(FleetRow row) {
        return List.of(
                row.group(),
                row.account() + " " + row.region(),
                orDash(row.environment()),
                orDash(row.family()),
                String.valueOf(row.instances()),
                ageText(row),
                row.outdated() + " of " + row.instances(),
                row.version() == 0 ? "-" : String.valueOf(row.versionsBehind()),
                row.nextWindow() == null ? "-" : row.nextWindow().toString(),
                orDash(note(row)));
    }

    private String ageText(FleetRow row) {
        return row.age(now)
                .map(age -> (row.isUndated() ? ">= " : "") + days(age))
                .orElse("-");
    }

    private String note(FleetRow row) {
        return Stream.of(
                        isTooOld(row) ? "too old: " + oldestText(row) : isUnknown(row) ? oldestText(row) : "",
                        row.problem(),
                        row.worker().isEmpty() ? "" : "at work: " + row.worker(),
                        row.hold().isEmpty() ? "" : "holds later waves: " + row.hold(),
                        row.family().isEmpty() ? "no refresh by families selects it" : "",
                        row.nextWindow() == null ? row.windows() : "")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private String oldestText(FleetRow row) {
        return row.oldest(now)
                .map(image -> image.instances()
                        + (image.instances() == 1 ? " instance runs " : " instances run ")
                        + image.id()
                        + (image.createdAt() == null
                                ? ", which is gone or not to be seen; the first was launched " + image.firstLaunch()
                                : " (" + image.name() + ") of "
                                        + image.createdAt().toString().substring(0, 10)))
                .orElse("");
    }

    private static String days(Duration age) {
        return age.toDays() == 0 ? age.toHours() + "h" : age.toDays() + "d";
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private Map<String, Object> asMap(FleetRow row) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("account", row.account());
        map.put("region", row.region());
        map.put("autoScalingGroupName", row.group());
        map.put("environment", row.environment());
        map.put("family", row.family());
        map.put("instances", row.instances());
        map.put("ageDays", row.age(now).map(age -> (int) age.toDays()).orElse(0));
        map.put("ageIsKnown", !row.isUndated());
        map.put("tooOld", isTooOld(row));
        map.put("images", row.images().stream().map(this::asMap).toList());
        map.put("launches", row.launches());
        map.put("outdated", row.outdated());
        map.put("version", (int) row.version());
        map.put("versionsBehind", (int) row.versionsBehind());
        map.put("windows", row.windows());
        map.put("nextWindow", row.nextWindow() == null ? "" : row.nextWindow().toString());
        map.put("hold", row.hold());
        map.put("worker", row.worker());
        map.put("lastRun", row.lastRun());
        map.put("note", note(row));
        return map;
    }

    private Map<String, Object> asMap(FleetRow.Image image) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("imageId", image.id());
        map.put("name", image.name());
        map.put("createdAt", image.createdAt() == null ? "" : image.createdAt().toString());
        map.put("ageDays", image.age(now).map(age -> (int) age.toDays()).orElse(0));
        map.put("instances", image.instances());
        return map;
    }

    /** For the run's record and its report: what is too old. */
    private void record(String summary) {
        List<WorkRow> told = rows.stream()
                .filter(row -> isTooOld(row) || isUnknown(row))
                .limit(MOST_RECORDED)
                .map(row -> new WorkRow(
                        row.account(),
                        row.region(),
                        "autoScalingGroup",
                        row.group(),
                        isTooOld(row) ? "too-old" : "age-unknown",
                        oldestText(row)))
                .toList();
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + "/fleet",
                        now,
                        FleetReport.NAME,
                        new JournalFact.WorkDone(FleetReport.NAME, told, summary)));
    }
}
