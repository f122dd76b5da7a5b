package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The groups in scope that have no row yet: who is at work, and who waits for what. */
final class OpenGroups {

    private static final Comparator<RunReport.Open> ORDER = Comparator.comparing(RunReport.Open::atWork)
            .reversed()
            .thenComparing(RunReport.Open::opensAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(RunReport.Open::environment)
            .thenComparing(RunReport.Open::autoScalingGroupName);

    private final RunHistory history;
    private final Map<GroupKey, JournalEvent> lines = new HashMap<>();

    private OpenGroups(RunHistory history) {
        this.history = history;
        for (JournalEvent event : history.events()) {
            if (event.fact() instanceof JournalFact.GroupSaid said) {
                lines.put(said.group(), event);
            } else if (event.fact() instanceof JournalFact.GroupListed listed) {
                lines.put(listed.group(), event);
            }
        }
    }

    static List<RunReport.Open> of(RunHistory history) {
        OpenGroups open = new OpenGroups(history);
        return history.listed().stream()
                .filter(listed -> history.row(listed.group()).isEmpty())
                .map(open::open)
                .sorted(ORDER)
                .toList();
    }

    private RunReport.Open open(JournalFact.GroupListed listed) {
        GroupKey group = listed.group();
        Optional<RefreshRecord> begun = history.group(group).record();
        JournalEvent last = lines.get(group);
        JournalFact.GroupSaid said = last != null && last.fact() instanceof JournalFact.GroupSaid line ? line : null;
        return new RunReport.Open(
                group.account().value(),
                group.region().value(),
                group.name().value(),
                listed.environment(),
                listed.family(),
                listed.wave(),
                begun.isPresent(),
                (said == null ? "in scope" : said.line()) + (begun.isPresent() ? due(group) : ""),
                last == null ? Instant.EPOCH : last.at(),
                said == null ? null : said.until(),
                begun.isEmpty()
                        ? null
                        : history.lastSeen(group).map(OpenGroups::percent).orElse(0));
    }

    /** When it should be done, by the estimate that was made when it began. */
    private String due(GroupKey group) {
        return history.estimated(group)
                .map(event -> event.at().plusSeconds(((JournalFact.GroupEstimated) event.fact()).seconds()))
                .map(done -> "; should be done at " + done.truncatedTo(ChronoUnit.MINUTES))
                .orElse("");
    }

    private static int percent(JournalFact.GroupSeen look) {
        return look.desired() == 0 ? 0 : Math.min(100, 100 * look.updated() / look.desired());
    }
}
