package io.jenkins.plugins.amirefresh.step.report;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.report.ConsoleTable;
import io.jenkins.plugins.amirefresh.report.ReportHtml;
import io.jenkins.plugins.amirefresh.report.ReportJson;
import io.jenkins.plugins.amirefresh.report.RunReport;
import io.jenkins.plugins.amirefresh.report.RunReports;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.Progress.BuildVerdict;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import java.util.LinkedHashMap;
import java.util.List;
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
        List<JournalEvent> events = host.journal().events();
        RunIdentity run = host.run();
        String result = RunReports.resultOf(events);
        RunReport report = RunReports.of(
                new RunReport.Run(run.id(), run.jobName(), run.buildNumber(), run.buildUrl(), run.cause()),
                result,
                run.startedAt(),
                host.clock().instant(),
                events,
                host.measurements());
        ConsoleTable.of(report).forEach(host::log);
        write(host, JSON, ReportJson.of(report));
        write(host, HTML, ReportHtml.of(report));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", result);
        report.counts().forEach((outcome, count) -> answer.put(key(outcome.text()), count.intValue()));
        answer.put("groups", report.groups().stream().map(Rows::of).toList());
        return new Progress.Done(state, answer, verdict(result));
    }

    private void write(StepHost host, String name, String text) {
        host.keep(name, text);
        if (!directory.isEmpty() && host.workspace().isPresent()) {
            host.workspace().write(directory + "/" + name, text);
        }
    }

    // rolled-back would need quotes in Groovy.
    private static String key(String outcome) {
        return outcome.equals("rolled-back") ? "rolledBack" : outcome;
    }

    private BuildVerdict verdict(String result) {
        if (!setsResult) {
            return BuildVerdict.NONE;
        }
        return switch (result) {
            case "FAILURE" -> BuildVerdict.FAILURE;
            case "UNSTABLE" -> BuildVerdict.UNSTABLE;
            default -> BuildVerdict.NONE;
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
