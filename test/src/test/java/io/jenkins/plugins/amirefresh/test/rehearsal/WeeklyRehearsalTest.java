package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.storage.JournalReading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The week of the sample account as it comes: one run, looked at from all sides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeeklyRehearsalTest {

    private Rehearsal week = new Rehearsal(-1, "", java.nio.file.Path.of(""));

    @BeforeAll
    void rehearse(@TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER) java.nio.file.Path folder)
            throws Exception {
        week = Rehearsal.run(folder, "Jenkinsfile", "--expect", "UNSTABLE");
    }

    @Test
    void whenOneGroupFails_thenTheRunIsUnstableAsExpected() {
        assertThat(week.exitCode()).as(week.output()).isZero();
        assertThat(week.output())
                .contains("packer is not on the PATH: building with the simulator's builder")
                .contains(
                        "UNSTABLE, as expected: 1 group rolled back, 24 groups refreshed, 1 group that no step names");
    }

    @Test
    void whenTheWeekIsOver_thenEveryDueGroupIsRefreshedAndTheFailingOneRolledBack() throws IOException {
        assertThat(week.groups("rolled-back"))
                .extracting(WeeklyRehearsalTest::name)
                .containsExactly("shop-web-prod");
        assertThat(week.groups("skipped"))
                .extracting(WeeklyRehearsalTest::name)
                .containsExactlyInAnyOrder("billing-worker-dev", "shop-web-demo");
        assertThat(week.groups("refreshed")).hasSize(24);
        assertThat(week.groups().stream()
                        .map(group -> group.path("environment").asText())
                        .collect(Collectors.toSet()))
                .hasSizeGreaterThanOrEqualTo(9);
    }

    @Test
    void whenAGroupWasTouched_thenItNeverHadLessThanItsFloor() throws IOException {
        List<JsonNode> touched = week.groups().stream()
                .filter(group -> Set.of("refreshed", "rolled-back")
                        .contains(group.path("outcome").asText()))
                .toList();

        assertThat(touched).allSatisfy(group -> {
            assertThat(group.path("lowestHealthy").isInt()).isTrue();
            assertThat(group.path("lowestHealthy").asInt())
                    .isGreaterThanOrEqualTo(group.path("floor").asInt());
            assertThat(group.path("floor").asInt()).isPositive();
        });
    }

    @Test
    void whenAProductionGroupScalesOutOnMonday_thenItGetsTheOldImage() {
        // Its new instances are as outdated on Wednesday as the old ones.
        assertThat(week.output())
                .contains(
                        "shop-worker-prod (111111111111/eu-west-1): starting, version 1 to 2, 8 of 8 instances outdated");
    }

    @Test
    void whenGroupsAreRefreshed_thenSlackIsToldInTheWordsOfTheTeam() throws IOException {
        Map<String, Set<String>> colors = week.slack().stream()
                .collect(Collectors.groupingBy(
                        post -> post.path("text").asText(),
                        Collectors.mapping(
                                post -> post.path("attachments")
                                        .path(0)
                                        .path("color")
                                        .asText(),
                                Collectors.toSet())));

        assertThat(colors)
                .containsEntry("Starting ASG Refresh", Set.of("good"))
                .containsEntry("ASG tests passed, refresh complete", Set.of("good"))
                .containsEntry("ASG tests failed, starting rollback", Set.of("danger"));
        assertThat(week.slack())
                .allSatisfy(post -> assertThat(post.path("channel").asText()).isEqualTo("ami-refresh"));
    }

    @Test
    void whenGroupsAreDescribed_thenNoPlaceIsReadTwiceWithinFifteenSeconds() throws IOException {
        Map<String, Instant> last = new HashMap<>();

        for (JsonNode call : week.calls()) {
            if (!call.path("operation").asText().equals("DescribeAutoScalingGroups")) {
                continue;
            }
            String place =
                    call.path("account").asText() + "/" + call.path("region").asText();
            Instant at = Instant.parse(call.path("at").asText());
            Instant before = last.put(place, at);
            if (before != null) {
                assertThat(Duration.between(before, at))
                        .as(place + " at " + at)
                        .isGreaterThanOrEqualTo(Duration.ofSeconds(15));
            }
        }
        assertThat(last).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void whenTheRunEnds_thenTheFleetIsWrittenAsItStands() throws IOException {
        JsonNode fleet = week.fleet();
        Map<String, JsonNode> groups = new HashMap<>();
        fleet.path("groups")
                .forEach(group -> groups.put(group.path("autoScalingGroupName").asText(), group));

        for (JsonNode row : week.groups("refreshed")) {
            JsonNode group = groups.getOrDefault(name(row), row);
            assertThat(group.path("instances")).as(name(row)).isNotEmpty().allSatisfy(instance -> {
                assertThat(instance.path("imageName").asText())
                        .isEqualTo(group.path("launches").asText());
                assertThat(instance.path("serving").asBoolean()).isTrue();
            });
        }
        assertThat(fleet.path("launchTemplates")).isNotEmpty().allSatisfy(template -> assertThat(
                        template.path("defaultImageName").asText())
                .isNotEmpty());
        assertThat(fleet.path("images")).isNotEmpty();
    }

    @Test
    void whenTheRunEnds_thenEveryFileOfTheContractIsThere() {
        assertThat(week.folder()).isDirectoryContaining("glob:**/report.html");
        assertThat(List.of(
                        "console.txt",
                        "journal.jsonl",
                        "report.json",
                        "fleet.json",
                        "slack.jsonl",
                        "calls.json",
                        "junit.xml",
                        "metrics.prom"))
                .allSatisfy(name -> assertThat(week.folder().resolve(name)).isNotEmptyFile());
    }

    @Test
    void whenAnAutoScalingGroupWasChanged_thenTheRecordHasTheCallWithItsRequestId() throws IOException {
        // given
        JournalReading record = JournalReading.of(week.folder().resolve("journal.jsonl"));
        JsonNode calls =
                Json.mapper().readTree(week.folder().resolve("calls.json").toFile());

        // when
        List<String> told = record.events().stream()
                .map(JournalEvent::fact)
                .filter(JournalFact.CallMade.class::isInstance)
                .map(fact -> ((JournalFact.CallMade) fact).requestId())
                .toList();

        // then
        List<String> made = StreamSupport.stream(calls.spliterator(), false)
                .filter(call -> call.path("mutating").asBoolean())
                .filter(call -> call.path("service").asText().equals("autoscaling"))
                .filter(call -> !call.path("caller").asText().endsWith("user/scheduled-scaling"))
                .map(call -> call.path("requestId").asText())
                .toList();
        assertThat(made).hasSizeGreaterThan(100);
        assertThat(told).containsAll(made).doesNotHaveDuplicates();
        assertThat(record.problems()).isEmpty();
        assertThat(week.report().path("record").path("head").asText()).isEqualTo(record.head());
    }

    @Test
    void whenAGroupWasAtWork_thenTheRecordHasHowItStoodAndWhatWasDecided() {
        // given
        RunHistory history = RunHistory.of(
                JournalReading.of(week.folder().resolve("journal.jsonl")).events());
        GroupKey group = GroupKey.parse("111111111111/eu-west-1/shop-web-prod");

        // when
        List<JournalFact.GroupSeen> looks = history.facts(JournalFact.GroupSeen.class).stream()
                .filter(look -> look.group().equals(group))
                .toList();

        // then
        assertThat(looks).hasSizeGreaterThan(10);
        assertThat(looks.get(0).outdated()).isEqualTo(6);
        assertThat(looks).anyMatch(look -> look.updated() == 6).allMatch(look -> look.serving() >= look.floor());
        assertThat(history.facts(JournalFact.GroupSaid.class))
                .filteredOn(said -> said.group().equals(group))
                .anyMatch(said -> said.line().startsWith("starting, version 2 to 3, 6 of 6 instances outdated"))
                .anyMatch(said -> Instant.parse("2026-11-25T15:00:00Z").equals(said.until()))
                .anyMatch(
                        said -> said.changes() != null && said.changes().contains("the start of an instance refresh"));
        assertThat(history.listed(group))
                .hasValueSatisfying(listed -> assertThat(listed.wave()).startsWith("wave 6"));
    }

    private static String name(JsonNode group) {
        return group.path("autoScalingGroupName").asText();
    }
}
