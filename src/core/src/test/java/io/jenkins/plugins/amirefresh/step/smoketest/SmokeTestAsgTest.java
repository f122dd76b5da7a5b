package io.jenkins.plugins.amirefresh.step.smoketest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.TargetHealth;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.Probes.Answer;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.Progress.BuildVerdict;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.checks.CheckParameters;
import io.jenkins.plugins.amirefresh.step.fakes.FakeHost;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.slack.NotifySlack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmokeTestAsgTest {

    private final TestingHost host = new TestingHost();
    private final SmokeTestAsg step = new SmokeTestAsg();

    @BeforeEach
    void aRefreshedGroup() {
        happened(
                "started",
                new JournalFact.RefreshStarted(new RefreshRecord(
                        "weekly-12",
                        OneGroup.WEB,
                        OneGroup.TEMPLATE,
                        OneGroup.version(3),
                        OneGroup.version(4),
                        VersionReference.of(OneGroup.version(3)),
                        OneGroup.version(3),
                        new Capacity(1, 2, 4))));
        happened(
                "ended",
                new JournalFact.GroupEnded(new GroupResult(
                        OneGroup.WEB,
                        "prod",
                        "web",
                        "in-out",
                        GroupOutcome.REFRESHED,
                        "all instances healthy on version 4",
                        3,
                        4,
                        null,
                        FakeHost.START,
                        FakeHost.START,
                        1)));
    }

    private void happened(String key, JournalFact fact) {
        host.journal().append(new JournalEvent(key, FakeHost.START, "recycleAsgs", fact));
    }

    private Map<String, Object> given(Object... more) {
        Map<String, Object> given = new HashMap<>();
        given.put("checks", List.of(Map.of("http", "/health")));
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i].toString(), more[i + 1]);
        }
        return given;
    }

    private List<SmokeTestVerdict> verdicts() {
        return host.journal().events().stream()
                .map(JournalEvent::fact)
                .filter(fact -> fact instanceof JournalFact.GroupTested)
                .map(fact -> ((JournalFact.GroupTested) fact).verdict())
                .toList();
    }

    @Test
    void whenEveryInstanceAnswers_thenTheGroupPassesAndSlackHearsOfIt() {
        // when
        Progress progress = host.run(step, given("slackChannel", "fleet"));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(verdicts()).containsExactly(SmokeTestVerdict.PASSED);
        assertThat(host.asked)
                .extracting(Object::toString)
                .containsExactly("http://10.0.0.0:8080/health", "http://10.0.0.1:8080/health");
        assertThat(host.posts.values()).singleElement().satisfies(post -> assertThat(post.text())
                .isEqualTo("ASG tests passed, refresh complete"));
        assertThat(host.kept.get("junit.xml")).contains("tests=\"2\" failures=\"0\" errors=\"0\"");
    }

    @Test
    void whenOneAnswersWrongly_thenItIsAskedAgainAndTheGroupIsCalledFailed() {
        // given
        host.network = uri -> new Answer.Http(uri.getHost().equals("10.0.0.1") ? 500 : 200, "");

        // when
        Progress progress = host.run(step, given("retries", 2, "failOn", "none"));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(host.asked).hasSize(4);
        assertThat(host.journal().history().row(OneGroup.WEB).orElseThrow()).satisfies(row -> {
            assertThat(row.outcome()).isEqualTo(GroupOutcome.FAILED);
            assertThat(row.reason()).contains("answered 500, expected 200");
        });
        assertThat(host.account.tagged).isEmpty();
        assertThat(host.account.changed).singleElement().asString().contains("ami-refresh:hold");
    }

    @Test
    void whenItFailsWithRollback_thenTheAmiIsMarkedBadAndTheEngineBringsItBack() {
        // given
        host.network = uri -> new Answer.NoAnswer("connection refused");
        Map<String, Object> given = given("retries", 0, "onFailure", "rollback", "slackChannel", "fleet");
        StepState state = ((Progress.Again) host.tick(step, given, StepState.EMPTY)).state();

        // when
        Throwable engine = catchThrowable(() -> host.tick(step, given, state));

        // then
        assertThat(engine == null || engine instanceof UnsupportedOperationException)
                .isTrue();
        assertThat(host.saves).isPositive();
        assertThat(host.account.tagged).containsOnlyKeys(OneGroup.NEW_AMI);
        assertThat(host.journal().events().stream().map(JournalEvent::fact))
                .anySatisfy(fact -> assertThat(fact).isInstanceOf(JournalFact.AmiMarkedBad.class));
        assertThat(host.rest.console).anyMatch(line -> line.startsWith("web: tests failed: http /health on 2 of 2"));
    }

    @Test
    void whenTheQuestionCannotBeSent_thenItIsInconclusiveAndNothingIsRolledBack() {
        // given
        host.network = uri -> new Answer.NotSent("no route from here");

        // when
        Progress progress = host.run(step, given("onFailure", "rollback"));

        // then
        assertThat(((Progress.Done) progress).verdict()).isEqualTo(BuildVerdict.UNSTABLE);
        assertThat(verdicts()).containsExactly(SmokeTestVerdict.INCONCLUSIVE);
        assertThat(FleetWork.works(progress.state())).isEmpty();
        assertThat(host.account.tagged).isEmpty();
    }

    @Test
    void whenNothingComesBackInTime_thenItIsInconclusiveUnlessTheOldVersionWasSeenToAnswer() {
        // given
        host.network = uri -> new Answer.Silent("nothing came back");

        // when
        Progress unseen = host.run(step, given("retries", 0));
        String question =
                CheckParameters.read(List.of(Map.of("http", "/health"))).get(0).question();
        happened(
                "old",
                new JournalFact.OldVersionAsked(
                        OneGroup.WEB,
                        List.of(new JournalFact.OldVersionAsked.Answer(
                                question, "i-old", "PASSED", "as expected", "answered 200"))));
        Progress seen = host.run(step, given("retries", 0, "failOn", "none"));

        // then
        assertThat(((Progress.Done) unseen).verdict()).isEqualTo(BuildVerdict.UNSTABLE);
        assertThat(seen).isInstanceOf(Progress.Done.class);
        assertThat(RunHistory.of(host.journal().events())
                        .row(OneGroup.WEB)
                        .orElseThrow()
                        .reason())
                .contains("did not answer in time: nothing came back");
    }

    @Test
    void whenTheOldVersionAnsweredAlike_thenTheNewOneHasNotFailed() {
        // given
        host.network = uri -> new Answer.Http(503, "");
        String question =
                CheckParameters.read(List.of(Map.of("http", "/health"))).get(0).question();
        happened(
                "old",
                new JournalFact.OldVersionAsked(
                        OneGroup.WEB,
                        List.of(new JournalFact.OldVersionAsked.Answer(
                                question, "i-old", "FAILED", "503", "answered 503, expected 200"))));

        // when
        Progress progress = host.run(step, given("retries", 0));

        // then
        assertThat(((Progress.Done) progress).verdict()).isEqualTo(BuildVerdict.UNSTABLE);
        assertThat(verdicts()).containsExactly(SmokeTestVerdict.INCONCLUSIVE);
        assertThat(host.rest.console)
                .anyMatch(line -> line.contains("answered 503, expected 200; so does the old version's i-old"));
    }

    @Test
    void whenNothingProvesTheGroup_thenItIsRefusedAndNeverPassed() {
        // given
        host.account.hasTargetGroup = false;

        // when
        Progress progress = host.run(step, Map.of());

        // then
        assertThat(((Progress.Done) progress).verdict()).isEqualTo(BuildVerdict.UNSTABLE);
        assertThat(verdicts()).containsExactly(SmokeTestVerdict.INCONCLUSIVE);
        assertThat(host.rest.console).anyMatch(line -> line.startsWith("web: not tested: it has no target group"));
    }

    @Test
    void whenATargetIsStillRegistered_thenTheTestWaitsForItWithoutCounting() {
        // given
        host.account.health = TargetHealth.INITIAL;
        Map<String, Object> given = Map.of("retries", 0);
        StepState state = ((Progress.Again) host.tick(step, given, StepState.EMPTY)).state();
        Progress waiting = host.tick(step, given, state);

        // when
        host.account.health = TargetHealth.HEALTHY;
        host.rest.pass(((Progress.Again) waiting).after());
        Progress end = host.tick(step, given, waiting.state());

        // then
        assertThat(end).isInstanceOf(Progress.Done.class);
        assertThat(verdicts()).containsExactly(SmokeTestVerdict.PASSED);
    }

    @Test
    void whenItIsADryRun_thenNobodyIsAsked() {
        // when
        Progress progress = host.run(step, given("dryRun", true));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(host.asked).isEmpty();
        assertThat(host.rest.console).contains("web: dry run: would ask http /health");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http|health|checks.http: 'health' is not allowed; give a path such as '/health'",
                "tcp|99999|checks.tcp: '99999' is not allowed; give a port from 1 to 65535",
                "targetHealth|no|checks.targetHealth: 'no' is not allowed; give true",
                "ssm|''|checks.ssm: '' is not allowed; give a command such as 'systemctl is-active app'",
                "shell|''|checks.shell: '' is not allowed; give a command such as './smoke.sh'",
                "cloudWatchAlarm|''|checks.cloudWatchAlarm: '' is not allowed; give the name of an alarm, or a list of up to 100",
                "metric|''|checks.metric: '' is not allowed; give the name of a CloudWatch metric, or the URL of a Prometheus server",
                "metric|http://|checks.metric: 'http://' is not allowed; give the URL of a Prometheus server, such as 'http://prometheus:9090'",
                "metric|CPUUtilization|checks.namespace: '' is not allowed; give the metric's namespace, such as 'AWS/EC2'",
            })
    void whenACheckMeansNothing_thenItIsRefusedInOneLine(String key, String value, String expected) {
        // when
        Throwable refusal = catchThrowable(() -> host.run(step, Map.of("checks", List.of(Map.of(key, value)))));

        // then
        assertThat(refusal).isInstanceOf(ParameterException.class).hasMessage(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http|/health|healthyThresholdCount|0|checks.healthyThresholdCount: '0' is not allowed; give a whole number from 1 to 100",
                "http|/health|expect|same|checks.expect: 'same' is not allowed; give sameAsOld",
                "http|/health|from|node|checks.from: 'node' is not allowed; give one of controller, agent",
                "http|/health|interval|0|checks.interval: '0' is not allowed; give a duration from 1 s to 1 day",
                "tcp|5432|soak|5m|checks: 'soak' means nothing in {soak=5m, tcp=5432}; this check takes expect, from, healthyThresholdCount, interval, name, on, tcp, timeLimit",
                "ssm|true|exitCode|256|checks.exitCode: '256' is not allowed; give a whole number from 0 to 255",
                "ssm|rm -r|parameters|x|checks.ssm: 'rm -r' is not allowed; give with 'parameters', the name or ARN of a document",
                "ssm|Doc|parameters|x|checks.parameters: 'x' is not allowed; give a map of names to values",
                "shell|true|output|(|checks.output: '(' is not allowed; give a regular expression (Unclosed group)",
                "cloudWatchAlarm|a|soak|11m|checks: 'alarm a' takes 660 s at the least, and timeLimit is 600 s; raise it",
                "cloudWatchAlarm|a|expect|sameAsOld|checks: 'expect' means nothing in {cloudWatchAlarm=a, expect=sameAsOld}; this check takes cloudWatchAlarm, interval, name, soak",
                "metric|http://p:9090|namespace|x|checks: 'namespace' means nothing with metric: 'http://p:9090', which is a Prometheus server",
                "metric|CPU|query|x|checks: 'query' means nothing with metric: 'CPU', which is a metric of CloudWatch",
                "metric|http://p:9090|threshold|1|checks.query: '' is not allowed; give a query that answers one number",
            })
    void whenAKeyMeansNothing_thenItIsRefusedInOneLine(
            String kind, String value, String key, String given, String expected) {
        // given
        Map<String, String> check = new TreeMap<>(Map.of(kind, value, key, given));

        // when
        Throwable refusal = catchThrowable(() -> host.run(step, Map.of("checks", List.of(check))));

        // then
        assertThat(refusal).isInstanceOf(ParameterException.class).hasMessage(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threshold|x|checks.threshold: 'x' is not allowed; give a number",
                "failureThreshold|70|checks.failureThreshold: '70' is not allowed; give a number above the threshold",
                "comparisonOperator|<|checks.comparisonOperator: '<' is not allowed; give LessThanThreshold, LessThanOrEqualToThreshold, GreaterThanThreshold, GreaterThanOrEqualToThreshold",
                "treatMissingData|ok|checks.treatMissingData: 'ok' is not allowed; give one of missing, breaching, notBreaching",
                "period|90s|checks.period: '90s' is not allowed; give whole minutes",
                "statistic|Mean|checks.statistic: 'Mean' is not allowed; give a statistic of CloudWatch, such as Average, Sum, Minimum, Maximum, SampleCount, p99",
                "count|0|checks.count: '0' is not allowed; give a whole number from 1 to 1000",
                "failureLimit|9|checks.failureLimit: '9' is not allowed; give a whole number from 0 to 5",
                "dimensions|x|checks.dimensions: 'x' is not allowed; give a map of names to values",
                "initialDelay|1h|checks: 'metric CPU' takes 3840 s at the least, and timeLimit is 600 s; raise it",
            })
    void whenAMetricIsMeantWrongly_thenItIsRefusedInOneLine(String key, String given, String expected) {
        // given
        Map<String, String> check = new HashMap<>(Map.of("metric", "CPU", "namespace", "AWS/EC2", "threshold", "80"));
        check.put(key, given);

        // when
        Throwable refusal = catchThrowable(() -> host.run(step, Map.of("checks", List.of(check))));

        // then
        assertThat(refusal).isInstanceOf(ParameterException.class).hasMessage(expected);
    }

    @Test
    void whenACheckNeedsAnAgentAndThereIsNone_thenItIsRefusedBeforeAnythingIsAsked() {
        // given
        host.hasAgent = false;

        // when
        Throwable refusal =
                catchThrowable(() -> host.run(step, Map.of("checks", List.of(Map.of("shell", "./smoke.sh")))));

        // then
        assertThat(refusal)
                .isInstanceOf(ParameterException.class)
                .hasMessage(
                        "checks: 'shell ./smoke.sh' is asked from an agent, and the step has none; wrap it in node { }");
    }

    @Test
    void whenSlackIsTold_thenTheSameStepPostsOnceAlsoAfterARestart() {
        // given
        NotifySlack notify = new NotifySlack();

        // when
        host.run(notify, Map.of("event", "end"));
        host.run(notify, Map.of("event", "end"));

        // then
        assertThat(host.posts.values()).singleElement().satisfies(post -> {
            assertThat(post.channel()).isEqualTo("ami-refresh");
            assertThat(post.text()).isEqualTo("AMI refresh ended: 1 refreshed");
        });
    }
}
