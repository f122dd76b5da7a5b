package io.jenkins.plugins.amirefresh.journal;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a plan says of a group.
 *
 * @param wave its wave, empty where the step has none
 * @param decision {@link #REFRESH}, else the word of the row it would have
 * @param strategy how, empty when it is not to be refreshed
 * @param fromVersion what it runs, 0 when it is not to be refreshed
 * @param min its minimum size, 0 when it is not to be refreshed
 * @param batch instances replaced together
 * @param floor healthy capacity that is kept
 * @param windows when it may be changed, in its team's zone; empty when that is not asked
 * @param windowStart when its window opened or opens, in UTC
 * @param reason why so, and what "healthy" will mean
 * @param estimateSeconds how long it should take; 0 when it is not to be refreshed
 * @param estimateBasis where that number comes from; null as there, and in records of older versions
 * @param fits it should be done before that window closes; null without a window
 */
public record PlannedGroup(
        GroupKey group,
        String environment,
        String family,
        String wave,
        String decision,
        String strategy,
        long fromVersion,
        long toVersion,
        int min,
        int max,
        int batch,
        int floor,
        String windows,
        @Nullable Instant windowStart,
        String reason,
        long estimateSeconds,
        @Nullable String estimateBasis,
        @Nullable Boolean fits) {

    /** The decision to refresh a group. */
    public static final String REFRESH = "refresh";

    /** The same with how long it should take. */
    public PlannedGroup with(Duration estimate, String basis, @Nullable Boolean newFits) {
        return new PlannedGroup(
                group,
                environment,
                family,
                wave,
                decision,
                strategy,
                fromVersion,
                toVersion,
                min,
                max,
                batch,
                floor,
                windows,
                windowStart,
                reason,
                estimate.toSeconds(),
                basis,
                newFits);
    }

    /** The group is to be refreshed. */
    public boolean isToBeRefreshed() {
        return decision.equals(REFRESH);
    }

    /** What somebody agrees to who agrees to the plan; desired capacity is not among it, since it comes and goes with load. */
    private Map<String, String> agreed() {
        Map<String, String> agreed = new LinkedHashMap<>();
        agreed.put("decision", decision);
        if (isToBeRefreshed()) {
            agreed.put("strategy", strategy);
            agreed.put("version it runs", String.valueOf(fromVersion));
            agreed.put("version it is brought to", String.valueOf(toVersion));
            agreed.put("minimum size", String.valueOf(min));
            agreed.put("maximum size", String.valueOf(max));
            agreed.put("wave", wave);
            agreed.put("windows", windows);
        }
        return agreed;
    }

    /** One line from which the plan's hash is made. */
    public String line() {
        return group + " " + agreed();
    }

    /** What is different now, such as {@code maximum size 4, was 8}; empty when nothing is that was agreed to. */
    public List<String> changesTo(PlannedGroup now) {
        List<String> changes = new ArrayList<>();
        Map<String, String> present = now.agreed();
        agreed().forEach((name, before) -> {
            String after = present.getOrDefault(name, before);
            if (!after.equals(before)) {
                changes.add(name + " " + (after.isEmpty() ? "none" : after) + ", was "
                        + (before.isEmpty() ? "none" : before));
            }
        });
        return changes;
    }
}
