package io.jenkins.plugins.amirefresh.runner.rehearsal;

import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.report.ReportHtml;
import io.jenkins.plugins.amirefresh.report.ReportJson;
import io.jenkins.plugins.amirefresh.report.RunReport;
import io.jenkins.plugins.amirefresh.report.RunReports;
import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.world.World;
import io.jenkins.plugins.amirefresh.runner.world.WorldMeasurements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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
                        build.settings().jobName() + "-" + build.settings().number(),
                        build.settings().jobName(),
                        build.settings().number(),
                        "",
                        "rehearsal"),
                status,
                build.startedAt(),
                build.startedAt().plus(build.duration()),
                history,
                new WorldMeasurements(world));
        Files.writeString(out.resolve("report.json"), ReportJson.of(report));
        Files.writeString(out.resolve("report.html"), ReportHtml.of(report));
        Files.writeString(out.resolve("junit.xml"), junit(history.finalRows(status)));
    }

    private void touch(String name) throws IOException {
        if (!Files.exists(out.resolve(name))) {
            Files.createFile(out.resolve(name));
        }
    }

    /** One test case a group: it fails when somebody has to look at the group. */
    private static String junit(Collection<GroupResult> results) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        long failures = results.stream().filter(r -> isFailure(r.outcome())).count();
        xml.append("<testsuite name=\"groups\" tests=\"")
                .append(results.size())
                .append("\" failures=\"")
                .append(failures)
                .append("\">\n");
        for (GroupResult result : results) {
            xml.append("  <testcase classname=\"")
                    .append(escape(
                            result.group().account() + "." + result.group().region()))
                    .append("\" name=\"")
                    .append(escape(result.group().name().value()))
                    .append('"');
            if (isFailure(result.outcome())) {
                xml.append("><failure message=\"")
                        .append(escape(result.outcome().text() + ": " + result.reason()))
                        .append("\"/></testcase>\n");
            } else if (result.outcome() == GroupOutcome.SKIPPED) {
                xml.append("><skipped message=\"")
                        .append(escape(result.reason()))
                        .append("\"/></testcase>\n");
            } else {
                xml.append("/>\n");
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static boolean isFailure(GroupOutcome outcome) {
        return outcome.isTrouble();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
