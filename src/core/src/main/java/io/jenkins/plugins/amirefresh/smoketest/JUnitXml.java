package io.jenkins.plugins.amirefresh.smoketest;

import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Verdicts in the XML that Jenkins' {@code junit} step reads: one suite a group, one case a check and subject. */
public final class JUnitXml {

    private JUnitXml() {}

    /** Every test of a run; the last one of a group counts. */
    public static String of(List<JournalEvent> events) {
        Map<GroupKey, JournalFact.GroupTested> last = new LinkedHashMap<>();
        for (JournalEvent event : events) {
            if (event.fact() instanceof JournalFact.GroupTested tested) {
                last.put(tested.group(), tested);
            }
        }
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        last.values().forEach(tested -> suite(xml, tested));
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(StringBuilder xml, JournalFact.GroupTested tested) {
        List<CheckResult> checks = tested.checks();
        Duration longest =
                checks.stream().map(CheckResult::took).max(Duration::compareTo).orElse(Duration.ZERO);
        xml.append("  <testsuite name=\"")
                .append(escaped(tested.group().text()))
                .append("\" tests=\"")
                .append(checks.size())
                .append("\" failures=\"")
                .append(count(checks, SmokeTestVerdict.FAILED))
                .append("\" errors=\"")
                .append(count(checks, SmokeTestVerdict.INCONCLUSIVE))
                .append("\" time=\"")
                .append(seconds(longest))
                .append("\">\n");
        checks.forEach(check -> testCase(xml, tested.group(), check));
        xml.append("  </testsuite>\n");
    }

    private static void testCase(StringBuilder xml, GroupKey group, CheckResult check) {
        xml.append("    <testcase classname=\"")
                .append(escaped(group.text()))
                .append("\" name=\"")
                .append(escaped(check.name() + " on " + check.subject()))
                .append("\" time=\"")
                .append(seconds(check.took()));
        String element =
                switch (check.verdict()) {
                    case PASSED -> "";
                    case FAILED -> "failure";
                    case INCONCLUSIVE -> "error";
                };
        if (element.isEmpty()) {
            xml.append("\"/>\n");
            return;
        }
        String message = check.message() + ", attempts: " + check.attempts();
        xml.append("\">\n      <")
                .append(element)
                .append(" message=\"")
                .append(escaped(message))
                .append("\"/>\n    </testcase>\n");
    }

    private static long count(List<CheckResult> checks, SmokeTestVerdict verdict) {
        return checks.stream().filter(check -> check.verdict() == verdict).count();
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.3f", took.toMillis() / 1000.0);
    }

    // Answers of strangers are in here: what XML 1.0 cannot hold becomes a question mark.
    private static String escaped(String text) {
        return text.replaceAll("[^\\x{9}\\x{a}\\x{d}\\x{20}-\\x{d7ff}\\x{e000}-\\x{fffd}\\x{10000}-\\x{10ffff}]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;");
    }
}
