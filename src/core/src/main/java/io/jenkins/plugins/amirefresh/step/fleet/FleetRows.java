package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as steps return them: plain maps, with the keys of {@code report.json}. */
public final class FleetRows {

    private FleetRows() {}

    /**
     * What a step over groups returns: {@code groups} with one map a group, the number of each outcome under its word
     * ({@code refreshed}, {@code rolled-back}, ...), and {@code summary}.
     */
    public static Map<String, Object> result(List<GroupResult> rows) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("groups", rows.stream().map(FleetRows::row).toList());
        for (GroupOutcome outcome : GroupOutcome.values()) {
            result.put(outcome.text(), (int) count(rows, outcome));
        }
        result.put("summary", summary(rows));
        return result;
    }

    /** One group's row; times are ISO 8601 texts, empty when there is none. */
    public static Map<String, Object> row(GroupResult result) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("account", result.group().account().value());
        row.put("region", result.group().region().value());
        row.put("autoScalingGroupName", result.group().name().value());
        row.put("environment", result.environment());
        row.put("family", result.family());
        row.put("strategy", result.strategy());
        row.put("outcome", result.outcome().text());
        row.put("reason", result.reason());
        row.put("fromVersion", result.fromVersion());
        row.put("toVersion", result.toVersion());
        row.put("windowStart", text(result.windowStart()));
        row.put("startedAt", text(result.startedAt()));
        row.put("endedAt", text(result.endedAt()));
        row.put("floor", result.floor());
        return row;
    }

    /** {@code 3 refreshed, 1 rolled-back}; {@code no groups} without any. */
    public static String summary(List<GroupResult> rows) {
        List<String> parts = new ArrayList<>();
        for (GroupOutcome outcome : GroupOutcome.values()) {
            if (count(rows, outcome) > 0) {
                parts.add(count(rows, outcome) + " " + outcome.text());
            }
        }
        return parts.isEmpty() ? "no groups" : String.join(", ", parts);
    }

    private static long count(List<GroupResult> rows, GroupOutcome outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).count();
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }
}
