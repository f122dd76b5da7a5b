package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.WorkRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code report.html}: one file with nothing from elsewhere, so it opens from any artifact store. What it says it says without
 * its script; that adds the timeline, charts, filters and each group's story.
 */
public final class ReportHtml {

    private final RunReport report;
    private final RunHistory history;
    private final Markup page = new Markup();

    private ReportHtml(RunReport report, RunHistory history) {
        this.report = report;
        this.history = history;
    }

    /** The page; the same report and history give the same bytes. */
    public static String of(RunReport report, RunHistory history) {
        return new ReportHtml(report, history).html();
    }

    /**
     * What is between the page's head and foot, to stand in a page of somebody else's with {@link PageFiles}.
     *
     * @param live where the same comes from again while the run goes, empty for a page that stays as it is
     */
    public static String part(RunReport report, RunHistory history, String live) {
        ReportHtml part = new ReportHtml(report, history);
        part.body(live);
        return part.page.toString();
    }

    /** What a server may let the page do, as the header {@code Content-Security-Policy} says it. */
    public static String policy() {
        return "default-src 'none'; script-src " + PageFiles.source(PageFiles.script()) + "; style-src "
                + PageFiles.source(PageFiles.style()) + "; base-uri 'none'; form-action 'none'";
    }

    private String title() {
        return "AMI refresh: " + report.run().jobName() + " #" + report.run().buildNumber();
    }

    private String html() {
        page.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy() + "\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .element("title", "", title())
                .raw("<style>" + PageFiles.style() + "</style></head><body class=\"amr-page\">")
                .raw("<main>");
        body("");
        page.raw("</main><script>" + PageFiles.script() + "</script></body></html>\n");
        return page.toString();
    }

    private void body(String live) {
        page.raw("<div class=\"amr\" data-result=\"" + report.result() + "\" data-from=\""
                + report.startedAt().getEpochSecond() + "\" data-to=\""
                + report.endedAt().getEpochSecond() + "\" data-live=\"" + Markup.escaped(live) + "\">");
        head();
        counts();
        gaps();
        trouble();
        new ReportTables(report, page).open();
        page.raw("<section class=\"amr-when\" aria-labelledby=\"h-when\" hidden><h2 id=\"h-when\">When</h2>")
                .raw(
                        "<p class=\"note\">Times are UTC. Thin: waiting; thick: at work; from where it was rolled back in"
                                + " its colour. A dot is a change, a diamond a smoke test, a red line fewer healthy than the floor."
                                + " Drag to zoom, or use the keys + - ← → and 0.</p><div class=\"amr-timeline\"></div></section>");
        new ReportTables(report, page).write();
        footer();
        page.raw("<script type=\"application/octet-stream\" class=\"amr-stories\">")
                .raw(Stories.of(
                        history,
                        report.groups().stream().map(RunReport.Row::key).toList()))
                .raw("</script></div>");
    }

    private void head() {
        page.raw("<header>")
                .element("p", "class=\"badge " + report.result().toLowerCase(Locale.ROOT) + "\"", report.result())
                .element("h1", "", title())
                .raw("<p class=\"verdict\">")
                .text((report.isRunning() ? "Up to now " : "") + report.verdict())
                .raw("</p><p class=\"note\">")
                .text(Markup.minute(report.startedAt()) + " to " + Markup.minute(report.endedAt()) + " UTC, "
                        + took(report.startedAt(), report.endedAt()));
        if (!report.run().cause().isEmpty()) {
            page.text(" · " + report.run().cause());
        }
        if (report.calls().total() > 0) {
            page.text(" · " + report.calls().total() + " API calls, "
                    + report.calls().mutating() + " of them changes");
        } else if (report.calls().mutating() > 0) {
            page.text(" · " + report.calls().mutating() + " changes");
        }
        if (report.run().buildUrl().startsWith("https://")
                || report.run().buildUrl().startsWith("http://")) {
            page.text(" · ")
                    .link(report.run().buildUrl(), "the build")
                    .text(", ")
                    .link(report.run().buildUrl() + "console", "its console");
        }
        page.raw("</p>");
        images();
        page.raw("</header>");
    }

    /** What the run brought, a line a family: the images that groups had, and those that they were to get. */
    private void images() {
        Map<String, Set<String>> before = new TreeMap<>();
        Map<String, Set<String>> after = new TreeMap<>();
        for (RunReport.Row row : report.groups()) {
            if (row.fromAmi() != null && row.toAmi() != null) {
                before.computeIfAbsent(row.family(), family -> new TreeSet<>())
                        .add(row.fromAmi().value());
                after.computeIfAbsent(row.family(), family -> new TreeSet<>())
                        .add(row.toAmi().value());
            }
        }
        if (!before.isEmpty()) {
            page.raw("<ul class=\"images\">");
            before.forEach((family, amis) -> page.raw("<li>")
                    .element("b", "", family)
                    .text(" " + some(amis) + " → " + some(after.getOrDefault(family, Set.of())))
                    .raw("</li>"));
            page.raw("</ul>");
        }
    }

    private static String some(Set<String> amis) {
        return amis.size() <= 2
                ? String.join(", ", amis)
                : amis.iterator().next() + " and " + (amis.size() - 1) + " others";
    }

    private void counts() {
        page.raw("<ul class=\"counts\">");
        long atWork = report.open().stream().filter(RunReport.Open::atWork).count();
        count("at-work", "at work", atWork);
        count("waiting", "waiting", report.open().size() - atWork);
        report.counts().forEach((outcome, count) -> count(outcome.text(), outcome.words(), count));
        page.raw("</ul>");
    }

    private void count(String kind, String words, long count) {
        if (count > 0) {
            page.raw("<li class=\"" + kind + "\">")
                    .element("b", "", Long.toString(count))
                    .text(" " + words)
                    .raw("</li>");
        }
    }

    /** A page over a record with holes says so first: what is missing may be the worst of it. */
    private void gaps() {
        if (report.record().problems().isEmpty()) {
            return;
        }
        page.raw("<section class=\"gaps\" role=\"alert\"><h2>The record of this run is not whole</h2>"
                + "<p>What follows is made from what can be read.</p><ul>");
        report.record().problems().stream().limit(20).forEach(problem -> page.element("li", "", problem));
        if (report.record().problems().size() > 20) {
            page.element("li", "", "and " + (report.record().problems().size() - 20) + " more");
        }
        page.raw("</ul></section>");
    }

    private void trouble() {
        var rows = report.groups().stream()
                .filter(row -> row.outcome().isTrouble())
                .toList();
        List<WorkRow> others = report.othersTrouble();
        if (rows.isEmpty() && others.isEmpty() && report.unreadable().isEmpty()) {
            return;
        }
        page.raw("<section aria-labelledby=\"h-look\"><h2 id=\"h-look\">Look at these</h2><ul class=\"trouble\">");
        for (RunReport.Row row : rows) {
            page.raw("<li class=\"" + row.outcome().text() + "\">")
                    .link(AwsConsole.group(row.region(), row.autoScalingGroupName()), row.autoScalingGroupName())
                    .text(" in " + row.region() + " of " + row.account() + " is ")
                    .element(
                            "span",
                            "class=\"dot " + row.outcome().text() + "\"",
                            row.outcome().words())
                    .text(": " + row.reason())
                    .raw("</li>");
        }
        others.forEach(row -> page.raw("<li class=\"" + row.outcome() + "\">")
                .element("b", "", row.name())
                .text(" in " + row.region() + " of " + row.account() + " is ")
                .element(
                        "span",
                        "class=\"dot " + row.outcome() + "\"",
                        row.outcome().replace('-', ' '))
                .text(": " + row.reason())
                .raw("</li>"));
        report.unreadable().forEach(place -> page.raw("<li class=\"refused\">")
                .element("b", "", place.place())
                .text(" could not be read: " + place.reason())
                .raw("</li>"));
        page.raw("</ul></section>");
    }

    private void footer() {
        page.raw("<footer class=\"note\">")
                .text("Made from " + history.events().size() + " events of the run's record");
        if (!report.record().head().isEmpty()) {
            page.text(", which ends in ").element("code", "", report.record().head());
        }
        page.text("; runner.jar verify-journal checks it.").raw("</footer>");
    }

    static String took(Instant from, Instant to) {
        Duration duration = Duration.between(from, to);
        if (duration.toHours() >= 48) {
            return duration.toDays() + " days " + duration.toHoursPart() + " h";
        }
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
