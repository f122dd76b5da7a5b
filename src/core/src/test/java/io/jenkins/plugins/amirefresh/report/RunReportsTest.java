package io.jenkins.plugins.amirefresh.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunReportsTest {

    private static final Instant SUNDAY = Instant.parse("2026-11-22T17:00:00Z");
    private static final GroupKey WEB = key("web-prod");

    private static final Measurements MEASURED = new Measurements() {
        @Override
        public OptionalInt lowestHealthy(GroupKey group, Instant from, Instant to) {
            return OptionalInt.of(2);
        }

        @Override
        public Calls calls() {
            return new Calls(420, 61);
        }
    };

    private final List<JournalEvent> events = new ArrayList<>();

    private static GroupKey key(String name) {
        return GroupKey.parse("111111111111/eu-west-1/" + name);
    }

    private void happened(Instant at, JournalFact fact) {
        events.add(new JournalEvent("k" + events.size(), at, "recycleAsgs", fact));
    }

    private void ended(GroupKey group, String environment, GroupOutcome outcome, Instant start, int minutes) {
        happened(
                start.plus(Duration.ofMinutes(minutes)),
                new JournalFact.GroupEnded(new GroupResult(
                        group,
                        environment,
                        "web",
                        "instance-refresh",
                        outcome,
                        outcome == GroupOutcome.REFUSED
                                ? "held: web-sandbox was rolled back in sandbox"
                                : "all instances healthy on <version> 4",
                        3,
                        4,
                        start,
                        start,
                        start.plus(Duration.ofMinutes(minutes)),
                        2)));
    }

    private void tested(GroupKey group, Instant at, SmokeTestVerdict verdict) {
        happened(
                at,
                new JournalFact.GroupTested(
                        group,
                        verdict,
                        List.of(new CheckResult(
                                "http /health",
                                "i-0123456789abcdef0",
                                verdict,
                                verdict == SmokeTestVerdict.PASSED ? "answered 200" : "answered 500, expected 200",
                                4,
                                Duration.ofSeconds(46))),
                        null));
    }

    private RunReport report() {
        return RunReports.of(
                new RunReport.Run("weekly-12", "fleet/weekly", 12, "", "Started by timer"),
                new BuildStatus(RunHistory.of(events).verdict().word().name(), ""),
                SUNDAY,
                SUNDAY.plus(Duration.ofDays(3)),
                RunHistory.of(events),
                MEASURED);
    }

    private void aWeek() {
        happened(
                SUNDAY.plusSeconds(600),
                new JournalFact.AmiBuilt(
                        new ImageFamily("web"),
                        List.of(new JournalFact.RegionalAmi(
                                new AwsRegion("eu-west-1"), "x86_64", new AmiId("ami-0123456789abcdef0"))),
                        "key",
                        false));
        String[] environments = {"sandbox", "dev", "qa", "test", "stage", "prod"};
        for (int i = 0; i < environments.length; i++) {
            Instant start = SUNDAY.plus(Duration.ofHours(2 + (i / 2) * 20L));
            for (int n = 0; n < 3; n++) {
                GroupKey group = key("web-" + environments[i] + "-" + n);
                ended(group, environments[i], GroupOutcome.REFRESHED, start, 9 + 4 * n + i);
                tested(group, start.plus(Duration.ofMinutes(14 + 4 * n + i)), SmokeTestVerdict.PASSED);
            }
        }
        Instant wednesday = SUNDAY.plus(Duration.ofHours(70));
        ended(WEB, "prod", GroupOutcome.REFRESHED, wednesday, 20);
        tested(WEB, wednesday.plus(Duration.ofMinutes(24)), SmokeTestVerdict.FAILED);
        ended(WEB, "prod", GroupOutcome.ROLLED_BACK, wednesday, 44);
        ended(key("batch"), "prod", GroupOutcome.REFUSED, wednesday, 0);
        ended(key("reports"), "dev", GroupOutcome.SKIPPED, SUNDAY, 0);
    }

    @Test
    void whenAGroupHasTwoRows_thenTheLastOneCounts() {
        // given
        aWeek();

        // when
        RunReport report = report();

        // then
        assertThat(report.result()).isEqualTo("UNSTABLE");
        assertThat(report.groups())
                .filteredOn(row -> row.key().equals(WEB))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
                    assertThat(row.lowestHealthy()).isEqualTo(2);
                    assertThat(row.tests()).isEqualTo(SmokeTestVerdict.FAILED);
                });
    }

    @Test
    void whenOneIsLeftBroken_thenTheResultIsFailure() {
        // given
        ended(WEB, "prod", GroupOutcome.ROLLED_BACK, SUNDAY, 5);
        ended(key("other"), "prod", GroupOutcome.FAILED, SUNDAY, 5);

        // then
        assertThat(RunHistory.of(events).verdict().word().name()).isEqualTo("FAILURE");
    }

    @Test
    void whenNothingWasToDo_thenTheResultIsSuccess() {
        // given
        ended(WEB, "prod", GroupOutcome.SKIPPED, SUNDAY, 5);

        // then
        assertThat(RunHistory.of(events).verdict().word().name()).isEqualTo("SUCCESS");
    }

    @Test
    void whenItIsWritten_thenTheFirstFieldsAreInTheirOrder() throws IOException {
        // given
        aWeek();

        // when
        JsonNode json = Json.mapper().readTree(ReportJson.of(report()));

        // then
        List<String> fields = new ArrayList<>();
        json.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).startsWith("schemaVersion", "result", "startedAt", "endedAt", "amis", "groups", "calls");
        List<String> row = new ArrayList<>();
        json.get("groups").get(0).fieldNames().forEachRemaining(row::add);
        assertThat(row)
                .startsWith(
                        "account",
                        "region",
                        "autoScalingGroupName",
                        "environment",
                        "family",
                        "strategy",
                        "outcome",
                        "reason",
                        "fromVersion",
                        "toVersion",
                        "windowStart",
                        "startedAt",
                        "endedAt",
                        "floor",
                        "lowestHealthy");
        assertThat(json.get("groups").get(0).get("startedAt").asText()).endsWith("Z");
    }

    @Test
    void whenThePageIsWritten_thenItNeedsNothingElseAndEscapesWhatOthersWrote() throws IOException {
        // given
        aWeek();

        // when
        String html = ReportHtml.of(report(), RunHistory.of(events));

        // then
        String own = html.replace(PageFiles.script(), "");
        assertThat(own).doesNotContain("<script src", " style=", "<version>", "url(", "<link", "<img");
        assertThat(own).contains("&lt;version&gt;", "rolled back", "prefers-color-scheme: dark", ReportHtml.policy());
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "report-sample.html"), html);
    }

    @Test
    void whenItIsPrinted_thenTheColumnsLineUpAndTheLastLineCounts() {
        // given
        ended(WEB, "prod", GroupOutcome.ROLLED_BACK, SUNDAY, 5);

        // when
        List<String> lines = ConsoleTable.of(report());

        // then
        assertThat(lines.get(1).indexOf("111111111111")).isEqualTo(lines.get(0).indexOf("where"));
        assertThat(lines.get(1)).contains("3 -> 4", ">= 2, was 2");
        assertThat(lines.get(2)).isEqualTo("UNSTABLE: 1 rolled-back");
    }
}
