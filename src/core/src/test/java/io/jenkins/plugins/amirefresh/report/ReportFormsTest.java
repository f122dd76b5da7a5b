package io.jenkins.plugins.amirefresh.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.WorkRow;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The forms of a report beside its page: lines, JSON, metrics. */
class ReportFormsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant WEDNESDAY = Instant.parse("2026-11-25T15:00:00Z");

    private final List<JournalEvent> events = new ArrayList<>();

    private static GroupKey key(String name) {
        return GroupKey.parse("111111111111/eu-west-1/" + name);
    }

    private void happened(Instant at, JournalFact fact) {
        events.add(new JournalEvent("k" + events.size(), at, "recycleAsgs", fact));
    }

    /** One refreshed, one rolled back, one half-way, two that wait for Wednesday. */
    @BeforeEach
    void aRunThatGoesOn() {
        for (String name : List.of("dev", "qa", "stage", "prod-1", "prod-2")) {
            happened(NOON, new JournalFact.GroupListed(key(name), name, "web", "", 4));
        }
        ended("dev", GroupOutcome.REFRESHED, "all instances healthy on version 4");
        ended("qa", GroupOutcome.ROLLED_BACK, "smoke test failed: \"500\"");
        begun("stage");
        happened(NOON, new JournalFact.GroupSeen(key("stage"), 2, 4, 8, 3, 1, 3, 3));
        happened(NOON, new JournalFact.GroupSaid(key("stage"), "replacing i-1", List.of("termination of i-1"), null));
        for (String name : List.of("prod-1", "prod-2")) {
            happened(NOON, new JournalFact.GroupSaid(key(name), "waiting for its window", null, WEDNESDAY));
        }
    }

    private void begun(String name) {
        happened(
                NOON,
                new JournalFact.RefreshStarted(new RefreshRecord(
                        "run-1",
                        key(name),
                        new LaunchTemplateId("lt-0123456789abcdef0"),
                        new LaunchTemplateVersion(3),
                        new LaunchTemplateVersion(4),
                        new VersionReference.Latest(),
                        new LaunchTemplateVersion(3),
                        new Capacity(2, 4, 8))));
    }

    private void ended(String name, GroupOutcome outcome, String reason) {
        happened(NOON, new JournalFact.GroupSeen(key(name), 2, 4, 8, 0, 4, 3, 3));
        happened(
                NOON,
                new JournalFact.GroupEnded(new GroupResult(
                        key(name),
                        name,
                        "web",
                        "rolling",
                        outcome,
                        reason,
                        3,
                        4,
                        NOON,
                        NOON,
                        NOON.plusSeconds(600),
                        3)));
    }

    private RunReport report() {
        return RunReports.soFar(
                new RunReport.Run("weekly-12", "fleet/weekly", 12, "", "Started by timer"),
                BuildStatus.GOOD,
                NOON,
                NOON.plus(Duration.ofHours(1)),
                RunHistory.of(events),
                Measurements.NONE);
    }

    @Test
    void whenARunGoesOn_thenWhoIsAtWorkAndWhoWaitsIsSaidByName() {
        // when
        List<String> lines = ReportLines.of(report());

        // then
        assertThat(ReportLines.counts(report()))
                .isEqualTo("2 of 5 groups done: 1 refreshed, 1 rolled back, 1 at work, 2 waiting");
        assertThat(lines)
                .containsExactly(
                        "qa in eu-west-1 of 111111111111 rolled back: smoke test failed: \"500\"",
                        "stage is at work, 25% on the new version: replacing i-1",
                        "from Wed 25 Nov 15:00 UTC: prod-1, prod-2");
    }

    @Test
    void whenNobodyMeasured_thenTheFewestThatServedAreThoseOfTheLooks() {
        // then
        assertThat(report().groups())
                .allSatisfy(row -> assertThat(row.lowestHealthy()).isEqualTo(3));
    }

    @Test
    void whenItIsJson_thenItIsAsThePublishedSchemaSays() throws IOException {
        // given
        var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        JsonNode json = Json.mapper()
                .readTree(ReportJson.of(
                        report().madeFrom(new RunReport.Reading(12, "a".repeat(64), List.of("line 3: x")))));

        // when
        try (InputStream schema = RunReport.class.getResourceAsStream("report.schema.json")) {
            var problems = factory.getSchema(Objects.requireNonNull(schema)).validate(json);

            // then
            assertThat(problems).isEmpty();
            assertThat(json.path("open")).hasSize(3);
        }
    }

    @Test
    void whenPrometheusReadsIt_thenEachLineIsASampleOrSaysWhatFollows() {
        // given
        ended("say \"hi\"\\", GroupOutcome.FAILED, "x");

        // when
        String metrics = ReportMetrics.of(report());

        // then
        assertThat(metrics.lines())
                .allMatch(line -> line.matches("# (HELP|TYPE) ami_refresh_[a-z_]+ .+")
                        || line.matches("ami_refresh_[a-z_]+\\{([a-z]+=\"([^\"\\\\]|\\\\[\\\\\"n])*\",?)+\\} [0-9]+"));
        assertThat(metrics)
                .contains(
                        "ami_refresh_groups{job=\"fleet/weekly\",outcome=\"waiting\"} 2\n",
                        "ami_refresh_run_result{job=\"fleet/weekly\",result=\"RUNNING\"} 1\n",
                        "group=\"say \\\"hi\\\"\\\\\"");
    }

    @Test
    void whenABuildOnlyDidOtherWork_thenEveryFormSpeaksOfThat() {
        // given
        events.clear();
        happened(
                NOON,
                new JournalFact.WorkDone(
                        "powerCycle",
                        List.of(
                                new WorkRow("111111111111", "eu-west-1", "instance", "db", "stopped", "its schedule"),
                                new WorkRow("111111111111", "eu-west-1", "instance", "web", "failed", "AWS said no")),
                        "1 stopped, 1 failed"));

        // when
        RunHistory history = RunHistory.of(events);
        RunReport report = report();

        // then
        assertThat(history.verdict())
                .hasToString("UNSTABLE: powerCycle: 1 stopped, 1 failed;"
                        + " web in eu-west-1 of 111111111111 failed: AWS said no");
        assertThat(ReportLines.counts(report)).isEqualTo("powerCycle: 1 stopped, 1 failed");
        assertThat(ReportLines.trouble(report)).containsExactly("web in eu-west-1 of 111111111111 failed: AWS said no");
        assertThat(ConsoleTable.of(report)).containsExactly("UNSTABLE: powerCycle: 1 stopped, 1 failed");
        assertThat(RunNews.of(history, BuildStatus.GOOD).counts()).isEqualTo("powerCycle: 1 stopped, 1 failed");
        assertThat(RunNews.of(history, BuildStatus.GOOD).trouble()).hasSize(1);
        assertThat(ReportJunit.of(report))
                .contains("tests=\"2\" failures=\"1\"")
                .contains("name=\"db\"/>", "name=\"web\"><failure message=\"failed: AWS said no\"/>");
        assertThat(ReportMetrics.of(report)).contains("step=\"powerCycle\",outcome=\"failed\"} 1");
        assertThat(ReportHtml.of(report, history))
                .contains("Look at these", "AWS said no")
                .doesNotContain("No group was looked at");
    }

    @Test
    void whenABuildOnlyMadeImages_thenItsVerdictSaysSo() {
        // given
        events.clear();
        happened(NOON, new JournalFact.AmiBuilt(new ImageFamily("web"), List.of(), "key", false));

        // then
        assertThat(RunHistory.of(events).verdict()).hasToString("SUCCESS: no group was looked at; 1 image built");
    }
}
