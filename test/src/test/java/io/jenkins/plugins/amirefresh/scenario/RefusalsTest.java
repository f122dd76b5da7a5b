package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal before the first change, its cure and its override. */
class RefusalsTest {

    private static Scenario suspended(String process, boolean isBalanced) {
        return Scenario.of("fleet.yaml", text -> text.replace(
                        "targetGroups: [web]\n", (isBalanced ? "targetGroups: [web]\n" : "max: 4\n"))
                .replace("            max: 4\n            max: 4\n", "            max: 4\n")
                .replace("healthCheckType: ELB", isBalanced ? "healthCheckType: ELB" : "healthCheckType: EC2")
                .replace(
                        "            healthCheckGracePeriod",
                        "            suspendedProcesses: [" + process + "]\n            healthCheckGracePeriod"));
    }

    private static Scenario tagged(String tags) {
        return Scenario.of("fleet.yaml", text -> text.replace("tags: {Environment", "tags: {" + tags + "Environment"));
    }

    private static void runs(Scenario scenario, String strategy, List<String> allow) {
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "allow", allow, "failOn", "none"));
    }

    @ParameterizedTest
    @CsvSource({
        "AddToLoadBalancer, instance-refresh, true",
        "AddToLoadBalancer, rolling, true",
        "AddToLoadBalancer, in-out, true",
        "HealthCheck, instance-refresh, true",
        "HealthCheck, instance-refresh, false",
        "HealthCheck, rolling, false",
        "Launch, rolling, true",
        "Terminate, out-in, true",
        "InstanceRefresh, instance-refresh, true",
    })
    void whenAProcessThatTheStrategyNeedsIsSuspended_thenItIsRefused(
            String process, String strategy, boolean isBalanced) {
        // given
        Scenario scenario = suspended(process, isBalanced);

        // when
        runs(scenario, strategy, List.of());

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason())
                .startsWith("suspended by others: " + process + ", so ")
                .endsWith("; resume it, then try again (or take it on with allow: 'suspendedProcesses')");
        assertThat(scenario.mutating()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AddToLoadBalancer, rolling, false",
        "HealthCheck, rolling, true",
        "InstanceRefresh, rolling, true",
        "AZRebalance, rolling, true",
        "ReplaceUnhealthy, instance-refresh, true",
        "AlarmNotification, instance-refresh, true",
        "ScheduledActions, in-out, true",
    })
    void whenTheStrategyDoesWithoutTheProcess_thenItIsRefreshedAndStaysSuspended(
            String process, String strategy, boolean isBalanced) {
        // given
        Scenario scenario = suspended(process, isBalanced);

        // when
        runs(scenario, strategy, List.of());

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.fleet().group("web").suspended()).containsExactly(process);
    }

    @Test
    void whenSuspendedProcessesAreAllowed_thenTheRefreshBeginsAndSaysWhatItTakesOn() {
        // given
        Scenario scenario = suspended("HealthCheck", true);

        // when
        runs(scenario, "instance-refresh", List.of("suspendedProcesses"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("web: starting, ")
                        && line.contains("; taken on: suspended by others: HealthCheck, so replacements that fail"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eks:nodegroup-name: main, | Amazon EKS owns the group (tag eks:nodegroup-name); update its node group"
                        + " (aws eks update-nodegroup-version",
                "eks:cluster-name: main, | Amazon EKS owns the group",
                "\"elasticbeanstalk:environment-id\": e-1, | AWS Elastic Beanstalk owns the group",
                "AWSBatchServiceTag: batch, | AWS Batch owns the group",
            })
    void whenAnotherServiceOwnsTheGroup_thenItIsRefusedWithTheOwnersWay(String tag, String why) {
        // given
        Scenario scenario = tagged(tag.startsWith("eks:") ? "\"" + tag.replace(": ", "\": ") : tag);

        // when
        runs(scenario, "rolling", List.of());

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason()).startsWith(why).contains("allow: 'ownedGroups'");
        assertThat(scenario.mutating()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"kubernetes.io/cluster/main\": owned, ", "AmazonECSManaged: \"\", "})
    void whenTheGroupIsOnlyMadeOrScaledByAnother_thenItIsRefreshed(String tag) {
        // given
        Scenario scenario = tagged(tag);

        // when
        runs(scenario, "rolling", List.of());

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
    }

    @Test
    void whenOwnedGroupsAreAllowed_thenItIsRefreshed() {
        // given
        Scenario scenario = tagged("\"eks:nodegroup-name\": main, ");

        // when
        runs(scenario, "rolling", List.of("ownedGroups"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
    }

    /** The group has three tags of its own. */
    private static Scenario with(int moreTags) {
        return tagged(IntStream.range(0, moreTags)
                .mapToObj(number -> "cost-" + number + ": x, ")
                .collect(Collectors.joining()));
    }

    @ParameterizedTest
    @CsvSource({
        "rolling, 44, true",
        "rolling, 45, false",
        "out-in, 45, false",
        "in-out, 45, true",
        "in-out, 46, false",
        "instance-refresh, 45, true",
        "instance-refresh, 46, false",
        "canary, 45, false",
    })
    void whenTheTagsOfARefreshHaveNoRoom_thenItIsRefused(String strategy, int others, boolean fits) {
        // given
        Scenario scenario = with(others);

        // when
        runs(scenario, strategy, List.of());

        // then
        int needed = strategy.equals("in-out") || strategy.equals("instance-refresh") ? 2 : 3;
        if (fits) {
            assertThat(scenario.row("web").outcome())
                    .as(scenario.row("web").reason())
                    .isEqualTo(GroupOutcome.REFRESHED);
        } else {
            assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
            assertThat(scenario.row("web").reason())
                    .startsWith("it has " + (others + 3) + " of at most 50 tags and room for " + (47 - others)
                            + " more, and " + needed
                            + " are needed (ami-refresh:lease:controller-1, ami-refresh:record")
                    .endsWith("remove some that nobody reads (or take it on with allow: 'freeTags')");
            assertThat(scenario.mutating()).isEmpty();
        }
    }

    @Test
    void whenFewFreeTagsAreAllowed_thenTheWayBackStandsInTheRunAlone() {
        // given
        Scenario scenario = with(45);

        // when
        runs(scenario, "rolling", List.of("freeTags"));
        scenario.run("rollbackAsgs", Map.of());

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.fleet().group("web").tags()).doesNotContainKey("ami-refresh:record");
    }

    @Test
    void whenNotEvenTheLeaseHasRoom_thenAllowingItDoesNotHelp() {
        // given
        Scenario scenario = with(46);

        // when
        runs(scenario, "rolling", List.of("freeTags"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason())
                .startsWith("it has 49 of at most 50 tags and room for 1 more, and 2 are needed")
                .endsWith("remove some that nobody reads");
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenAPinsTagHasNoRoom_thenItIsPinnedAllTheSameAndItsRowSaysSo() {
        // given
        String tags = IntStream.range(0, 47)
                .mapToObj(number -> "cost-" + number + ": x, ")
                .collect(Collectors.joining());
        Scenario scenario = Scenario.of("fleet.yaml", text -> text.replace("              - {image: web-new}\n", "")
                .replace("            version: 1\n", "            version: $Latest\n")
                .replace("tags: {Environment", "tags: {" + tags + "Environment"));

        // when
        scenario.run("updateLaunchTemplates", Map.of("ami", "newest"));
        runs(scenario, "rolling", List.of());

        // then
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("1");
        assertThat(scenario.fleet().group("web").tags()).hasSize(50).doesNotContainKey("ami-refresh:pinned");
        assertThat(scenario.row("web").reason())
                .startsWith("it has 50 of at most 50 tags")
                .endsWith("; stays pinned to version 1, it named $Latest");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whenAwsCannotRollBack_thenItIsRefusedUnlessItMayGoWithout(boolean isAllowed) {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml", text -> text.replace("            version: 1\n", "            version: $Default\n"));

        // when
        scenario.run(
                "recycleAsgs",
                Map.of(
                        "strategy",
                        "instance-refresh",
                        "autoRollback",
                        true,
                        "allow",
                        isAllowed ? "autoRollback" : "",
                        "failOn",
                        "none"));

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(isAllowed ? GroupOutcome.REFRESHED : GroupOutcome.REFUSED);
        if (!isAllowed) {
            assertThat(scenario.row("web").reason())
                    .startsWith("AWS refuses autoRollback, since the group names $Default; let it name a number");
            assertThat(scenario.mutating()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batchTimeLimit | 30m | its draining and termination hooks may take 60 min, and batchTimeLimit is 30 min;",
                "timeLimit | 59m | its hooks and draining of one instance may take 60 min, and timeLimit is 59 min;",
                "batchTimeLimit | 61m | ''",
                "instanceTimeLimit | 10m | ''",
            })
    void whenAGivenLimitIsShorterThanDraining_thenItIsRefused(String parameter, String limit, String why) {
        // given
        Scenario scenario =
                Scenario.of("fleet.yaml", text -> text.replace("deregistrationDelay: 20", "deregistrationDelay: 3600"));

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "out-in", parameter, limit, "dryRun", true, "failOn", "none"));

        // then
        if (why.isEmpty()) {
            assertThat(scenario.row("web").reason()).startsWith("dry run: would refresh");
        } else {
            assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
            assertThat(scenario.row("web").reason()).startsWith(why).endsWith("allow: 'timeLimits')");
        }
    }

    @Test
    void whenAGroupIsBeingDeleted_thenItIsSkipped() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text
                        + """
                happenings:
                  - {after: 1s, account: "111111111111", region: eu-west-1, operation: DeleteAutoScalingGroup, input: {AutoScalingGroupName: web, ForceDelete: true}}
                """);
        scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(2));

        // when
        scenario.run("recycleAsgs", Map.of("windows", "ignore"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.SKIPPED);
        assertThat(scenario.row("web").reason()).isEqualTo("the group is being deleted");
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenAGroupIsDeletedWhileItIsRefreshed_thenItIsSkippedAndNothingFails() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text
                        + """
                happenings:
                  - {after: 1m, account: "111111111111", region: eu-west-1, operation: DeleteAutoScalingGroup, input: {AutoScalingGroupName: web, ForceDelete: true}}
                """);

        // when
        Progress progress = scenario.run("recycleAsgs", Map.of("strategy", "rolling"));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.SKIPPED);
        assertThat(scenario.row("web").reason()).containsAnyOf("being deleted", "no longer exists");
    }

    @Test
    void whenAWordOfAllowIsUnknown_thenTheStepIsRefused() {
        // when
        Scenario scenario = Scenario.of("fleet.yaml");
        assertThat(catchThrowable(() -> scenario.run("recycleAsgs", Map.of("allow", "suspended"))))
                .hasMessageContaining("allow: 'suspended'")
                .hasMessageContaining("give some of suspendedProcesses, ");
    }
}
