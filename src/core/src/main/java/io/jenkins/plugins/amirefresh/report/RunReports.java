package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes a report from the run's record. */
public final class RunReports {

    private static final Comparator<RunReport.Row> ORDER = Comparator.comparing(
                    RunReport.Row::windowStart, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(RunReport.Row::startedAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(RunReport.Row::environment)
            .thenComparing(row -> row.key());

    private final List<JournalEvent> events;
    private final Measurements measurements;

    private RunReports(List<JournalEvent> events, Measurements measurements) {
        this.events = events;
        this.measurements = measurements;
    }

    /**
     * The report of a run up to now.
     *
     * @param result the build's result where the host knows it, else {@link #resultOf} of its own rows
     */
    public static RunReport of(
            RunReport.Run run,
            String result,
            Instant startedAt,
            Instant endedAt,
            List<JournalEvent> events,
            Measurements measurements) {
        RunReports reports = new RunReports(events, measurements);
        return new RunReport(
                RunReport.SCHEMA_VERSION,
                result,
                startedAt,
                endedAt,
                reports.images(),
                reports.rows(endedAt),
                measurements.calls(),
                run,
                reports.templates());
    }

    /**
     * What the groups of a run make of its result: FAILURE when one is left broken, UNSTABLE when one was rolled back or may
     * not be changed, else SUCCESS.
     */
    public static String resultOf(List<JournalEvent> events) {
        var outcomes = results(events).stream().map(GroupResult::outcome).toList();
        if (outcomes.contains(GroupOutcome.FAILED)) {
            return "FAILURE";
        }
        return outcomes.contains(GroupOutcome.ROLLED_BACK) || outcomes.contains(GroupOutcome.REFUSED)
                ? "UNSTABLE"
                : "SUCCESS";
    }

    /**
     * The last row of each group, in the order in which groups first ended. A group that stands after its canary stands there
     * until something was changed again.
     */
    public static Map<GroupKey, GroupResult> lastResults(List<JournalEvent> events) {
        Map<GroupKey, GroupResult> last = new LinkedHashMap<>();
        for (JournalEvent event : events) {
            if (event.fact() instanceof JournalFact.GroupEnded ended) {
                last.merge(ended.result().group(), ended.result(), RunReports::later);
            }
        }
        return last;
    }

    /** A canary that nobody went on with is half a refresh, which nobody may take for a good end. */
    private static List<GroupResult> results(List<JournalEvent> events) {
        return lastResults(events).values().stream()
                .map(result -> result.outcome() == GroupOutcome.PAUSED ? leftAfterCanary(result) : result)
                .toList();
    }

    private static GroupResult leftAfterCanary(GroupResult result) {
        return new GroupResult(
                result.group(),
                result.environment(),
                result.family(),
                result.strategy(),
                GroupOutcome.FAILED,
                "left after its canary: " + result.reason() + "; go on with recycleAsgs or back with rollbackAsgs",
                result.fromVersion(),
                result.toVersion(),
                result.windowStart(),
                result.startedAt(),
                result.endedAt(),
                result.floor());
    }

    private static GroupResult later(GroupResult earlier, GroupResult later) {
        boolean changedNothing = later.outcome() == GroupOutcome.SKIPPED || later.outcome() == GroupOutcome.REFUSED;
        return earlier.outcome() == GroupOutcome.PAUSED && changedNothing ? earlier : later;
    }

    private List<RunReport.Row> rows(Instant endedAt) {
        Map<GroupKey, List<RunReport.Moment>> moments = moments();
        Map<GroupKey, JournalFact.GroupTested> tests = tests();
        Map<GroupKey, Instant> firstStarts = firstStarts();
        return results(events).stream()
                .map(result -> row(
                        result,
                        tests.get(result.group()),
                        moments.getOrDefault(result.group(), List.of()),
                        firstStarts.get(result.group()),
                        endedAt))
                .sorted(ORDER)
                .toList();
    }

    private RunReport.Row row(
            GroupResult result,
            JournalFact.@Nullable GroupTested tested,
            List<RunReport.Moment> moments,
            @Nullable Instant firstStart,
            Instant endedAt) {
        Instant startedAt = firstStart == null ? result.startedAt() : firstStart;
        SmokeTestVerdict verdict = tested == null ? null : tested.verdict();
        List<CheckResult> checks = tested == null ? List.of() : tested.checks();
        return new RunReport.Row(
                result.group().account().value(),
                result.group().region().value(),
                result.group().name().value(),
                result.environment(),
                result.family(),
                result.strategy(),
                result.outcome(),
                result.reason(),
                result.fromVersion(),
                result.toVersion(),
                result.windowStart(),
                startedAt,
                result.endedAt(),
                result.floor(),
                lowestHealthy(result, startedAt, endedAt),
                verdict,
                checks,
                moments);
    }

    private @Nullable Integer lowestHealthy(GroupResult result, @Nullable Instant startedAt, Instant endedAt) {
        if (startedAt == null) {
            return null;
        }
        Instant end = result.endedAt() == null ? endedAt : result.endedAt();
        OptionalInt lowest = measurements.lowestHealthy(result.group(), startedAt, end);
        return lowest.isPresent() ? lowest.getAsInt() : null;
    }

    // A rollback is a second start of the same group: its row still begins where the first change did.
    private Map<GroupKey, Instant> firstStarts() {
        Map<GroupKey, Instant> starts = new HashMap<>();
        for (JournalEvent event : events) {
            if (event.fact() instanceof JournalFact.RefreshStarted started) {
                starts.putIfAbsent(started.record().group(), event.at());
            }
        }
        return starts;
    }

    private Map<GroupKey, JournalFact.GroupTested> tests() {
        Map<GroupKey, JournalFact.GroupTested> tests = new HashMap<>();
        for (JournalEvent event : events) {
            if (event.fact() instanceof JournalFact.GroupTested tested) {
                tests.put(tested.group(), tested);
            }
        }
        return tests;
    }

    private Map<GroupKey, List<RunReport.Moment>> moments() {
        Map<GroupKey, List<RunReport.Moment>> moments = new HashMap<>();
        for (JournalEvent event : events) {
            if (event.fact() instanceof JournalFact.RefreshStarted started) {
                note(moments, started.record().group(), event, "started");
            } else if (event.fact() instanceof JournalFact.GroupEnded ended) {
                note(
                        moments,
                        ended.result().group(),
                        event,
                        ended.result().outcome().text());
            } else if (event.fact() instanceof JournalFact.GroupTested tested) {
                note(
                        moments,
                        tested.group(),
                        event,
                        "tests " + tested.verdict().name().toLowerCase(Locale.ROOT));
            } else if (event.fact() instanceof JournalFact.GroupPinned pinned) {
                note(moments, pinned.group(), event, "pinned to version " + pinned.to());
            }
        }
        return moments;
    }

    private static void note(
            Map<GroupKey, List<RunReport.Moment>> moments, GroupKey group, JournalEvent event, String what) {
        moments.computeIfAbsent(group, key -> new ArrayList<>()).add(new RunReport.Moment(event.at(), what));
    }

    private List<RunReport.Image> images() {
        Map<AmiId, String> bad = new HashMap<>();
        for (JournalEvent event : events) {
            if (event.fact() instanceof JournalFact.AmiMarkedBad marked) {
                bad.putIfAbsent(marked.ami(), marked.reason());
            }
        }
        List<RunReport.Image> images = new ArrayList<>();
        for (JournalEvent event : events) {
            if (event.fact() instanceof JournalFact.AmiBuilt built) {
                built.amis()
                        .forEach(ami -> images.add(new RunReport.Image(
                                built.family(),
                                ami.region(),
                                ami.architecture(),
                                ami.ami(),
                                built.reused(),
                                bad.getOrDefault(ami.ami(), ""))));
            }
        }
        return images;
    }

    private List<RunReport.Template> templates() {
        List<RunReport.Template> templates = new ArrayList<>();
        for (JournalEvent event : events) {
            if (event.fact() instanceof JournalFact.TemplateUpdated updated) {
                templates.add(new RunReport.Template(
                        updated.account().value(),
                        updated.region().value(),
                        updated.template().value(),
                        updated.name().value(),
                        updated.family().value(),
                        updated.from().number(),
                        updated.to().number(),
                        updated.ami(),
                        updated.changed(),
                        updated.why()));
            }
        }
        return templates;
    }
}
