package io.jenkins.plugins.amirefresh.step.report;

import io.jenkins.plugins.amirefresh.report.RunReport;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as pipelines get them: the keys of {@code report.json}, texts and numbers only. */
final class Rows {

    private Rows() {}

    static Map<String, Object> of(RunReport.Row row) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("account", row.account());
        map.put("region", row.region());
        map.put("autoScalingGroupName", row.autoScalingGroupName());
        map.put("environment", row.environment());
        map.put("family", row.family());
        map.put("strategy", row.strategy());
        map.put("outcome", row.outcome().text());
        map.put("reason", row.reason());
        map.put("fromVersion", row.fromVersion());
        map.put("toVersion", row.toVersion());
        map.put("windowStart", text(row.windowStart()));
        map.put("startedAt", text(row.startedAt()));
        map.put("endedAt", text(row.endedAt()));
        map.put("floor", row.floor());
        Integer lowest = row.lowestHealthy();
        if (lowest != null) {
            map.put("lowestHealthy", lowest);
        }
        return map;
    }

    private static String text(@Nullable Instant moment) {
        return moment == null ? "" : moment.toString();
    }
}
