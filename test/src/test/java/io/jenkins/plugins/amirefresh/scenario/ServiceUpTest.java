package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service stays up for its users, whatever AWS itself waits for. */
class ServiceUpTest {

    private static final String BAD =
            "  - {match: {image: web-new}, http: [{path: /health, status: 503, body: broken}]}\n";
    private static final String SLOW =
            "  - {match: {image: web-new}, boot: 4m, http: [{path: /health, status: 200, body: ok}]}\n";

    private static UnaryOperator<String> sized(String balancers, String type, int desired, int max) {
        return text -> text.replace("            targetGroups: [web]\n", "            " + balancers + "\n")
                .replace("healthCheckType: ELB", "healthCheckType: " + type)
                .replace("min: 2", "min: 1")
                .replace("desired: 3", "desired: " + desired)
                .replace("max: 4", "max: " + max)
                .replace(
                        "        autoScalingGroups:\n",
                        """
                                  - {name: admin, port: 8081, healthCheckPath: /health, healthCheckInterval: 10, healthyThreshold: 2, deregistrationDelay: 20, loadBalancer: admin}
                                loadBalancers:
                                  - {name: front, healthCheck: "HTTP:8080/health", healthCheckInterval: 10s, healthyThreshold: 2}
                                autoScalingGroups:
                        """);
    }

    private static Scenario recycled(UnaryOperator<String> change, Map<String, ?> more) {
        return recycled(Scenario.of("fleet.yaml", change), more);
    }

    private static Scenario recycled(Scenario scenario, Map<String, ?> more) {
        Map<String, Object> parameters = new HashMap<>(Map.of("instanceTimeLimit", "5m", "failOn", "none"));
        parameters.putAll(more);
        scenario.run("recycleAsgs", parameters);
        scenario.settle();
        return scenario;
    }

    private static UnaryOperator<String> and(UnaryOperator<String> first, String behaviour) {
        return text -> first.apply(text) + behaviour;
    }

    @ParameterizedTest
    @CsvSource({
        "'targetGroups: [web]', 4, 6, 4",
        "'targetGroups: [web]', 4, 4, 3",
        "'targetGroups: [web, admin]', 4, 6, 4",
        "'targetGroups: [web, admin]', 2, 2, 1",
        "'loadBalancers: [front]', 4, 6, 4",
        "'loadBalancers: [front]', 4, 4, 3",
        "'{targetGroups: [web], loadBalancers: [front]}', 1, 2, 1"
    })
    void whenAwsDoesNotLookAtTheBalancer_thenABadImageCostsNoMoreThanTheFirstBatch(
            String balancers, int desired, int max, int least) {
        // given
        String lines = balancers.replaceAll("[{}]", "").replace("], load", "]\n            load");

        // when
        Scenario scenario = recycled(and(sized(lines, "EC2", desired, max), BAD), Map.of());

        // then
        String console = scenario.console().toString();
        assertThat(scenario.row("web").outcome()).as(console).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.lowestHealthy("web")).as(console).isGreaterThanOrEqualTo(least);
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("1 InService Healthy", (long) desired));
        assertThat(console).contains("healthy means: in service and healthy in ");
    }

    @ParameterizedTest
    @CsvSource({"4, 6, 4", "4, 4, 3"})
    void whenAwsDoesNotLookAtTheBalancer_thenASlowImageComesThroughAllTheSame(int desired, int max, int least) {
        // when
        Scenario scenario = recycled(
                and(sized("targetGroups: [web]", "EC2", desired, max), SLOW), Map.of("instanceTimeLimit", "20m"));

        // then
        String console = scenario.console().toString();
        assertThat(scenario.row("web").outcome()).as(console).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.lowestHealthy("web")).as(console).isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @CsvSource({
        "ELB, instance-refresh, ', after a warmup of 30s'",
        "'EC2,ELB', instance-refresh, ', after a warmup of 30s'",
        "EC2, rolling, ' for 20s'"
    })
    void whenAwsLooksAtTheBalancer_thenItsOwnRefreshIsTaken(String type, String strategy, String means) {
        // when
        Scenario scenario =
                recycled(sized("targetGroups: [web, admin]", "'" + type + "'", 4, 6), Map.of("dryRun", true));

        // then
        assertThat(scenario.row("web").reason())
                .contains(strategy + " (")
                .endsWith("healthy means: in service and healthy in 2 target groups" + means);
    }

    @Test
    void whenNothingTellsReadiness_thenThePlanSaysSo() {
        // when
        Scenario scenario = recycled(
                text -> sized("", "EC2", 3, 4).apply(text).replace("healthCheckGracePeriod: 30", ""),
                Map.of("dryRun", true));

        // then
        assertThat(scenario.row("web").reason())
                .contains("instance-refresh (")
                .endsWith("healthy means: running only: set instanceWarmup or checks");
    }

    /** The old instances still there, at each moment that the build waited for since the refresh was cancelled. */
    private static List<Long> oldOnesSinceTheCancel(Scenario scenario) {
        List<Long> seen = new ArrayList<>();
        scenario.passingTimeBy(moment -> {
            scenario.simulator().advanceTo(moment);
            if (scenario.console().stream().anyMatch(line -> line.contains("cancelling the instance refresh"))) {
                seen.add(scenario.fleet().group("web").instances().getOrDefault("1 InService Healthy", 0L));
            }
        });
        return seen;
    }

    @ParameterizedTest
    @CsvSource({
        "'targetGroups: [web]', 6, 10, 5",
        "'targetGroups: [web]', 6, 6, 5",
        "'targetGroups: [web, admin]', 4, 4, 3",
        "'loadBalancers: [front]', 6, 6, 5"
    })
    void whenAwsRefreshIsAskedForByName_thenItsFirstBatchIsAllThatABadImageCosts(
            String balancers, int desired, int max, int least) {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", and(sized(balancers, "EC2", desired, max), BAD));
        List<Long> old = oldOnesSinceTheCancel(scenario);

        // when
        recycled(scenario, Map.of("strategy", "instance-refresh"));

        // then
        String console = scenario.console().toString();
        GroupResult row = scenario.row("web");
        assertThat(row.outcome()).as(console).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(row.strategy()).isEqualTo("instance-refresh");
        assertThat(row.reason())
                .containsPattern("new instance i-\\w+ is not healthy after 5m and its warmup: ")
                .contains("; brought back by rolling");
        assertThat(scenario.lowestHealthy("web")).as(console).isGreaterThanOrEqualTo(least);
        assertThat(old).isNotEmpty().isSorted();
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("1 InService Healthy", (long) desired));
        assertThat(console).contains("is marked bad");
        assertThat(scenario.mutating()).containsOnlyOnce("StartInstanceRefresh");
    }

    @Test
    void whenAwsRefreshIsAskedForByNameAndWouldNotWaitLongEnough_thenItEndsBeforeASecondBatchAndSaysWhatToDo() {
        // when
        Scenario scenario = recycled(
                and(sized("targetGroups: [web]", "EC2", 6, 6), SLOW),
                Map.of("strategy", "instance-refresh", "instanceTimeLimit", "20m", "instanceWarmup", "30s"));

        // then
        String console = scenario.console().toString();
        assertThat(scenario.row("web").outcome()).as(console).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason())
                .contains("AWS would have gone on after a warmup of 30s")
                .contains("; set instanceWarmup to more than ");
        assertThat(scenario.lowestHealthy("web")).as(console).isGreaterThanOrEqualTo(5);
        assertThat(console).doesNotContain("is marked bad");
    }

    @Test
    void whenAwsRefreshIsAskedForByNameAndWaitsLongEnough_thenTheGroupIsRefreshed() {
        // when
        Scenario scenario = recycled(
                and(sized("targetGroups: [web]", "EC2", 6, 6), SLOW),
                Map.of("strategy", "instance-refresh", "instanceTimeLimit", "20m", "instanceWarmup", "6m"));

        // then
        String console = scenario.console().toString();
        assertThat(scenario.row("web").outcome()).as(console).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.lowestHealthy("web")).as(console).isGreaterThanOrEqualTo(5);
        assertThat(console).contains("AWS waits 29m after its first instances, until they are seen to serve");
    }

    @Test
    void whenSomebodyChoseTheCheckpoints_thenTheyStandAndTooFewAreSeenAllTheSame() {
        // when
        Scenario scenario = recycled(
                and(sized("targetGroups: [web]", "EC2", 6, 6), BAD),
                Map.of("strategy", "instance-refresh", "checkpointPercentages", List.of(50), "checkpointDelay", "1m"));

        // then
        assertThat(scenario.row("web").reason())
                .matches(".*that serve, minimum is 5, while AWS counts i-\\w+ as healthy: .*")
                .contains("; brought back by rolling");
        assertThat(scenario.row("web").strategy()).isEqualTo("instance-refresh");
    }

    @Test
    void whenPeopleEndInstancesMeanwhile_thenTheImageIsNotBlamed() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", and(sized("targetGroups: [web]", "EC2", 6, 6), SLOW));
        Colleague colleague = new Colleague(scenario);
        boolean[] ended = {false};
        scenario.passingTimeBy(moment -> {
            scenario.simulator().advanceTo(moment);
            if (!ended[0] && scenario.console().stream().anyMatch(line -> line.contains("InProgress"))) {
                ended[0] = true;
                colleague.instances("web").stream()
                        .limit(3)
                        .forEach(id -> colleague.calls(
                                "TerminateInstanceInAutoScalingGroup",
                                input -> input.put("InstanceId", id).put("ShouldDecrementDesiredCapacity", false)));
            }
        });

        // when
        recycled(scenario, Map.of("strategy", "instance-refresh", "instanceTimeLimit", "20m", "instanceWarmup", "30s"));

        // then
        String console = scenario.console().toString();
        assertThat(ended[0]).isTrue();
        assertThat(scenario.row("web").outcome()).as(console).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(console).contains("cancelling the instance refresh").doesNotContain("is marked bad");
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("1 InService Healthy", 6L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "instance-refresh", "out-in", "rolling"})
    void whenTheBalancerEndsNewInstancesAtOnce_thenItStopsNamesTheGracePeriodAndBlamesNothing(String strategy) {
        // given
        UnaryOperator<String> noGrace = text -> sized("targetGroups: [web]", "ELB", 4, 6)
                .apply(text)
                .replace("healthCheckGracePeriod: 30", "healthCheckGracePeriod: 0");

        // when
        Scenario scenario = recycled(and(noGrace, SLOW), strategy.isEmpty() ? Map.of() : Map.of("strategy", strategy));

        // then
        String console = scenario.console().toString();
        assertThat(scenario.row("web").outcome()).as(console).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason())
                .contains("before it ever passed")
                .contains("healthCheckGracePeriod");
        assertThat(console).doesNotContain("is marked bad");
        assertThat(scenario.lowestHealthy("web"))
                .as(console)
                .isGreaterThanOrEqualTo(strategy.equals("instance-refresh") ? 3 : 4);
        if (strategy.isEmpty()) {
            assertThat(console).contains("canary (one first");
        }
    }

    @Test
    void whenTheBalancerEndsNewInstancesAtOnceAndTheyAreQuick_thenTheGroupIsRefreshed() {
        // when
        Scenario scenario = recycled(
                text -> sized("targetGroups: [web]", "ELB", 4, 6)
                        .apply(text)
                        .replace("healthCheckGracePeriod: 30", "healthCheckGracePeriod: 0"),
                Map.of());

        // then
        String console = scenario.console().toString();
        assertThat(scenario.row("web").outcome()).as(console).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.lowestHealthy("web")).as(console).isEqualTo(4);
    }

    @Test
    void whenALaunchHookGivesThemTime_thenAwsOwnRefreshIsTaken() {
        // when
        Scenario scenario = recycled(
                text -> sized("targetGroups: [web]", "ELB", 4, 6)
                        .apply(text)
                        .replace(
                                "healthCheckGracePeriod: 30",
                                "healthCheckGracePeriod: 0\n            request: {LifecycleHookSpecificationList:"
                                        + " [{LifecycleHookName: boot, LifecycleTransition:"
                                        + " \"autoscaling:EC2_INSTANCE_LAUNCHING\", HeartbeatTimeout: 60, DefaultResult:"
                                        + " CONTINUE}]}"),
                Map.of("dryRun", true));

        // then
        assertThat(scenario.row("web").reason()).contains("instance-refresh (");
    }

    @ParameterizedTest
    @CsvSource({"4, 6", "4, 4"})
    void whenHalfOfTheOldOnesDoNotServe_thenTheyAreReplacedFirstAndNothingWaitsForThem(int desired, int max) {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", sized("targetGroups: [web]", "EC2", desired, max));
        Colleague colleague = new Colleague(scenario);
        colleague.takesOutOfBalancer("web", colleague.instances("web").subList(0, 2));
        scenario.settle();

        // when
        recycled(scenario, Map.of());

        // then
        String console = scenario.console().toString();
        assertThat(scenario.row("web").outcome()).as(console).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.lowestHealthy("web")).as(console).isGreaterThanOrEqualTo(2);
    }
}
