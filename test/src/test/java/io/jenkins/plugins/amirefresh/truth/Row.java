package io.jenkins.plugins.amirefresh.truth;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.GroupResult;

/**
 * What a run says of a group.
 *
 * @param key account, region and name, with slashes
 * @param outcome the report's word
 * @param from 0 when unknown
 * @param to 0 when unknown
 */
public record Row(String key, String outcome, String reason, long from, long to) {

    /** Of the run's record. */
    public static Row of(GroupResult result) {
        return new Row(
                result.group().account().value() + "/"
                        + result.group().region().value() + "/"
                        + result.group().name().value(),
                result.outcome().text(),
                result.reason(),
                result.fromVersion(),
                result.toVersion());
    }

    /** Of {@code report.json}. */
    public static Row of(JsonNode row) {
        return new Row(
                row.path("account").asText() + "/" + row.path("region").asText() + "/"
                        + row.path("autoScalingGroupName").asText(),
                row.path("outcome").asText(),
                row.path("reason").asText(),
                row.path("fromVersion").asLong(),
                row.path("toVersion").asLong());
    }

    boolean isRefreshed() {
        return outcome.equals("refreshed");
    }

    boolean isRolledBack() {
        return outcome.equals("rolled-back");
    }

    /** How bad it is for the build: 0 is SUCCESS, 1 UNSTABLE, 2 FAILURE. */
    int weight() {
        return switch (outcome) {
            case "refreshed", "skipped" -> 0;
            case "failed" -> 2;
            default -> 1;
        };
    }
}
