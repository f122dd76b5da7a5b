package io.jenkins.plugins.amirefresh.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** {@code report.html}: one file without script and without anything from elsewhere, so it opens from any artifact store. */
public final class ReportHtml {

    private final RunReport report;
    private final Markup page = new Markup();

    private ReportHtml(RunReport report) {
        this.report = report;
    }

    /** The page; the same report gives the same bytes. */
    public static String of(RunReport report) {
        return new ReportHtml(report).html();
    }

    private String html() {
        String title =
                "AMI refresh: " + report.run().jobName() + " #" + report.run().buildNumber();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .element("title", "", title)
                .raw("<style>" + style() + "</style></head><body><main>");
        head(title);
        counts();
        trouble();
        String timeline = Timeline.of(report);
        if (!timeline.isEmpty()) {
            page.raw("<section aria-labelledby=\"h-timeline\"><h2 id=\"h-timeline\">When</h2>")
                    .raw(
                            "<p class=\"note\">Times are UTC; long waits are cut out. A bar is the work on a group, a diamond "
                                    + "a smoke test's verdict.</p>")
                    .raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline\">" + timeline
                            + "</div></section>");
        }
        new ReportTables(report, page).write();
        page.raw("</main></body></html>\n");
        return page.toString();
    }

    private void head(String title) {
        page.raw("<header>")
                .element("p", "class=\"badge " + report.result().toLowerCase(Locale.ROOT) + "\"", report.result())
                .element("h1", "", title)
                .raw("<p class=\"note\">")
                .text(Markup.minute(report.startedAt()) + " to " + Markup.minute(report.endedAt()) + " UTC, "
                        + took(report.startedAt(), report.endedAt()));
        page.text((report.result().equals(RunReport.RUNNING) ? " · up to now " : " · ") + report.verdict());
        if (!report.run().cause().isEmpty()) {
            page.text(" · " + report.run().cause());
        }
        if (report.calls().total() > 0) {
            page.text(" · " + report.calls().total() + " API calls, "
                    + report.calls().mutating() + " of them changes");
        }
        page.raw("</p></header>");
    }

    private void counts() {
        page.raw("<ul class=\"counts\">");
        report.counts().forEach((outcome, count) -> {
            if (count > 0) {
                page.raw("<li class=\"" + outcome.text() + "\">")
                        .element("b", "", Long.toString(count))
                        .text(" " + outcome.words())
                        .raw("</li>");
            }
        });
        page.raw("</ul>");
    }

    private void trouble() {
        var rows = report.groups().stream()
                .filter(row -> row.outcome().isTrouble())
                .toList();
        if (rows.isEmpty() && report.unreadable().isEmpty()) {
            return;
        }
        page.raw("<section aria-labelledby=\"h-look\"><h2 id=\"h-look\">Look at these</h2><ul class=\"trouble\">");
        for (RunReport.Row row : rows) {
            page.raw("<li class=\"" + row.outcome().text() + "\">")
                    .element("b", "", row.autoScalingGroupName())
                    .text(" in " + row.region() + " of " + row.account() + " is ")
                    .element(
                            "span",
                            "class=\"dot " + row.outcome().text() + "\"",
                            row.outcome().words())
                    .text(": " + row.reason())
                    .raw("</li>");
        }
        report.unreadable().forEach(place -> page.raw("<li class=\"refused\">")
                .element("b", "", place.place())
                .text(" could not be read: " + place.reason())
                .raw("</li>"));
        page.raw("</ul></section>");
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

    private static String style() {
        try (InputStream css = ReportHtml.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("report.css is not beside " + ReportHtml.class.getName());
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading report.css", e);
        }
    }
}
