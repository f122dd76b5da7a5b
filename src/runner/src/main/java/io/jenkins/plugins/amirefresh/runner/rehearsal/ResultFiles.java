package io.jenkins.plugins.amirefresh.runner.rehearsal;

import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.report.ReportHtml;
import io.jenkins.plugins.amirefresh.report.ReportJson;
import io.jenkins.plugins.amirefresh.report.ReportJunit;
import io.jenkins.plugins.amirefresh.report.ReportMetrics;
import io.jenkins.plugins.amirefresh.report.RunReport;
import io.jenkins.plugins.amirefresh.report.RunReports;
import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.world.World;
import io.jenkins.plugins.amirefresh.runner.world.WorldMeasurements;
import io.jenkins.plugins.amirefresh.step.storage.JournalReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the files a rehearsal leaves. */
final class ResultFiles {
    private final Path out;

    ResultFiles(Path out) {
        this.out = out;
    }

    void write(Build build, World world, List<JournalEvent> events) throws IOException {
        touch("journal.jsonl");
        touch("slack.jsonl");
        Files.writeString(out.resolve("calls.json"), world.calls().toPrettyString() + "\n");
        Files.writeString(out.resolve("fleet.json"), world.fleet().toPrettyString() + "\n");
        RunHistory history = RunHistory.of(events);
        BuildStatus status = new BuildStatus(build.currentResult().name(), build.lastFailure());
        RunReport report = RunReports.of(
                        new RunReport.Run(
                                build.settings().jobName() + "-"
                                        + build.settings().number(),
                                build.settings().jobName(),
                                build.settings().number(),
                                "",
                                "rehearsal"),
                        status,
                        build.startedAt(),
                        build.startedAt().plus(build.duration()),
                        history,
                        new WorldMeasurements(world))
                .madeFrom(JournalReading.of(out.resolve("journal.jsonl")).forReport());
        Files.writeString(out.resolve("report.json"), ReportJson.of(report));
        Files.writeString(out.resolve("report.html"), ReportHtml.of(report, history));
        Files.writeString(out.resolve("metrics.prom"), ReportMetrics.of(report));
        Files.writeString(out.resolve("junit.xml"), ReportJunit.of(report));
    }

    private void touch(String name) throws IOException {
        if (!Files.exists(out.resolve(name))) {
            Files.createFile(out.resolve(name));
        }
    }
}
