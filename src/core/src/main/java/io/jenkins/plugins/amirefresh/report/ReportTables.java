package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tables of the page: groups, images, launch templates. */
final class ReportTables {

    private final RunReport report;
    private final Markup page;

    ReportTables(RunReport report, Markup page) {
        this.report = report;
        this.page = page;
    }

    void write() {
        if (report.groups().isEmpty()) {
            page.raw("<section><h2>Groups</h2><p>No group was looked at.</p></section>");
        } else {
            open(
                    "Groups",
                    "groups",
                    List.of("Group", "Outcome", "Environment", "Strategy", "Version", "Healthy", "When", "Reason"));
            report.groups().forEach(this::group);
            close();
        }
        if (!report.others().isEmpty()) {
            others();
        }
        if (!report.amis().isEmpty()) {
            open("Images", "images", List.of("AMI", "Family", "Region", "Architecture", "State"));
            report.amis().forEach(this::image);
            close();
        }
        if (!report.templates().isEmpty()) {
            open("Launch templates", "templates", List.of("Template", "Family", "Version", "AMI", "Why"));
            report.templates().forEach(this::template);
            close();
        }
    }

    private void others() {
        open("Services and schedules", "others", List.of("Name", "Outcome", "Step", "What happened"));
        for (RunReport.Work work : report.others()) {
            work.rows().forEach(row -> {
                page.raw("<tr>");
                named(row.name(), row.account() + " " + row.region());
                page.raw("<td>")
                        .element("span", "class=\"pill " + row.outcome() + "\"", row.outcome())
                        .raw("</td>")
                        .element("td", "", work.step())
                        .element("td", "class=\"reason\"", row.reason())
                        .raw("</tr>");
            });
            if (work.rows().size() != 1) {
                page.raw("<tr>").element("th", "scope=\"row\"", "all of it").raw("<td></td>");
                page.element("td", "", work.step())
                        .element("td", "class=\"reason\"", work.summary())
                        .raw("</tr>");
            }
        }
        close();
    }

    private void open(String title, String id, List<String> columns) {
        page.raw("<section aria-labelledby=\"h-" + id + "\">")
                .element("h2", "id=\"h-" + id + "\"", title)
                .raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"h-" + id
                        + "\"><table><thead><tr>");
        columns.forEach(column -> page.element("th", "scope=\"col\"", column));
        page.raw("</tr></thead><tbody>");
    }

    private void close() {
        page.raw("</tbody></table></div></section>");
    }

    private void group(RunReport.Row row) {
        page.raw("<tr>");
        named(row.autoScalingGroupName(), row.account() + " " + row.region());
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

    private void named(String name, String place) {
        page.raw("<th scope=\"row\">")
                .text(name)
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
        page.raw("<details>")
                .element(
                        "summary",
                        "",
                        "smoke tests " + word(row.tests()) + ": " + passed + " of "
                                + row.checks().size() + " checks passed")
                .raw("<ul>");
        row.checks().forEach(this::check);
        page.raw("</ul></details>");
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
        named(template.launchTemplateName(), template.account() + " " + template.region());
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
                : ReportHtml.took(row.startedAt(), row.endedAt()) + " of work";
    }

    private static String word(@Nullable SmokeTestVerdict verdict) {
        return verdict == null ? "not run" : verdict.name().toLowerCase(Locale.ROOT);
    }
}
