package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.RunVerdict;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A region that refuses to be read keeps nobody from the groups of the others, and nothing in flight is given up. */
class UnreadablePlaceTest {

    private static final String LONDON =
            """
      - name: eu-west-2
        images:
          - {name: web-old, id: ami-0000000000000cccc, age: 7d, tags: {"ami-refresh:family": web}}
          - {name: web-new, id: ami-0000000000000dddd, age: 1d, tags: {"ami-refresh:family": web}}
        launchTemplates:
          - {name: shop-web, tags: {"ami-refresh:family": web}, versions: [{image: web-old}, {image: web-new}]}
        autoScalingGroups:
          - {name: london, launchTemplate: shop-web, version: 1, min: 2, desired: 2, max: 4, tags: {Environment: sandbox}}
""";

    private static final Map<String, ?> BOTH = Map.of(
            "regions", List.of("eu-west-1", "eu-west-2"),
            "asgs", "sandbox,london",
            "strategy", "out-in",
            "windows", "ignore",
            "timeLimit", "30m",
            "failOn", "none");

    private static Scenario refusing(String from, String until) {
        return Scenario.of(
                "waves.yaml",
                text -> text.replace("behaviours:", LONDON + "behaviours:")
                        + "faults:\n  - {region: eu-west-2, operation: DescribeAutoScalingGroups, from: \"" + from
                        + "\", until: \"" + until
                        + "\", error: {code: AccessDenied, status: 403, message: no longer allowed}}\n");
    }

    @Test
    void whenARegionRefusesForAWhile_thenItsGroupWaitsAndEndsWell() {
        // given
        Scenario scenario = refusing("2026-11-22T17:00:20Z", "2026-11-22T17:12:00Z");

        // when
        Progress progress = scenario.run("recycleAsgs", BOTH);

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.row("london").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("london: waiting: ") && line.contains("AccessDenied"));
    }

    @Test
    void whenARegionRefusesForGood_thenTheOthersEndWellAndWhatIsLeftIsSaid() {
        // given
        Scenario scenario = refusing("2026-11-22T17:00:20Z", "2026-11-29T17:00:00Z");

        // when
        Progress progress = scenario.run("recycleAsgs", BOTH);

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.row("london").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("london").reason()).contains("AccessDenied").contains("restoreAsgs");
    }

    @Test
    void whenARegionRefusesBeforeItsGroupStarts_thenNothingIsChangedThere() {
        // given
        Scenario scenario = refusing("2026-11-22T17:00:20Z", "2026-11-29T17:00:00Z");

        // when
        scenario.run(
                "recycleAsgs",
                Map.of(
                        "regions", List.of("eu-west-1", "eu-west-2"),
                        "asgs", "sandbox,london",
                        "maxConcurrent", 1,
                        "strategy", "out-in",
                        "windows", "ignore",
                        "failOn", "none"));

        // then
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.row("london").reason()).endsWith("; nothing was changed");
    }

    @Test
    void whenARegionRefusesWhileItsGroupIsClaimed_thenItIsRefusedAndNothingIsChangedThere() {
        // given
        Scenario scenario = refusing("2026-11-22T17:00:05Z", "2026-11-29T17:00:00Z");

        // when
        scenario.run("recycleAsgs", BOTH);

        // then
        GroupResult row = scenario.row("london");
        assertThat(scenario.console()).anyMatch(line -> line.contains("london: claiming the group"));
        assertThat(row.outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(row.reason()).contains("AccessDenied").endsWith("; nothing was changed");
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(RunHistory.of(scenario.journal()).verdict().word()).isEqualTo(RunVerdict.Word.UNSTABLE);
    }

    @Test
    void whenTheHostRestartsWhileARegionIsRead_thenTheStepGoesOn() {
        // given
        Scenario scenario = Scenario.of(
                        "waves.yaml",
                        text -> text.replace("behaviours:", LONDON + "behaviours:")
                                + "faults:\n  - {region: eu-west-2, operation: DescribeAutoScalingGroups,"
                                + " until: \"2026-11-22T17:02:00Z\", throttle: true}\n"
                                + "  - {region: eu-west-2, operation: DescribeAutoScalingGroups,"
                                + " from: \"2026-11-22T17:02:00Z\","
                                + " error: {code: AccessDenied, status: 403, message: no longer allowed}}\n")
                .restartingAfter(tick -> true);

        // when
        scenario.run("recycleAsgs", BOTH);

        // then
        assertThat(scenario.row("sandbox").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console()).anyMatch(line -> line.contains("eu-west-2 cannot be read, the others go on"));
    }
}
