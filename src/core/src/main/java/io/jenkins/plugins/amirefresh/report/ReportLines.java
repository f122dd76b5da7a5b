package io.jenkins.plugins.amirefresh.report;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report in a few lines, for pages that have no room for all of it: which group, and why, rather than how many. */
public final class ReportLines {

    private static final int SHOWN = 5;

    private ReportLines() {}

    /** {@code 7 of 26 groups done: 7 refreshed; 2 at work, 17 waiting}. */
    public static String counts(RunReport report) {
        if (report.groups().isEmpty() && report.open().isEmpty()) {
            return report.didOther() ? report.deeds() : "No group was looked at";
        }
        int all = report.groups().size() + report.open().size();
        String done = report.groups().size() + " of " + all + (all == 1 ? " group" : " groups") + " done";
        String words = byWord(report).entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().replace('-', ' '))
                .collect(Collectors.joining(", "));
        return done + ": " + words;
    }

    /** How many stand how, by the word of the report; only what there is. */
    public static Map<String, Long> byWord(RunReport report) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (GroupOutcome outcome : GroupOutcome.values()) {
            put(counts, outcome.text(), report.count(outcome));
        }
        long atWork = report.open().stream().filter(RunReport.Open::atWork).count();
        put(counts, "at-work", atWork);
        put(counts, "waiting", report.open().size() - atWork);
        return counts;
    }

    private static void put(Map<String, Long> counts, String word, long count) {
        if (count > 0) {
            counts.put(word, count);
        }
    }

    /** One line a group, service or instance that needs somebody's eye, then one a place that could not be read. */
    public static List<String> trouble(RunReport report) {
        List<String> lines = new ArrayList<>();
        report.groups().stream()
                .filter(row -> row.outcome().isTrouble())
                .forEach(row -> lines.add(row.autoScalingGroupName() + " in " + row.region() + " of " + row.account()
                        + " " + row.outcome().words() + ": " + row.reason()));
        report.othersTrouble().forEach(row -> lines.add(row.told()));
        report.unreadable().forEach(place -> lines.add(place.place() + " could not be read: " + place.reason()));
        if (!report.record().problems().isEmpty()) {
            lines.add("the record of this run is not whole: "
                    + report.record().problems().get(0));
        }
        return lines;
    }

    /** What somebody wants to know first: trouble, who is at work and how far, when the next windows open. */
    public static List<String> of(RunReport report) {
        List<String> lines = new ArrayList<>(some(trouble(report)));
        lines.addAll(some(report.open().stream()
                .filter(RunReport.Open::atWork)
                .map(open -> open.autoScalingGroupName() + " is at work, " + open.percent() + "% on the new version: "
                        + open.line())
                .toList()));
        Map<Instant, List<String>> windows = new LinkedHashMap<>();
        report.open().stream().filter(open -> open.opensAt() != null).forEach(open -> windows.computeIfAbsent(
                        open.opensAt(), at -> new ArrayList<>())
                .add(open.autoScalingGroupName()));
        lines.addAll(some(windows.entrySet().stream()
                .map(entry -> "from " + Markup.minute(entry.getKey()) + " UTC: " + names(entry.getValue()))
                .toList()));
        return lines;
    }

    private static String names(List<String> names) {
        return names.size() <= SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
    }

    private static List<String> some(List<String> lines) {
        if (lines.size() <= SHOWN) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, SHOWN));
        some.add("and " + (lines.size() - SHOWN) + " more");
        return some;
    }
}
