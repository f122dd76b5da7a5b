package io.jenkins.plugins.amirefresh.step.report;

import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.RunVerdict;
import io.jenkins.plugins.amirefresh.report.ConsoleTable;
import io.jenkins.plugins.amirefresh.report.ReportHtml;
import io.jenkins.plugins.amirefresh.report.ReportJson;
import io.jenkins.plugins.amirefresh.report.ReportJunit;
import io.jenkins.plugins.amirefresh.report.ReportMetrics;
import io.jenkins.plugins.amirefresh.report.RunReport;
import io.jenkins.plugins.amirefresh.report.RunReports;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.Progress.BuildVerdict;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the report in one tick; reads nothing from AWS. */
final class RefreshReportOperation implements StepOperation {

    private static final String JSON = "report.json";
    private static final String HTML = "report.html";

    private final String directory;
    private final boolean setsResult;

    RefreshReportOperation(String directory, boolean setsResult) {
        this.directory = directory;
        this.setsResult = setsResult;
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        RunHistory history = host.journal().history();
        RunVerdict verdict = history.verdict().noBetterThan(host.buildStatus());
        String result = verdict.word().name();
        RunIdentity run = host.run();
        RunReport report = RunReports.running(
                new RunReport.Run(run.id(), run.jobName(), run.buildNumber(), run.buildUrl(), run.cause()),
                host.buildStatus(),
                run.startedAt(),
                host.clock().instant(),
                history,
                host.measurements());
        ConsoleTable.of(report).forEach(host::log);
        history.pinnedAside(host.buildStatus())
                .forEach((group, pin) -> host.log(GroupNames.withPlace(group) + ": not of this run's steps, " + pin));
        history.unreadable()
                .forEach((place, why) -> host.log("refreshReport: " + place + " could not be read: " + why));
        host.log("refreshReport: " + verdict);
        write(host, JSON, ReportJson.of(report));
        write(host, HTML, ReportHtml.of(report, history));
        putInWorkspace(host, "junit.xml", ReportJunit.of(report));
        putInWorkspace(host, "metrics.prom", ReportMetrics.of(report));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", result);
        answer.put("reason", verdict.reason());
        report.counts().forEach((outcome, count) -> answer.put(key(outcome.text()), count.intValue()));
        answer.put("groups", report.groups().stream().map(Rows::of).toList());
        return new Progress.Done(state, answer, buildVerdict(history.verdict().word()));
    }

    private void write(StepHost host, String name, String text) {
        host.keep(name, text);
        putInWorkspace(host, name, text);
    }

    private void putInWorkspace(StepHost host, String name, String text) {
        if (!directory.isEmpty() && host.workspace().isPresent()) {
            host.workspace().write(directory + "/" + name, text);
        }
    }

    // rolled-back would need quotes in Groovy.
    private static String key(String outcome) {
        return outcome.equals("rolled-back") ? "rolledBack" : outcome;
    }

    private BuildVerdict buildVerdict(RunVerdict.Word word) {
        if (!setsResult) {
            return BuildVerdict.NONE;
        }
        return switch (word) {
            case FAILURE -> BuildVerdict.FAILURE;
            case UNSTABLE -> BuildVerdict.UNSTABLE;
            case SUCCESS, NOT_BUILT, ABORTED -> BuildVerdict.NONE;
        };
    }

    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        return new Progress.Failed(state, "stopped before the report was written");
    }

    @Override
    public String describe(StepState state) {
        return "writing the report";
    }
}
