package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Back to where a group was, minutes, hours or builds later. */
class RollbackTest {

    private static Scenario refreshed(String strategy) {
        Scenario scenario = Scenario.of("fleet.yaml");
        Progress progress = scenario.run("recycleAsgs", Map.of("strategy", strategy, "checkpointDelay", "1m"));
        assertThat(progress).isInstanceOf(Progress.Done.class);
        return scenario;
    }

    private static void isBack(Scenario scenario) {
        scenario.settle();
        assertThat(scenario.row("web").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("1 InService Healthy", 3L));
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("1");
        assertThat(scenario.fleet().group("web").max()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenALaterStepWantsItBack_thenItGoesBackTheSameWay(String strategy) {
        // given
        Scenario scenario = refreshed(strategy);

        // when
        scenario.run("rollbackAsgs", Map.of());

        // then
        isBack(scenario);
        assertThat(scenario.row("web").strategy()).isEqualTo(strategy);
        assertThat(scenario.lowestHealthy("web"))
                .isGreaterThanOrEqualTo(scenario.row("web").floor());
    }

    @Test
    void whenAnotherBuildWantsItBackHoursLater_thenTheGroupsOwnTagSaysHow() {
        // given
        Scenario scenario = refreshed("rolling");
        scenario.simulator().advanceTo(scenario.simulator().now().plus(Duration.ofHours(9)));
        Scenario next = scenario.nextBuild("on-call-7");

        // when
        next.run("rollbackAsgs", Map.of());

        // then
        isBack(next);
    }

    @Test
    void whenTheTagIsGoneAndTheBuildIsAnother_thenNothingIsDone() {
        // given
        Scenario scenario = refreshed("rolling");
        new Colleague(scenario).calls("DeleteTags", input -> input.putArray("Tags")
                .addObject()
                .put("ResourceId", "web")
                .put("ResourceType", "auto-scaling-group")
                .put("Key", "ami-refresh:record")
                .put("PropagateAtLaunch", false));
        Scenario next = scenario.nextBuild("on-call-7");

        // when
        next.run("rollbackAsgs", Map.of());

        // then
        next.settle();
        assertThat(next.mutating()).isEmpty();
        assertThat(next.fleet().group("web").instances()).isEqualTo(Map.of("2 InService Healthy", 3L));
    }

    @Test
    void whenItWasRolledBackOnce_thenASecondTimeDoesNothing() {
        // given
        Scenario scenario = refreshed("rolling");
        scenario.run("rollbackAsgs", Map.of());
        int calls = scenario.mutating().size();

        // when
        Progress progress = scenario.run("rollbackAsgs", Map.of());

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.mutating()).hasSize(calls);
    }

    @Test
    void whenTheOldImageIsMarkedBad_thenNobodyGoesBackToIt() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace(
                        "age: 7d, tags: {\"ami-refresh:family\": web}",
                        "age: 7d, tags: {\"ami-refresh:family\": web, \"ami-refresh:bad\": \"CVE-2026-1\"}"));
        scenario.run("recycleAsgs", Map.of("strategy", "rolling"));
        int calls = scenario.mutating().size();

        // when
        Progress progress = scenario.run("rollbackAsgs", Map.of());

        // then
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(scenario.console().toString()).contains("which is marked bad: CVE-2026-1");
        assertThat(scenario.mutating()).hasSize(calls);
        scenario.settle();
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("2 InService Healthy", 3L));
    }

    @Test
    void whenTheGroupIsBeingDeleted_thenThatIsWhatItsRowSays() {
        // given
        Scenario scenario = refreshed("rolling");
        new Colleague(scenario).calls("DeleteAutoScalingGroup", input -> input.put("AutoScalingGroupName", "web")
                .put("ForceDelete", true));
        int calls = scenario.mutating().size();

        // when
        scenario.run("rollbackAsgs", Map.of());

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.SKIPPED);
        assertThat(scenario.row("web").reason()).isEqualTo("the group is being deleted");
        assertThat(scenario.mutating()).hasSize(calls);
    }
}
