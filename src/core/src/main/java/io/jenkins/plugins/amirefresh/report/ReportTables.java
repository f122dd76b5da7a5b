package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tables of the page: groups, images, launch templates. */
final class ReportTables {

    /** How many checks that did not pass a row shows; the group's story has all. */
    private static final int SHOWN_CHECKS = 5;

    private final RunReport report;
    private final Markup page;

    ReportTables(RunReport report, Markup page) {
        this.report = report;
        this.page = page;
    }

    void write() {
        boolean isOfOthers = report.didOther() && report.open().isEmpty();
        if (report.groups().isEmpty() && !isOfOthers) {
            page.raw("<section><h2>Groups</h2><p>No group "
                    + (report.open().isEmpty() ? "was looked at" : "has ended yet") + ".</p></section>");
        } else if (!report.groups().isEmpty()) {
            begin(
                    "Groups",
                    "groups",
                    List.of("Group", "Outcome", "Environment", "Strategy", "Version", "Healthy", "When", "Reason"));
            report.groups().forEach(this::group);
            end();
        }
        if (!report.others().isEmpty()) {
            others();
        }
        if (!report.amis().isEmpty()) {
            begin("Images", "images", List.of("AMI", "Family", "Region", "Architecture", "State"));
            report.amis().forEach(this::image);
            end();
        }
        if (!report.templates().isEmpty()) {
            begin("Launch templates", "templates", List.of("Template", "Family", "Version", "AMI", "Why"));
            report.templates().forEach(this::template);
            end();
        }
    }

    private void others() {
        begin("Services and schedules", "others", List.of("Name", "Outcome", "Step", "What happened"));
        for (RunReport.Work work : report.others()) {
            work.rows().forEach(row -> {
                page.raw("<tr>");
                page.raw("<th scope=\"row\">")
                        .text(row.name())
                        .raw(" ")
                        .element("small", "", row.account() + " " + row.region())
                        .raw("</th>");
                page.raw("<td>")
                        .element("span", "class=\"pill " + row.outcome() + "\"", row.outcome())
                        .raw("</td>")
                        .element("td", "", work.step())
                        .raw("<td class=\"reason\">")
                        .text(row.reason());
                row.changes().forEach(change -> page.raw("<br>").element("small", "", change));
                page.raw("</td></tr>");
            });
            if (work.rows().size() != 1) {
                page.raw("<tr>").element("th", "scope=\"row\"", "all of it").raw("<td></td>");
                page.element("td", "", work.step())
                        .element("td", "class=\"reason\"", work.summary())
                        .raw("</tr>");
            }
        }
        end();
    }

    /** Who is at work, and who waits for what. */
    void open() {
        if (!report.open().isEmpty()) {
            begin(
                    report.isRunning() ? "Still to come" : "Never ended",
                    "open",
                    List.of("Group", "Environment", "Now", "Window opens", "Since", "In words"));
            report.open().forEach(this::open);
            end();
        }
    }

    private void open(RunReport.Open open) {
        page.raw("<tr>");
        named(
                open.autoScalingGroupName(),
                open.account() + " " + open.region() + (open.wave().isEmpty() ? "" : ", " + open.wave()),
                AwsConsole.group(open.region(), open.autoScalingGroupName()));
        page.element("td", "", open.environment()).raw("<td>");
        Integer percent = open.percent();
        if (open.atWork()) {
            page.element("span", "class=\"pill at-work\"", "at work")
                    .raw(" ")
                    .element("small", "", percent + "% on the new version");
        } else {
            page.element("span", "class=\"pill waiting\"", "waiting");
        }
        page.raw("</td>")
                .element("td", "class=\"number\"", Markup.minute(open.opensAt()))
                .element("td", "class=\"number\"", Markup.minute(open.since()))
                .element("td", "class=\"reason\"", open.line())
                .raw("</tr>");
    }

    private void begin(String title, String id, List<String> columns) {
        page.raw("<section aria-labelledby=\"h-" + id + "\">")
                .element("h2", "id=\"h-" + id + "\"", title)
                .raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + title
                        + ", the table\"><table class=\"amr-" + id + "\"><thead><tr>");
        columns.forEach(column -> page.element("th", "scope=\"col\"", column));
        page.raw("</tr></thead><tbody>");
    }

    private void end() {
        page.raw("</tbody></table></div></section>");
    }

    private void group(RunReport.Row row) {
        page.raw("<tr data-outcome=\"" + row.outcome().text() + "\" data-environment=\""
                + Markup.escaped(row.environment()) + "\" data-account=\"" + row.account() + "\" data-wave=\""
                + Markup.escaped(row.wave()) + "\" data-started=\"" + epoch(row.startedAt()) + "\" data-ended=\""
                + epoch(row.endedAt()) + "\" data-window=\"" + epoch(row.windowStart()) + "\" data-image=\""
                + (row.toAmi() == null
                        ? ""
                        : Markup.escaped(
                                AwsConsole.image(row.region(), row.toAmi().value()))) + "\">");
        named(
                row.autoScalingGroupName(),
                row.account() + " " + row.region(),
                AwsConsole.group(row.region(), row.autoScalingGroupName()));
        page.raw("<td>")
                .element(
                        "span",
                        "class=\"pill " + row.outcome().text() + "\"",
                        row.outcome().words())
                .raw("</td>")
                .element("td", "", row.environment())
                .element("td", "", row.strategy())
                .element("td", "class=\"number\"", versions(row))
                .element("td", "class=\"number\"", healthy(row))
                .raw("<td>")
                .text(Markup.minute(row.wasTouched() ? row.startedAt() : row.windowStart()))
                .raw(" ")
                .element("small", "", work(row))
                .raw("</td><td class=\"reason\">")
                .text(row.reason());
        checks(row);
        page.raw("</td></tr>");
    }

    private static long epoch(@Nullable Instant moment) {
        return moment == null ? 0 : moment.getEpochSecond();
    }

    private void named(String name, String place, String address) {
        page.raw("<th scope=\"row\">")
                .link(address, name)
                .raw(" ")
                .element("small", "", place)
                .raw("</th>");
    }

    private void checks(RunReport.Row row) {
        if (row.checks().isEmpty()) {
            return;
        }
        long passed = row.checks().stream()
                .filter(check -> check.verdict() == SmokeTestVerdict.PASSED)
                .count();
        page.raw("<small>")
                .text("smoke tests " + word(row.tests()) + ": " + passed + " of "
                        + row.checks().size() + " checks passed")
                .raw("</small>");
        List<CheckResult> others = row.checks().stream()
                .filter(check -> check.verdict() != SmokeTestVerdict.PASSED)
                .toList();
        if (!others.isEmpty()) {
            page.raw("<ul>");
            others.stream().limit(SHOWN_CHECKS).forEach(this::check);
            page.raw("</ul>");
        }
    }

    private void check(CheckResult check) {
        boolean hasPassed = check.verdict() == SmokeTestVerdict.PASSED;
        page.raw("<li>")
                .element("span", "class=\"dot " + (hasPassed ? "refreshed" : "failed") + "\"", word(check.verdict()))
                .text(" " + check.name() + " on " + check.subject() + ": " + check.message()
                        + (check.attempts() > 1 ? " (" + check.attempts() + " attempts)" : ""))
                .raw("</li>");
    }

    private void image(RunReport.Image image) {
        String state = image.reused() ? "reused from an earlier run" : "built in this run";
        page.raw("<tr>")
                .element("th", "scope=\"row\"", image.ami().value())
                .element("td", "", image.family().value())
                .element("td", "", image.region().value())
                .element("td", "", image.architecture())
                .element(
                        "td",
                        "class=\"reason\"",
                        image.markedBad().isEmpty() ? state : "marked bad: " + image.markedBad())
                .raw("</tr>");
    }

    private void template(RunReport.Template template) {
        page.raw("<tr>");
        named(
                template.launchTemplateName(),
                template.account() + " " + template.region(),
                AwsConsole.template(template.region(), template.launchTemplateId()));
        String versions = template.changed()
                ? template.fromVersion() + " → " + template.toVersion()
                : template.toVersion() + ", unchanged";
        page.element("td", "", template.family())
                .element("td", "class=\"number\"", versions)
                .element("td", "", template.ami().value())
                .element("td", "class=\"reason\"", template.why())
                .raw("</tr>");
    }

    private static String versions(RunReport.Row row) {
        String to = row.toVersion() == 0 ? "" : "→ " + row.toVersion();
        return row.fromVersion() == 0 ? to : row.fromVersion() + " " + to;
    }

    private static String healthy(RunReport.Row row) {
        if (!row.wasTouched()) {
            return "";
        }
        return row.lowestHealthy() == null
                ? "at least " + row.floor()
                : "lowest " + row.lowestHealthy() + ", floor " + row.floor();
    }

    private static String work(RunReport.Row row) {
        return row.startedAt() == null || row.endedAt() == null || !row.wasTouched()
                ? ""
                : ReportHtml.took(row.startedAt(), row.endedAt()) + " of work"
                        + (row.estimateSeconds() == null || row.outcome() != GroupOutcome.REFRESHED
                                ? ""
                                : ", estimated "
                                        + ReportHtml.took(Instant.EPOCH, Instant.ofEpochSecond(row.estimateSeconds())));
    }

    private static String word(@Nullable SmokeTestVerdict verdict) {
        return verdict == null ? "not run" : verdict.name().toLowerCase(Locale.ROOT);
    }
}
