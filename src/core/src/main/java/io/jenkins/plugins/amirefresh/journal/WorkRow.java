package io.jenkins.plugins.amirefresh.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a service, an instance or a group by what a step did beside the refresh of groups.
 *
 * @param kind {@code service}, {@code instance} or {@code autoScalingGroup}
 * @param before of a service, what it was, in the words of the step's answer; null of others and where nobody could look
 * @param after what it is then; null likewise
 */
public record WorkRow(
        String account,
        String region,
        String kind,
        String name,
        String outcome,
        String reason,
        @Nullable Map<String, Object> before,
        @Nullable Map<String, Object> after) {

    private static final Set<String> TROUBLE = Set.of("failed", "held", "refused", "rolled-back", "too-old");

    /** Of something that has no answer of its own. */
    public WorkRow(String account, String region, String kind, String name, String outcome, String reason) {
        this(account, region, kind, name, outcome, reason, null, null);
    }

    /** What is another than before, by member: {@code serviceImage: nginx:1 to nginx:2}. */
    public List<String> changes() {
        Map<String, Object> was = before;
        Map<String, Object> is = after;
        if (was == null || is == null) {
            return List.of();
        }
        return is.entrySet().stream()
                .filter(member -> !member.getValue().equals(was.get(member.getKey())))
                .map(member ->
                        member.getKey() + ": " + text(was.get(member.getKey())) + " to " + text(member.getValue()))
                .toList();
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> tags) {
            return tags.stream()
                    .map(tag -> tag instanceof Map<?, ?> pair ? pair.get("key") + "=" + pair.get("value") : "" + tag)
                    .collect(Collectors.joining(" ", "[", "]"));
        }
        return value == null || value.toString().isEmpty() ? "none" : value.toString();
    }

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
