package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.GroupHistory;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.RunVerdict;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes a report from the run's record. */
public final class RunReports {

    private static final Comparator<RunReport.Row> ORDER = Comparator.comparing(
                    RunReport.Row::windowStart, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(RunReport.Row::startedAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(RunReport.Row::environment)
            .thenComparing(row -> row.key());

    private final RunHistory history;
    private final Measurements measurements;

    private RunReports(RunHistory history, Measurements measurements) {
        this.history = history;
        this.measurements = measurements;
    }

    /** The report of a build that has ended: with a row for each group that none of its steps named. */
    public static RunReport of(
            RunReport.Run run,
            BuildStatus build,
            Instant startedAt,
            Instant endedAt,
            RunHistory history,
            Measurements measurements) {
        RunVerdict verdict = history.verdict().noBetterThan(build);
        String result = build.result().isEmpty() ? RunVerdict.Word.SUCCESS.name() : build.result();
        return new RunReports(history, measurements)
                .report(run, result, startedAt, endedAt, history.finalRows(build), verdict);
    }

    /** The same while the build still runs, although no step comes any more that names a group. */
    public static RunReport running(
            RunReport.Run run,
            BuildStatus build,
            Instant startedAt,
            Instant now,
            RunHistory history,
            Measurements measurements) {
        RunVerdict verdict = history.verdict().noBetterThan(build);
        return new RunReports(history, measurements)
                .report(run, RunReport.RUNNING, startedAt, now, history.finalRows(build), verdict);
    }

    /** The report of a run that goes on, in which a later step may still name what no step has named yet. */
    public static RunReport soFar(
            RunReport.Run run,
            BuildStatus build,
            Instant startedAt,
            Instant now,
            RunHistory history,
            Measurements measurements) {
        RunVerdict verdict = history.verdictSoFar().noBetterThan(build);
        return new RunReports(history, measurements)
                .report(run, RunReport.RUNNING, startedAt, now, history.rows(), verdict);
    }

    private RunReport report(
            RunReport.Run run,
            String result,
            Instant startedAt,
            Instant endedAt,
            List<GroupResult> results,
            RunVerdict verdict) {
        return new RunReport(
                RunReport.SCHEMA_VERSION,
                result,
                startedAt,
                endedAt,
                images(),
                rows(results, endedAt),
                calls(),
                run,
                templates(),
                history.unreadable().entrySet().stream()
                        .map(one -> new RunReport.Unreadable(one.getKey(), one.getValue()))
                        .toList(),
                verdict.toString(),
                others(),
                history.deeds(),
                OpenGroups.of(history),
                RunReport.Reading.UNKNOWN);
    }

    private List<RunReport.Work> others() {
        return history.facts(JournalFact.WorkDone.class).stream()
                .map(work -> new RunReport.Work(work.step(), work.summary(), work.rows()))
                .toList();
    }

    private List<RunReport.Row> rows(List<GroupResult> results, Instant endedAt) {
        return results.stream()
                .map(this::told)
                .map(result -> row(result, history.group(result.group()), endedAt))
                .sorted(ORDER)
                .toList();
    }

    private GroupResult told(GroupResult result) {
        return switch (result.outcome()) {
            case PAUSED ->
                leftOnBad(result.withReason("left after its canary: " + result.reason()
                        + "; go on with recycleAsgs or back with rollbackAsgs"));
            case REFRESHED -> launchesBad(result);
            case FAILED, UNFINISHED -> foundBad(leftOnBad(result));
            case ROLLED_BACK -> foundBad(result);
            default -> result;
        };
    }

    /** What it was left half-way with failed in another group since: to go on, as its row says, would spread it. */
    private GroupResult leftOnBad(GroupResult result) {
        return history.group(result.group())
                .left()
                .filter(left -> isMarkedByAnother(left.image(), result.group()))
                .flatMap(left -> history.badReason(left.image())
                        .map(why -> result.withReason(result.reason() + left.markedBad(why))))
                .orElse(result);
    }

    /** What its own failure does not say of its image another group's did: one fault, one word on the image. */
    private GroupResult foundBad(GroupResult result) {
        String reason = result.reason();
        return !reason.contains("inconclusive") || reason.contains("is marked bad since")
                ? result
                : history.group(result.group())
                        .record()
                        .flatMap(this::image)
                        .filter(ami -> isMarkedByAnother(ami, result.group()))
                        .flatMap(ami -> history.badReason(ami)
                                .map(why -> result.withReason(reason + "; its image " + ami
                                        + " is marked bad all the same, as another group failed with it: " + why)))
                        .orElse(result);
    }

    private boolean isMarkedByAnother(AmiId ami, GroupKey group) {
        return history.facts(JournalFact.AmiMarkedBad.class).stream()
                .filter(mark -> mark.ami().equals(ami))
                .noneMatch(mark -> mark.group().equals(group));
    }

    /** What failed in another group since is what this one launches, also when it has no instance that could have failed. */
    private GroupResult launchesBad(GroupResult result) {
        return history.group(result.group())
                .record()
                .flatMap(this::image)
                .flatMap(ami -> history.badReason(ami)
                        .map(why -> result.withReason(result.reason() + "; its image " + ami
                                + " is marked bad since and is what it launches next, rollbackAsgs brings it back: "
                                + why)))
                .orElse(result);
    }

    private Optional<AmiId> image(RefreshRecord record) {
        return history.facts(JournalFact.TemplateUpdated.class).stream()
                .filter(updated -> updated.account().equals(record.group().account())
                        && updated.region().equals(record.group().region())
                        && updated.template().equals(record.template())
                        && updated.to().equals(record.to()))
                .map(JournalFact.TemplateUpdated::ami)
                .reduce((earlier, later) -> later);
    }

    private RunReport.Row row(GroupResult result, GroupHistory group, Instant endedAt) {
        // A rollback is a second start of the same group: its row still begins where the first change did.
        Instant first = group.firstStart().orElse(null);
        Instant startedAt = first == null ? result.startedAt() : first;
        SmokeTestVerdict verdict =
                group.test().map(JournalFact.GroupTested::verdict).orElse(null);
        List<CheckResult> checks =
                group.test().map(JournalFact.GroupTested::checks).orElse(List.of());
        Optional<JournalFact.GroupEstimated> estimate =
                history.estimated(result.group()).map(event -> (JournalFact.GroupEstimated) event.fact());
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
                group.moments(),
                history.listed(result.group())
                        .map(JournalFact.GroupListed::wave)
                        .orElse(""),
                group.record().map(RefreshRecord::ami).orElse(null),
                group.record().flatMap(this::image).orElse(null),
                estimate.map(JournalFact.GroupEstimated::seconds).orElse(null),
                estimate.map(JournalFact.GroupEstimated::basis).orElse(""));
    }

    /** A host that counts no reads still knows its changes. */
    private Measurements.Calls calls() {
        Measurements.Calls counted = measurements.calls();
        return counted.total() > 0
                ? counted
                : new Measurements.Calls(
                        0, history.facts(JournalFact.CallMade.class).size());
    }

    private @Nullable Integer lowestHealthy(GroupResult result, @Nullable Instant startedAt, Instant endedAt) {
        if (startedAt == null) {
            return null;
        }
        Instant end = result.endedAt() == null ? endedAt : result.endedAt();
        OptionalInt lowest = measurements.lowestHealthy(result.group(), startedAt, end);
        if (lowest.isPresent()) {
            return lowest.getAsInt();
        }
        OptionalInt seen = history.lowestSeen(result.group());
        return seen.isPresent() ? seen.getAsInt() : null;
    }

    private List<RunReport.Image> images() {
        List<RunReport.Image> images = new ArrayList<>();
        for (JournalFact.AmiBuilt built : history.facts(JournalFact.AmiBuilt.class)) {
            built.amis()
                    .forEach(ami -> images.add(new RunReport.Image(
                            built.family(),
                            ami.region(),
                            ami.architecture(),
                            ami.ami(),
                            built.reused(),
                            history.badReason(ami.ami()).orElse(""))));
        }
        return images;
    }

    private List<RunReport.Template> templates() {
        return history.facts(JournalFact.TemplateUpdated.class).stream()
                .map(updated -> new RunReport.Template(
                        updated.account().value(),
                        updated.region().value(),
                        updated.template().value(),
                        updated.name().value(),
                        updated.family().value(),
                        updated.from().number(),
                        updated.to().number(),
                        updated.ami(),
                        updated.changed(),
                        updated.why()))
                .toList();
    }
}
