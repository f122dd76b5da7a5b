package io.jenkins.plugins.amirefresh.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** A run's time as a picture: one line for each group that was changed, its work as a bar, its tests as diamonds. */
final class Timeline {

    private static final int LABELS = 250;
    private static final int WIDTH = 1200;
    private static final int LINE = 22;
    private static final int HEAD = 36;
    private static final double SHORTEST_BAR = 3;

    private final List<RunReport.Row> rows;
    private final TimeScale scale;
    private final Markup svg = new Markup();

    private Timeline(List<RunReport.Row> rows) {
        this.rows = rows;
        this.scale = new TimeScale(
                rows.stream()
                        .map(row -> new TimeScale.Span(start(row), end(row)))
                        .toList(),
                LABELS,
                WIDTH - 10);
    }

    /** The picture, empty when nothing was changed. */
    static String of(RunReport report) {
        List<RunReport.Row> touched = report.groups().stream()
                .filter(row -> row.startedAt() != null && row.endedAt() != null)
                .filter(RunReport.Row::wasTouched)
                .toList();
        return touched.isEmpty() ? "" : new Timeline(touched).drawn();
    }

    private static Instant start(RunReport.Row row) {
        return Objects.requireNonNull(row.startedAt());
    }

    private static Instant end(RunReport.Row row) {
        return Objects.requireNonNull(row.endedAt());
    }

    private String drawn() {
        int height = HEAD + rows.size() * LINE + 6;
        svg.raw("<svg viewBox=\"0 0 " + WIDTH + " " + height + "\" role=\"img\" aria-labelledby=\"timeline-title\">")
                .element(
                        "title",
                        "id=\"timeline-title\"",
                        "When each of " + rows.size() + " groups was changed; the table below says the same in words");
        scale.spans().forEach(span -> background(span, height));
        for (int line = 0; line < rows.size(); line++) {
            line(rows.get(line), HEAD + line * LINE);
        }
        return svg.raw("</svg>").toString();
    }

    private void background(TimeScale.Span span, int height) {
        double x = scale.x(span.from());
        svg.format(
                "<rect class=\"span\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                x, HEAD - 6, scale.width(span), height - HEAD + 4);
        svg.format("<text class=\"tick\" x=\"%.1f\" y=\"12\">", x)
                .text(day(span))
                .raw("</text>");
        long step = scale.tickMinutes(span);
        if (step == 0) {
            return;
        }
        Instant tick = span.from().truncatedTo(ChronoUnit.HOURS);
        for (; tick.isBefore(span.to()); tick = tick.plus(step, ChronoUnit.MINUTES)) {
            if (!tick.isBefore(span.from())) {
                double at = scale.x(tick);
                svg.format(
                        "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                        at, at, HEAD - 6, height - 2);
                svg.format("<text class=\"tick\" x=\"%.1f\" y=\"26\">", at)
                        .text(tick.atOffset(ZoneOffset.UTC).toLocalTime().toString())
                        .raw("</text>");
            }
        }
    }

    // A narrow stretch has no room for more than its day.
    private String day(TimeScale.Span span) {
        String minute = Markup.minute(span.from());
        String day = minute.substring(0, minute.lastIndexOf(' '));
        return scale.width(span) < 60 ? day.substring(0, 3) : day;
    }

    private void line(RunReport.Row row, int y) {
        double from = scale.x(start(row));
        double width = Math.max(SHORTEST_BAR, scale.x(end(row)) - from);
        svg.raw("<g>")
                .element(
                        "title",
                        "",
                        row.autoScalingGroupName() + ": " + row.outcome().text() + ", " + Markup.minute(row.startedAt())
                                + " to " + Markup.minute(row.endedAt()) + " UTC");
        svg.format("<text class=\"label\" x=\"%d\" y=\"%d\">", LABELS - 10, y + 13)
                .text(label(row))
                .raw("</text>");
        svg.format(
                "<rect class=\"bar %s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"12\" rx=\"2\"/>",
                row.outcome().text(), from, y + 3, width);
        row.moments().stream()
                .filter(moment -> moment.what().startsWith("tests"))
                .filter(moment -> !moment.at().isBefore(start(row)))
                .forEach(moment -> svg.format(
                        "<path class=\"test %s\" d=\"M%.1f %d l5 5 l-5 5 l-5 -5 z\"/>",
                        moment.what().endsWith("passed") ? "refreshed" : "failed", scale.x(moment.at()), y + 4));
        svg.raw("</g>");
    }

    private static String label(RunReport.Row row) {
        String label = row.autoScalingGroupName() + (row.environment().isEmpty() ? "" : " (" + row.environment() + ")");
        return label.length() <= 36 ? label : label.substring(0, 35) + "…";
    }
}
