package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.smoketest.JUnitXml;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTestState;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.Progress.BuildVerdict;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the step says in the end: one row a group, and whether it failed. */
final class Outcome {

    private Outcome() {}

    static Progress dryRun(StepState state, List<TestWork> works) {
        List<Map<String, Object>> rows = works.stream()
                .map(work -> row(work, Optional.empty(), List.of()))
                .toList();
        return new Progress.Done(state, Map.of("groups", rows), BuildVerdict.NONE);
    }

    static Progress of(Parameters parameters, SmokeTest test, StepHost host, StepState state, List<TestWork> works) {
        var events = host.journal().events();
        String xml = JUnitXml.of(events);
        host.keep("junit.xml", xml);
        parameters.text(SmokeTestAsg.JUNIT_FILE).ifPresent(path -> {
            if (host.workspace().isPresent()) {
                host.workspace().write(path, xml);
            }
        });
        var history = host.journal().history();
        var now = host.clock().instant();
        List<Map<String, Object>> rows = works.stream()
                .map(work -> {
                    SmokeTestState tested = work.state();
                    return row(work, history.row(work.group()), tested == null ? List.of() : tested.results(test, now));
                })
                .toList();
        List<TestWork> bad = works.stream()
                .filter(work -> fails(parameters, work, history.row(work.group())))
                .toList();
        if (!bad.isEmpty()) {
            return new Progress.Failed(state, bad.size() + " groups did not pass: " + named(bad));
        }
        List<TestWork> unknown = works.stream()
                .filter(work -> work.verdict() == SmokeTestVerdict.INCONCLUSIVE)
                .toList();
        if (!unknown.isEmpty()) {
            host.log(SmokeTestAsgOperation.STEP + ": UNSTABLE: it is not known whether " + unknown.size()
                    + " groups work: " + named(unknown));
        }
        return new Progress.Done(
                state, Map.of("groups", rows), unknown.isEmpty() ? FleetReader.verdict(state) : BuildVerdict.UNSTABLE);
    }

    private static boolean fails(Parameters parameters, TestWork work, Optional<GroupResult> result) {
        return switch (parameters.text(SmokeTestAsg.FAIL_ON).orElse("any")) {
            case "none" -> false;
            case "broken" ->
                work.verdict() == SmokeTestVerdict.FAILED
                        && result.filter(row -> row.outcome() == GroupOutcome.ROLLED_BACK)
                                .isEmpty();
            default -> work.verdict() == SmokeTestVerdict.FAILED;
        };
    }

    private static String named(List<TestWork> works) {
        return works.stream()
                .map(work -> work.group().name() + " (" + work.reason() + ")")
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Object> row(TestWork work, Optional<GroupResult> result, List<CheckResult> checks) {
        SmokeTestVerdict verdict = work.verdict();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("account", work.group().account().value());
        row.put("region", work.group().region().value());
        row.put("autoScalingGroupName", work.group().name().value());
        row.put("environment", work.environment());
        row.put("family", work.family());
        row.put("verdict", verdict == null ? "not tested" : verdict.name().toLowerCase(Locale.ROOT));
        row.put("reason", work.reason());
        row.put("outcome", result.map(ended -> ended.outcome().text()).orElse(""));
        row.put("checks", checks.stream().map(Outcome::check).toList());
        return row;
    }

    private static Map<String, Object> check(CheckResult check) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", check.name());
        row.put("subject", check.subject());
        row.put("verdict", check.verdict().name().toLowerCase(Locale.ROOT));
        row.put("message", check.message());
        row.put("attempts", check.attempts());
        return row;
    }
}
