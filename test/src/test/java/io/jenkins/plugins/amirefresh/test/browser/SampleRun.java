package io.jenkins.plugins.amirefresh.test.browser;

import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.report.Measurements;
import io.jenkins.plugins.amirefresh.report.ReportHtml;
import io.jenkins.plugins.amirefresh.report.RunReport;
import io.jenkins.plugins.amirefresh.report.RunReports;
import io.jenkins.plugins.amirefresh.step.storage.JournalFile;
import io.jenkins.plugins.amirefresh.step.storage.JournalReading;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A run's record of any size, and the page made from nothing else. */
final class SampleRun {

    static final Instant START = Instant.parse("2026-11-22T17:00:00Z");
    private static final List<String> ENVIRONMENTS = List.of("dev", "qa", "stage", "prod");

    private final Path journal;
    private final List<JournalEvent> events = new ArrayList<>();

    SampleRun(Path journal) {
        this.journal = journal;
    }

    /** 1,500 groups of 40 teams in 100,000 events, not yet written. */
    static SampleRun large(Path journal) {
        SampleRun run = new SampleRun(journal);
        for (int i = 0; i < 1500; i++) {
            GroupOutcome outcome = i % 50 == 0 ? GroupOutcome.FAILED : GroupOutcome.REFRESHED;
            run.group(String.format("team-%02d-web-%04d", i % 40, i), i, outcome, 63);
        }
        return run;
    }

    /** A group that was refreshed, or that failed its test and was rolled back, with so many events on its way. */
    SampleRun group(String name, int number, GroupOutcome outcome, int lines) {
        GroupKey group = key(name);
        String environment = ENVIRONMENTS.get(number % ENVIRONMENTS.size());
        Instant start = START.plus(Duration.ofHours(2 + 6L * (number % ENVIRONMENTS.size())))
                .plusSeconds(number % 900);
        listed(name, number);
        add(START, new JournalFact.GroupSaid(group, "waiting for its window: next window " + start, null, start));
        add(
                start,
                new JournalFact.RefreshStarted(new RefreshRecord(
                        "weekly-7",
                        group,
                        new LaunchTemplateId("lt-0123456789abcdef0"),
                        new LaunchTemplateVersion(3),
                        new LaunchTemplateVersion(4),
                        new VersionReference.Latest(),
                        new LaunchTemplateVersion(3),
                        new Capacity(2, 6, 12))));
        for (int line = 0; line < lines; line++) {
            work(group, number, line, lines, start.plusSeconds(15L * line));
        }
        end(group, environment, outcome, start, start.plusSeconds(15L * lines));
        return this;
    }

    /** A group that is in scope and waits. */
    SampleRun listed(String name, int number) {
        String environment = ENVIRONMENTS.get(number % ENVIRONMENTS.size());
        add(START, new JournalFact.GroupListed(key(name), environment, "web", "wave " + environment, 4));
        return this;
    }

    private static GroupKey key(String name) {
        return GroupKey.parse("111111111111/eu-west-1/" + name);
    }

    private void work(GroupKey group, int number, int line, int lines, Instant at) {
        int updated = 6 * line / Math.max(1, lines);
        if (line % 3 == 0) {
            add(at, new JournalFact.GroupSeen(group, 2, 6, 12, 6 - updated, updated, line % 9 == 0 ? 5 : 6, 5));
        } else if (line % 3 == 1) {
            String instance = String.format("i-%017x", 1000L * number + line);
            add(
                    at,
                    new JournalFact.GroupSaid(
                            group,
                            "replacing " + instance + ", " + updated + " of 6 are new, 5 stay in service",
                            List.of("termination of " + instance),
                            null));
        } else {
            add(at, call(group, String.format("%08x-0000-4000-8000-%012x", number, line)));
        }
    }

    private static JournalFact call(GroupKey group, String requestId) {
        return new JournalFact.CallMade(
                group.account(),
                group.region(),
                "SetDesiredCapacity",
                group.name().value(),
                requestId,
                null);
    }

    private void end(GroupKey group, String environment, GroupOutcome outcome, Instant start, Instant end) {
        boolean passed = outcome == GroupOutcome.REFRESHED;
        SmokeTestVerdict verdict = passed ? SmokeTestVerdict.PASSED : SmokeTestVerdict.FAILED;
        add(
                end,
                new JournalFact.GroupTested(
                        group,
                        verdict,
                        List.of(new CheckResult(
                                "http /health",
                                "i-00000000000000001",
                                verdict,
                                passed ? "answered 200" : "answered 500, expected 200: <b>oops</b>",
                                1,
                                Duration.ofSeconds(1))),
                        null));
        add(
                end,
                new JournalFact.GroupEnded(new GroupResult(
                        group,
                        environment,
                        "web",
                        "rolling",
                        outcome,
                        passed ? "all instances healthy on version 4" : "smoke test failed: answered 500",
                        3,
                        4,
                        start,
                        start,
                        end,
                        5)));
    }

    private void add(Instant at, JournalFact fact) {
        events.add(new JournalEvent("k" + events.size(), at, "recycleAsgs", fact));
    }

    int size() {
        return events.size();
    }

    /** Writes the record. */
    SampleRun write() {
        JournalFile.open(journal).appendAll(events);
        return this;
    }

    /** The whole page, from the file alone. */
    static String page(Path journal) {
        JournalReading reading = JournalReading.of(journal);
        RunHistory history = RunHistory.of(reading.events());
        return ReportHtml.of(report(history, reading, false), history);
    }

    /** What a page of somebody else's shows of a run that goes on. */
    static String part(Path journal, boolean isRunning) {
        JournalReading reading = JournalReading.of(journal);
        RunHistory history = RunHistory.of(reading.events());
        return ReportHtml.part(report(history, reading, isRunning), history, "part");
    }

    private static RunReport report(RunHistory history, JournalReading reading, boolean isRunning) {
        RunReport.Run run = new RunReport.Run("weekly-7", "fleet/weekly", 7, "", "Started by timer");
        Instant end = START.plus(Duration.ofHours(30));
        BuildStatus status =
                new BuildStatus(isRunning ? "" : history.verdict().word().name(), "");
        RunReport report = isRunning
                ? RunReports.soFar(run, status, START, end, history, Measurements.NONE)
                : RunReports.of(run, status, START, end, history, Measurements.NONE);
        return report.madeFrom(reading.forReport());
    }
}
