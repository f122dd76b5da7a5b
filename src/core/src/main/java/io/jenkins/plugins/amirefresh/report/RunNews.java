package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run in a line or two.
 *
 * @param counts {@code 18 refreshed, 1 rolled back}, or that nothing was to do
 * @param trouble each group that is not on the new version although it should be or that no step named, with the
 *     reason, and each place that could not be read
 */
public record RunNews(String counts, List<String> trouble, boolean isBroken) {

    /** Copies the list. */
    public RunNews {
        trouble = List.copyOf(trouble);
    }

    /** What the run's record says when no further step comes. */
    public static RunNews of(RunHistory history, BuildStatus build) {
        List<GroupResult> results = history.finalRows(build);
        List<GroupResult> ofSteps = history.rows();
        String counts = List.of(GroupOutcome.values()).stream()
                .filter(outcome -> results.stream().anyMatch(result -> result.outcome() == outcome))
                .map(outcome -> results.stream()
                                .filter(result -> result.outcome() == outcome)
                                .count()
                        + " " + outcome.words())
                .collect(Collectors.joining(", "));
        Stream<String> unreadable = history.unreadable().entrySet().stream()
                .map(place -> place.getKey() + " could not be read: " + place.getValue());
        Stream<String> rows = results.stream()
                .filter(result -> result.outcome().isTrouble() || !ofSteps.contains(result))
                .map(result -> result.group().name() + " in " + result.group().region() + " of "
                        + result.group().account() + " " + result.outcome().words() + ": " + result.reason());
        return new RunNews(
                counts.isEmpty() ? "no group was looked at" : counts,
                Stream.concat(rows, unreadable).toList(),
                results.stream().anyMatch(result -> result.outcome() == GroupOutcome.FAILED));
    }
}
