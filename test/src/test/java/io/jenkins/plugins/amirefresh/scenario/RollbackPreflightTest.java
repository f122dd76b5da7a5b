package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rollback is looked at like a refresh, at its own moment: it never makes it worse. */
class RollbackPreflightTest {

    private static final String BAD = "  - {match: {image: web-new}, http: [{path: /health, status: 500}]}\n";
    private static final String DEEP =
            "  - {match: {image: web-new}, http: [{path: /deep, status: 500}, {path: /health, status: 200}]}\n";

    private static final Map<String, ?> SMOKE_TEST =
            Map.of("onFailure", "rollback", "checks", List.of(Map.of("http", "/deep", "port", 8080)), "retries", 1);

    private static void suspends(Scenario scenario, String process) {
        new Colleague(scenario).calls("SuspendProcesses", input -> input.put("AutoScalingGroupName", "web")
                .putArray("ScalingProcesses")
                .add(process));
    }

    private static Scenario refreshed(String strategy, String behaviour) {
        Scenario scenario = Scenario.of("fleet.yaml", text -> text + behaviour);
        scenario.run("recycleAsgs", Map.of("strategy", strategy));
        return scenario;
    }

    private static String happening(String after, String process) {
        return "happenings:\n  - {after: " + after + ", account: \"111111111111\", region: eu-west-1, operation:"
                + " SuspendProcesses, input: {AutoScalingGroupName: web, ScalingProcesses: [" + process + "]}}\n";
    }

    private static void wholeOnTheNewVersion(Scenario scenario, int callsBefore) {
        scenario.settle();
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("2");
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("2 InService Healthy", 3L));
        assertThat(scenario.mutating().subList(callsBefore, scenario.mutating().size()))
                .doesNotContain(
                        "TerminateInstanceInAutoScalingGroup",
                        "SetDesiredCapacity",
                        "UpdateAutoScalingGroup",
                        "StartInstanceRefresh");
    }

    @ParameterizedTest
    @CsvSource({
        "in-out, Launch",
        "in-out, AddToLoadBalancer",
        "out-in, Terminate",
        "rolling, Launch",
        "instance-refresh, InstanceRefresh"
    })
    void whenAProcessIsSuspendedAfterTheRefresh_thenRollbackAsgsIsRefusedUnlessThatIsTakenOn(
            String strategy, String process) {
        // given
        Scenario scenario = refreshed(strategy, "");
        suspends(scenario, process);
        int calls = scenario.mutating().size();

        // when
        Progress progress = scenario.run("rollbackAsgs", Map.of());

        // then
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason())
                .startsWith("suspended by others: " + process + ", so ")
                .endsWith("; resume it, then try again (or take it on with allow: 'suspendedProcesses');"
                        + " the group stays as it is");
        wholeOnTheNewVersion(scenario, calls);
    }

    @Test
    void whenASuspendedProcessIsTakenOn_thenRollbackAsgsBegins() {
        // given
        Scenario scenario = refreshed("rolling", "");
        suspends(scenario, "AddToLoadBalancer");

        // when
        scenario.run("rollbackAsgs", Map.of("allow", "suspendedProcesses", "timeLimit", "10m", "failOn", "none"));

        // then
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("web: going back from version 2 to 1: ")
                        && line.contains("; taken on: suspended by others: AddToLoadBalancer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-out", "out-in", "instance-refresh"})
    void whenAProcessIsSuspendedBeforeTheSmokeTestFails_thenItsRollbackIsRefusedAndTheGroupIsNamed(String strategy) {
        // given
        Scenario scenario = refreshed(strategy, DEEP);
        suspends(scenario, "Launch");
        int calls = scenario.mutating().size();

        // when
        Progress progress = scenario.run("smokeTestAsg", SMOKE_TEST);

        // then
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason())
                .contains("; not rolled back: suspended by others: Launch, so replacements would not come")
                .contains("(or take it on with rollbackAsgs allow: 'suspendedProcesses')");
        wholeOnTheNewVersion(scenario, calls);
    }

    /** Who fails stays in service for AWS; the rollback would end him, or wait for others, for nothing. */
    private static Scenario failing(String more) {
        return Scenario.of(
                "fleet.yaml", text -> text.replace("healthCheckType: ELB", "healthCheckType: EC2") + BAD + more);
    }

    @ParameterizedTest
    @CsvSource({"in-out, Launch", "in-out, AddToLoadBalancer", "rolling, Launch", "out-in, Terminate"})
    void whenAProcessIsSuspendedDuringARefreshThatFails_thenItsRollbackEndsNothing(String strategy, String process) {
        // given
        Scenario scenario = failing(happening("4m", process));

        // when
        scenario.run(
                "recycleAsgs",
                Map.of("strategy", strategy, "windows", "ignore", "instanceTimeLimit", "5m", "failOn", "none"));
        scenario.settle();

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason())
                .contains("suspended by others: " + process)
                .contains("rollbackAsgs");
        assertThat(scenario.fleet().group("web").instances())
                .as("what had served before, save what the refresh replaced")
                .containsEntry("1 InService Healthy", strategy.equals("in-out") ? 2L : 3L);
        assertThat(scenario.fleet().group("web").tags()).doesNotContainKey("ami-refresh:restore");
        assertThat(scenario.fleet().group("web").suspended()).containsExactly(process);
        assertThat(scenario.lowestHealthy("web"))
                .isGreaterThanOrEqualTo(scenario.row("web").floor());
    }

    @Test
    void whenTheRefreshHasTakenItOn_thenItsRollbackGoesOnAsWell() {
        // given
        Scenario scenario = failing(happening("4m", "AddToLoadBalancer"));

        // when
        scenario.run(
                "recycleAsgs",
                Map.of(
                        "strategy",
                        "in-out",
                        "windows",
                        "ignore",
                        "instanceTimeLimit",
                        "5m",
                        "allow",
                        "suspendedProcesses",
                        "failOn",
                        "none"));

        // then
        assertThat(scenario.row("web").reason()).doesNotContain("would make it worse");
        assertThat(scenario.effects().resources("^terminated"))
                .as("one forward, the broken one back")
                .hasSizeGreaterThanOrEqualTo(2);
    }

    /** AWS ended the replacement itself, so that nothing is left to end, and the group cannot get whole. */
    @Test
    void whenOnlyALaunchIsMissing_thenTheRollbackWaitsAndSaysWhy() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", text -> text + BAD + happening("45s", "Launch"));

        // when
        scenario.run(
                "recycleAsgs", Map.of("strategy", "in-out", "windows", "ignore", "timeLimit", "1h", "failOn", "none"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason())
                .contains("it stands still for 15m, suspended by others: Launch, so replacements would not come;"
                        + " resume it, then try again");
    }

    @Test
    void whenWhatTheOldVersionIsLaunchedWithGoesAfterTheRefresh_thenNoRollbackEndsAnything() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("- {image: web-old}", "- {image: web-old, request: {KeyName: web}}") + DEEP);
        scenario.run("recycleAsgs", Map.of("strategy", "in-out", "allow", "otherSettings"));
        new Colleague(scenario).calls("ec2", "DeleteKeyPair", input -> input.put("KeyName", "web"));
        int calls = scenario.mutating().size();

        // when
        scenario.run("rollbackAsgs", Map.of("failOn", "none"));
        String refused = scenario.row("web").reason();
        scenario.run("smokeTestAsg", SMOKE_TEST);

        // then
        assertThat(refused)
                .isEqualTo("version 1 is launched with key pair web, which does not exist"
                        + " (or take it on with allow: 'missingResources'); the group stays as it is");
        assertThat(scenario.row("web").reason())
                .contains("; not rolled back: version 1 is launched with key pair web, which does not exist");
        wholeOnTheNewVersion(scenario, calls);
    }

    @Test
    void whenWhatTheOldVersionIsLaunchedWithGoesDuringARefreshThatFails_thenTheGroupStaysWhole() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("- {image: web-old}", "- {image: web-old, request: {KeyName: web}}")
                        + BAD
                        + "happenings:\n  - {after: 30s, account: \"111111111111\", region: eu-west-1, service: ec2,"
                        + " operation: DeleteKeyPair, input: {KeyName: web}}\n");

        // when
        scenario.run(
                "recycleAsgs",
                Map.of("strategy", "rolling", "allow", "otherSettings", "windows", "ignore", "failOn", "none"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason())
                .contains("there is no way back: version 1 is launched with key pair web, which does not exist");
        assertThat(scenario.lowestHealthy("web")).isEqualTo(3);
    }

    @Test
    void whenAGivenTimeLimitIsShorterThanDraining_thenRollbackAsgsIsRefused() {
        // given
        Scenario scenario =
                Scenario.of("fleet.yaml", text -> text.replace("deregistrationDelay: 20", "deregistrationDelay: 3600"));
        scenario.run("recycleAsgs", Map.of("strategy", "in-out"));

        // when
        scenario.run("rollbackAsgs", Map.of("timeLimit", "30m", "failOn", "none"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason())
                .startsWith("its hooks and draining of one instance may take 60 min, and timeLimit is 30 min;");
    }

    @ParameterizedTest
    @CsvSource({"46, true", "47, false"})
    void whenTheTagsOfARollbackHaveNoRoom_thenItIsRefusedBeforeItsFirstChange(int others, boolean fits) {
        // given
        Scenario scenario = refreshed("in-out", "");
        new Colleague(scenario).calls("CreateOrUpdateTags", input -> {
            for (int number = 0; number < others - 1; number++) {
                input.withArray("Tags")
                        .addObject()
                        .put("ResourceId", "web")
                        .put("ResourceType", "auto-scaling-group")
                        .put("Key", "cost-" + number)
                        .put("Value", "x")
                        .put("PropagateAtLaunch", false);
            }
        });
        int calls = scenario.mutating().size();

        // when
        scenario.run("rollbackAsgs", Map.of("failOn", "none"));

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(fits ? GroupOutcome.ROLLED_BACK : GroupOutcome.REFUSED);
        if (!fits) {
            assertThat(scenario.row("web").reason())
                    .contains("of at most 50 tags")
                    .contains("remove some");
            wholeOnTheNewVersion(scenario, calls);
        }
    }

    /** It came forward three at once; the subnet has room for one more only now. */
    @Test
    void whenThereIsRoomForFewerReplacementsThanBefore_thenTheGroupGoesBackOneByOne() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace(
                                "            targetGroups: [web]\n",
                                "            targetGroups: [web]\n            subnets: [a]\n")
                        .replace("max: 4", "max: 12")
                        .replace(
                                "        images:\n",
                                """
                                vpcs:
                                  - name: small
                                    cidr: 10.0.0.0/24
                                    subnets:
                                      - {name: a, id: subnet-0aaaaaaaaaaaaaaaa, zone: eu-west-1a, cidr: 10.0.0.0/28}
                                images:
                        """));
        scenario.run("recycleAsgs", Map.of("strategy", "out-in"));
        scenario.settle();
        new Colleague(scenario).calls("ec2", "RunInstances", input -> input.put("ImageId", "ami-0000000000000aaaa")
                .put("SubnetId", "subnet-0aaaaaaaaaaaaaaaa")
                .put("MinCount", 7)
                .put("MaxCount", 7));

        // when
        scenario.run("rollbackAsgs", Map.of("failOn", "none"));
        scenario.settle();

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("1 InService Healthy", 3L));
        assertThat(scenario.lowestHealthy("web")).isEqualTo(3);
    }
}
