package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;

/** A report as a JUnit file: one test case a group, which fails when somebody has to look at the group. */
public final class ReportJunit {

    private ReportJunit() {}

    /** The file; the same report gives the same bytes. */
    public static String of(RunReport report) {
        Markup xml = new Markup();
        long failures = report.groups().stream()
                .filter(row -> row.outcome().isTrouble())
                .count();
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"groups\" tests=\""
                + report.groups().size() + "\" failures=\"" + failures + "\">\n");
        report.groups().forEach(row -> testCase(xml, row));
        return xml.raw("</testsuite>\n").toString();
    }

    private static void testCase(Markup xml, RunReport.Row row) {
        xml.raw("  <testcase classname=\"")
                .text(row.account() + "." + row.region())
                .raw("\" name=\"")
                .text(row.autoScalingGroupName())
                .raw("\"");
        if (row.outcome().isTrouble()) {
            xml.raw("><failure message=\"")
                    .text(row.outcome().text() + ": " + row.reason())
                    .raw("\"/></testcase>\n");
        } else if (row.outcome() == GroupOutcome.SKIPPED) {
            xml.raw("><skipped message=\"").text(row.reason()).raw("\"/></testcase>\n");
        } else {
            xml.raw("/>\n");
        }
    }
}
