package io.jenkins.plugins.amirefresh.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What became of a service, an instance or a group by what a step did beside the refresh of groups.
 *
 * @param kind {@code service}, {@code instance} or {@code autoScalingGroup}
 */
public record WorkRow(String account, String region, String kind, String name, String outcome, String reason) {

    private static final Set<String> TROUBLE = Set.of("failed", "held", "refused", "rolled-back");

    /** Each as it was told of last. */
    public static List<WorkRow> last(Stream<WorkRow> rows) {
        Map<List<String>, WorkRow> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(List.of(row.account, row.region, row.kind, row.name), row));
        return List.copyOf(last.values());
    }

    /** Somebody has to look at it. */
    public boolean needsLook() {
        return TROUBLE.contains(outcome);
    }

    /** In a line for people. */
    public String told() {
        return name + " in " + region + " of " + account + " " + outcome.replace('-', ' ') + ": " + reason;
    }
}
