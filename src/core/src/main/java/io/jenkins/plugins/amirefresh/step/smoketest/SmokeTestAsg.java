package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.checks.CheckParameters;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The step {@code smokeTestAsg}. */
public final class SmokeTestAsg implements StepDefinition {

    static final String CHECKS = "checks";
    static final String QUORUM = "quorum";
    static final String RETRIES = "retries";
    static final String INTERVAL = "interval";
    static final String TIME_LIMIT = "timeLimit";
    static final String ON_FAILURE = "onFailure";
    static final String FAIL_ON = "failOn";
    static final String SLACK_CHANNEL = "slackChannel";
    static final String JUNIT_FILE = "junitFile";
    static final String DRY_RUN = "dryRun";

    @Override
    public String functionName() {
        return "smokeTestAsg";
    }

    @Override
    public String summary() {
        return "Proves that the refreshed Auto Scaling groups work, and brings back to the old version those that do not.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(ofATest());
        specs.addAll(consequences());
        specs.addAll(CommonParameters.whichGroups());
        specs.addAll(CommonParameters.where());
        return List.copyOf(specs);
    }

    /** What says how a group is tested, and what follows when it fails. */
    static List<ParameterSpec> ofATest() {
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.listOfMaps(
                CHECKS,
                CheckParameters.keys(),
                "What is asked, one map a check. [http: '/health'] with port, scheme, status (200 or '200-399'), body (a "
                        + "regular expression). [tcp: 5432]. [targetHealth: true]. [ssm: 'systemctl is-active app'], a "
                        + "command that Systems Manager runs on the instance, or with 'parameters' a document. [shell: "
                        + "'./smoke.sh'], a command on the agent, which finds INSTANCE_ID and INSTANCE_ADDRESS in its "
                        + "environment. Both end with exitCode (0) and have 'output' (a regular expression) in what they "
                        + "print. [cloudWatchAlarm: 'web-5xx'], OK for 'soak' (5m). [metric: 'CPUUtilization', namespace: "
                        + "'AWS/EC2', dimensions: [InstanceId: '{instanceId}'], threshold: 80], or [metric: "
                        + "'http://prometheus:9090', query: '...', threshold: 1], 'count' times (5), each 'interval' (1m). "
                        + "'on' is instances, loadBalancer or both; 'from' is controller or agent; 'expect: sameAsOld' "
                        + "lets pass what the old version answers as well, and compares a metric in percent; "
                        + "'healthyThresholdCount' right answers in a row pass (1); 'timeLimit' is for one answer, 10 s, "
                        + "1 m for commands. Without checks: target health."));
        specs.addAll(timing());
        specs.add(ParameterSpec.choice(
                ON_FAILURE,
                List.of("rollback", "fail", "continue"),
                "fail",
                "What happens to a group that fails: 'rollback' marks the AMI bad and replaces the instances of the "
                        + "new version by the recorded one; 'fail' leaves it and calls it failed; 'continue' leaves it "
                        + "and only says so. An inconclusive test never rolls back."));
        return List.copyOf(specs);
    }

    private static List<ParameterSpec> timing() {
        return List.of(
                ParameterSpec.optional(
                        QUORUM,
                        ParameterType.INTEGER,
                        "100",
                        "Percent of the instances, or of the load balancers, that must pass each check, 1-100."),
                ParameterSpec.optional(
                        RETRIES,
                        ParameterType.INTEGER,
                        "3",
                        "How often one that did not pass is asked again before that counts, 0-100."),
                ParameterSpec.optional(
                        INTERVAL,
                        ParameterType.DURATION,
                        "15s",
                        "Time between two questions to the same one, 1 s to 1 h."),
                ParameterSpec.optional(
                        TIME_LIMIT,
                        ParameterType.DURATION,
                        "10m",
                        "Time for the whole test of a group, up to 1 day; what has not passed by then has failed."));
    }

    private static List<ParameterSpec> consequences() {
        return List.of(
                ParameterSpec.choice(
                        FAIL_ON,
                        List.of("any", "broken", "none"),
                        "any",
                        "When the step fails: 'any' group that failed; 'broken' only when one is left on a version that does "
                                + "not work; 'none' never, the rows say it. A group that cannot be judged makes the build "
                                + "UNSTABLE."),
                ParameterSpec.optional(
                        SLACK_CHANNEL,
                        ParameterType.TEXT,
                        "the global setting",
                        "Channel for a message when a group passed or failed; none is sent without a channel."),
                ParameterSpec.optional(
                        JUNIT_FILE,
                        ParameterType.TEXT,
                        "none",
                        "Path in the workspace for all verdicts of the run as JUnit XML; without an agent it is kept with the "
                                + "build."),
                ParameterSpec.dryRun("Prints which groups would be asked what, and asks nothing."));
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        CommonParameters.inWorkspace(parameters, JUNIT_FILE, "a file");
        return new SmokeTestAsgOperation(parameters, test(parameters));
    }

    /** The test that parameters of {@link #ofATest()} describe. */
    static SmokeTest test(Parameters parameters) {
        List<Check> checks = CheckParameters.read(parameters.maps(CHECKS));
        SmokeTest test = new SmokeTest(
                checks.isEmpty() ? List.of(CheckParameters.targetHealth()) : checks,
                between(parameters, QUORUM, 100, 1, 100),
                between(parameters, RETRIES, 3, 0, 100) + 1,
                between(parameters, INTERVAL, Duration.ofSeconds(15), Duration.ofHours(1)),
                between(parameters, TIME_LIMIT, Duration.ofMinutes(10), Duration.ofDays(1)));
        CheckParameters.requireTime(checks, TIME_LIMIT, test.timeLimit());
        return test;
    }

    static String onFailure(Parameters parameters) {
        return parameters.text(ON_FAILURE).orElse("fail");
    }

    private static int between(Parameters parameters, String name, int otherwise, int least, int most) {
        int value = parameters.integer(name).orElse(otherwise);
        if (value < least || value > most) {
            throw ParameterException.of(name, value, "a number from " + least + " to " + most);
        }
        return value;
    }

    private static Duration between(Parameters parameters, String name, Duration otherwise, Duration most) {
        Duration value = parameters.duration(name).orElse(otherwise);
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(most) > 0) {
            throw ParameterException.of(name, value, "a duration from 1 s to " + most.toSeconds() + " s");
        }
        return value;
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
