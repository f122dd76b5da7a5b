package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.JournalFact.GroupTested;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that ask Systems Manager and CloudWatch, against AWS as the simulator plays it. */
class CheckKindsTest {

    private static final String ALARM = "happenings:\n"
            + "  - {after: 1s, account: '111111111111', region: eu-west-1, service: monitoring, operation: PutMetricAlarm,"
            + " input: {AlarmName: web-5xx, Namespace: shop, MetricName: errors, Threshold: 1, EvaluationPeriods: 1,"
            + " ComparisonOperator: GreaterThanThreshold}}\n";

    private static Scenario refreshed(String behaviour, String happenings) {
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text
                        + (behaviour.isEmpty() ? "" : "  - {match: {image: web-new}, " + behaviour + "}\n")
                        + happenings);
        assertThat(scenario.run("recycleAsgs", Map.of("strategy", "out-in"))).isInstanceOf(Progress.Done.class);
        return scenario;
    }

    private static String state(String after, String value) {
        return "  - {after: " + after + ", account: '111111111111', region: eu-west-1, service: monitoring, operation:"
                + " SetAlarmState, input: {AlarmName: web-5xx, StateValue: " + value + ", StateReason: by hand}}\n";
    }

    private static GroupTested tested(Scenario scenario, Map<String, ?> check, Object... more) {
        Map<String, Object> given =
                new HashMap<>(Map.of("checks", List.of(check), "failOn", "none", "timeLimit", "30m"));
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i].toString(), more[i + 1]);
        }
        assertThat(scenario.run("smokeTestAsg", given)).isInstanceOf(Progress.Done.class);
        return scenario.journal().stream()
                .map(event -> event.fact())
                .filter(GroupTested.class::isInstance)
                .map(GroupTested.class::cast)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "commands: [{script: 'systemctl*', output: active}]                        | PASSED       | ended with 0: active",
                "commands: [{script: 'systemctl*', exitCode: 3, output: inactive}]         | FAILED       | ended with 3, expected 0: inactive",
                "commands: [{script: 'systemctl*', output: dead}]                          | FAILED       | is not in its output: dead",
                "commands: [{script: 'systemctl*', status: TimedOut, after: 20s}]          | FAILED       | stopped before its end: ExecutionTimedOut",
                "commands: [{script: 'systemctl*', after: 10m}]                            | FAILED       | did not end within 60 s",
                "commands: [{script: 'systemctl*', status: Undeliverable}]                 | INCONCLUSIVE | did not reach the instance: Undeliverable",
                "ssmAgent: none                                                            | INCONCLUSIVE | is not managed by Systems Manager",
            })
    void whenSystemsManagerRunsACommand_thenItsEndIsJudged(String behaviour, SmokeTestVerdict verdict, String says) {
        // given
        Scenario scenario = refreshed(behaviour, "");

        // when
        GroupTested tested = tested(scenario, Map.of("ssm", "systemctl is-active app", "output", "^active"));

        // then
        assertThat(tested.verdict()).isEqualTo(verdict);
        assertThat(tested.checks()).hasSize(3).extracting(CheckResult::message).allMatch(text -> text.contains(says));
        assertThat(scenario.mutating().stream().filter("SendCommand"::equals).count())
                .as("one call for all instances, and again for those asked again")
                .isLessThanOrEqualTo(says.contains("managed") ? 16 : 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OK, 1h, ALARM    | PASSED       | OK for 300 s",
                "OK, 12m, ALARM   | FAILED       | web-5xx is in ALARM: by hand",
                "ALARM, 1h, OK    | FAILED       | web-5xx is in ALARM: by hand",
                "INSUFFICIENT_DATA, 3h, OK | INCONCLUSIVE | web-5xx has insufficient data when the time was over",
            })
    void whenAnAlarmWatches_thenItHasToBeOkThroughout(String states, SmokeTestVerdict verdict, String says) {
        // given
        String[] parts = states.split(", ", -1);
        Scenario scenario = refreshed("", ALARM + state("2s", parts[0]) + state(parts[1], parts[2]));
        scenario.simulator().advanceTo(scenario.simulator().account().start().plusSeconds(10 * 60));

        // when
        GroupTested tested = tested(scenario, Map.of("cloudWatchAlarm", "web-5xx"));

        // then
        assertThat(tested.verdict()).isEqualTo(verdict);
        assertThat(tested.checks()).singleElement().satisfies(row -> {
            assertThat(row.subject()).isEqualTo("web");
            assertThat(row.message()).contains(says);
        });
    }

    @Test
    void whenThereIsNoSuchAlarm_thenItIsInconclusive() {
        // when
        GroupTested tested = tested(refreshed("", ""), Map.of("cloudWatchAlarm", "web-4xx"), "interval", "5s");

        // then
        assertThat(tested.verdict()).isEqualTo(SmokeTestVerdict.INCONCLUSIVE);
        assertThat(tested.checks().get(0).message())
                .isEqualTo("there is no alarm web-4xx in eu-west-1 of 111111111111");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40   | PASSED       | 40 (3 of 3 measurements)",
                "95   | FAILED       | 95, expected at most 80 (1 of 3 measurements)",
                "85   | INCONCLUSIVE | 85, between 80 and 90 (1 of 3 measurements)",
                "none | INCONCLUSIVE | there is no data when the time was over",
            })
    void whenAMetricIsMeasured_thenThresholdsJudge(String value, SmokeTestVerdict verdict, String says) {
        // given
        Scenario scenario = refreshed(
                value.equals("none")
                        ? ""
                        : "metrics: [{namespace: AWS/EC2, name: CPUUtilization, value: " + value + "}]",
                "");

        // when
        GroupTested tested = tested(
                scenario,
                Map.of(
                        "metric",
                        "CPUUtilization",
                        "namespace",
                        "AWS/EC2",
                        "dimensions",
                        Map.of("InstanceId", "{instanceId}"),
                        "threshold",
                        80,
                        "failureThreshold",
                        90,
                        "count",
                        3));

        // then
        assertThat(tested.verdict()).isEqualTo(verdict);
        assertThat(tested.checks()).hasSize(3).extracting(CheckResult::message).contains(says);
    }

    @ParameterizedTest
    @CsvSource({"42, PASSED", "60, FAILED"})
    void whenAMetricIsComparedWithTheOldVersion_thenPercentJudge(int value, SmokeTestVerdict verdict) {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("start: \"2026-11-22T19:05:00Z\"", "start: \"2026-11-22T18:05:00Z\"")
                        + "  - {match: {image: web-old}, metrics: [{namespace: AWS/EC2, name: CPUUtilization, value: 40}]}\n"
                        + "  - {match: {image: web-new}, metrics: [{namespace: AWS/EC2, name: CPUUtilization, value: "
                        + value + "}]}\n");
        assertThat(scenario.run("recycleAsgs", Map.of("strategy", "out-in"))).isInstanceOf(Progress.Done.class);

        // when
        GroupTested tested = tested(
                scenario,
                Map.of(
                        "metric",
                        "CPUUtilization",
                        "namespace",
                        "AWS/EC2",
                        "dimensions",
                        Map.of("AutoScalingGroupName", "{autoScalingGroupName}"),
                        "expect",
                        "sameAsOld",
                        "threshold",
                        120,
                        "count",
                        2,
                        "initialDelay",
                        "2m"));

        // then
        assertThat(tested.verdict()).isEqualTo(verdict);
        assertThat(tested.checks().get(0).message())
                .contains(value + ", " + value * 100 / 40 + "% of the old version's 40");
    }

    @Test
    void whenChecksOfAwsHoldBackARefresh_thenTheServiceWaitsForThem() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text
                        + "  - {match: {image: web-new}, commands: [{script: '*', exitCode: 1, output: broken}]}\n");

        // when
        Progress progress = scenario.run(
                "recycleAsgs",
                Map.of(
                        "strategy",
                        "in-out",
                        "instanceTimeLimit",
                        "10m",
                        "checks",
                        List.of(Map.of("ssm", "true", "interval", "1m"))));

        // then
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).contains("ssm true: ended with 1, expected 0: broken");
        assertThat(scenario.fleet().group("web").instances()).containsOnlyKeys("1 InService Healthy");
        assertThat(bad(scenario)).isTrue();
    }

    @Test
    void whenTheNewVersionCannotBeAsked_thenItIsNotBlamed() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", text -> text + "  - {match: {image: web-new}, ssmAgent: none}\n");

        // when
        scenario.run(
                "recycleAsgs",
                Map.of("strategy", "in-out", "instanceTimeLimit", "10m", "checks", List.of(Map.of("ssm", "true"))));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).contains("is not managed by Systems Manager");
        assertThat(bad(scenario)).isFalse();
    }

    @Test
    void whenAnAlarmGoesOffInABatch_thenTheRefreshEndsAtOnce() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml", text -> text + ALARM + state("2s", "OK") + state("4m", "ALARM") + state("6m", "OK"));
        scenario.simulator().advanceTo(scenario.simulator().account().start().plusSeconds(5));

        // when
        scenario.run(
                "recycleAsgs",
                Map.of("strategy", "in-out", "checks", List.of(Map.of("cloudWatchAlarm", "web-5xx", "soak", "5m"))));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).contains("does not pass alarm web-5xx: web-5xx is in ALARM: by hand");
        assertThat(scenario.fleet().group("web").instances()).containsOnlyKeys("1 InService Healthy");
    }

    private static Scenario without(String fault) {
        return Scenario.of(
                "fleet.yaml",
                text -> text + "faults:\n  - {service: ssm, operation: SendCommand, " + fault
                        + ", error: {code: InternalServerError, status: 500, message: down}}\n");
    }

    @Test
    void whenSystemsManagerIsDown_thenTheTestEndsInTimeAndIsInconclusive() {
        // given
        Scenario scenario = without("skip: 0");
        scenario.run("recycleAsgs", Map.of("strategy", "out-in"));

        // when
        GroupTested tested = tested(scenario, Map.of("ssm", "true"), "timeLimit", "5m");

        // then
        assertThat(tested.verdict()).isEqualTo(SmokeTestVerdict.INCONCLUSIVE);
    }

    @Test
    void whenItIsDownBeforeTheFirstChange_thenNothingIsChangedAndTheTimeLimitHolds() {
        // given
        Scenario scenario = without("skip: 0");

        // when
        scenario.run(
                "recycleAsgs",
                Map.of("strategy", "in-out", "timeLimit", "30m", "checks", List.of(Map.of("ssm", "true"))));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason()).contains("time limit of 30m; nothing was changed");
        assertThat(scenario.mutating()).doesNotContain("TerminateInstanceInAutoScalingGroup", "UpdateAutoScalingGroup");
    }

    @Test
    void whenItGoesDownInTheMiddle_thenTheGroupGoesBackInTimeAndNothingIsBlamed() {
        // given
        Scenario scenario = without("skip: 1");

        // when
        scenario.run(
                "recycleAsgs",
                Map.of("strategy", "in-out", "instanceTimeLimit", "10m", "checks", List.of(Map.of("ssm", "true"))));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).contains("its checks cannot be asked: SendCommand");
        assertThat(scenario.fleet().group("web").instances()).containsOnlyKeys("1 InService Healthy");
        assertThat(bad(scenario)).isFalse();
    }

    private static boolean bad(Scenario scenario) {
        return scenario.journal().stream().anyMatch(event -> event.fact() instanceof JournalFact.AmiMarkedBad);
    }
}
