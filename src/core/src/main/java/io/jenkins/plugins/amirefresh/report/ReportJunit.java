package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.WorkRow;
import java.util.List;

/**
 * A report as a JUnit file: one test case a group, and one a service, instance and schedule that was changed or needs a look,
 * which fails when somebody has to look at it.
 */
public final class ReportJunit {

    private ReportJunit() {}

    /** The file; the same report gives the same bytes. */
    public static String of(RunReport report) {
        Markup xml = new Markup();
        long failures = report.groups().stream()
                .filter(row -> row.outcome().isTrouble())
                .count();
        List<WorkRow> others = report.lastOthers();
        failures += report.othersTrouble().size();
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"groups\" tests=\""
                + (report.groups().size() + others.size()) + "\" failures=\"" + failures + "\">\n");
        report.groups().forEach(row -> testCase(xml, row));
        others.forEach(row -> testCase(xml, row));
        return xml.raw("</testsuite>\n").toString();
    }

    private static void testCase(Markup xml, RunReport.Row row) {
        named(xml, row.account() + "." + row.region(), row.autoScalingGroupName());
        if (row.outcome().isTrouble()) {
            failed(xml, row.outcome().text() + ": " + row.reason());
        } else if (row.outcome() == GroupOutcome.SKIPPED) {
            xml.raw("><skipped message=\"").text(row.reason()).raw("\"/></testcase>\n");
        } else {
            xml.raw("/>\n");
        }
    }

    private static void testCase(Markup xml, WorkRow row) {
        named(xml, row.account() + "." + row.region() + "." + row.kind(), row.name());
        if (row.needsLook()) {
            failed(xml, row.outcome() + ": " + row.reason());
        } else {
            xml.raw("/>\n");
        }
    }

    private static void named(Markup xml, String className, String name) {
        xml.raw("  <testcase classname=\"")
                .text(className)
                .raw("\" name=\"")
                .text(name)
                .raw("\"");
    }

    private static void failed(Markup xml, String message) {
        xml.raw("><failure message=\"").text(message).raw("\"/></testcase>\n");
    }
}
