package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.WorkRow;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run in a line or two.
 *
 * @param counts {@code 18 refreshed, 1 rolled back}, or that nothing was to do
 * @param trouble each group that is not on the new version although it should be or that no step named, with the
 *     reason, each service, instance and schedule that is not as it should be, and each place that could not be read
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
        Stream<String> others = history.othersTrouble().stream().map(WorkRow::told);
        boolean didOther = !history.facts(JournalFact.WorkDone.class).isEmpty();
        String groups = counts.isEmpty() && !didOther ? "no group was looked at" : counts;
        return new RunNews(
                Stream.of(groups, history.deeds())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; ")),
                Stream.of(rows, others, unreadable).flatMap(Function.identity()).toList(),
                results.stream().anyMatch(result -> result.outcome() == GroupOutcome.FAILED));
    }
}
