package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No instance is ended for an image that is gone, and no group is left naming what cannot launch. */
class WayBackTest {

    private static final String OLD = "ami-0000000000000aaaa";
    private static final String NEW = "ami-0000000000000bbbb";
    private static final String TEMPLATE = "lt-0000000000000aaaa";

    private static final String BAD = "  - {match: {image: web-new}, http: [{path: /health, status: 500}]}\n";

    private static String happens(String when, String operation, String input) {
        return "  - {" + when + ", account: \"111111111111\", region: eu-west-1, service: ec2, operation: " + operation
                + ", input: " + input + "}\n";
    }

    private static String deregistered(String when, String ami) {
        return happens(when, "DeregisterImage", "{ImageId: " + ami + "}");
    }

    private static String versionDeleted(String when, int version) {
        return happens(
                when,
                "DeleteLaunchTemplateVersions",
                "{LaunchTemplateId: " + TEMPLATE + ", Versions: [\"" + version + "\"]}");
    }

    /** The default is version 2, so that version 1 can be deleted. */
    private static Scenario with(String behaviours, String happenings) {
        return Scenario.of(
                "fleet.yaml",
                text -> text.replace(
                                "          - name: shop-web\n",
                                "          - name: shop-web\n            id: " + TEMPLATE
                                        + "\n            defaultVersion: 2\n")
                        + behaviours
                        + (happenings.isEmpty() ? "" : "happenings:\n" + happenings));
    }

    private static void passes(Scenario scenario, int seconds) {
        scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(seconds));
    }

    private static Progress recycles(Scenario scenario, String strategy, String allow) {
        return scenario.run(
                "recycleAsgs", Map.of("strategy", strategy, "allow", allow, "windows", "ignore", "failOn", "none"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DeregisterImage | version 1 launches ami-0000000000000aaaa, which no longer exists",
                "DisableImage | version 1 launches ami-0000000000000aaaa, which is disabled",
            })
    void whenTheOldImageCannotLaunch_thenItIsRefusedUnlessThatIsTakenOn(String operation, String why) {
        for (boolean isAllowed : List.of(false, true)) {
            // given
            Scenario scenario = with("", happens("after: 1s", operation, "{ImageId: " + OLD + "}"));
            passes(scenario, 2);

            // when
            recycles(scenario, "rolling", isAllowed ? "noWayBack" : "");

            // then
            assertThat(scenario.row("web").outcome())
                    .as(scenario.row("web").reason())
                    .isEqualTo(isAllowed ? GroupOutcome.REFRESHED : GroupOutcome.REFUSED);
            if (!isAllowed) {
                assertThat(scenario.row("web").reason())
                        .startsWith("it can launch nothing now, and could not go back: " + why)
                        .endsWith("(or take it on with allow: 'noWayBack')");
                assertThat(scenario.mutating()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DeregisterImage | version 2 launches ami-0000000000000bbbb, which no longer exists",
                "DisableImage | version 2 launches ami-0000000000000bbbb, which is disabled",
            })
    void whenTheNewImageCannotLaunch_thenItIsRefused(String operation, String why) {
        // given
        Scenario scenario = with("", happens("after: 1s", operation, "{ImageId: " + NEW + "}"));
        passes(scenario, 2);

        // when
        recycles(scenario, "in-out", "");

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason()).startsWith(why).contains("allow: 'unlaunchableTarget'");
        assertThat(scenario.mutating()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenTheOldImageGoesAfterTheRefresh_thenNoRollbackEndsAnything(String strategy) {
        // given
        Scenario scenario = with(
                "  - {match: {image: web-new}, http: [{path: /deep, status: 500}, {path: /health, status: 200}]}\n",
                deregistered("after: 3h", OLD));
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "checkpointDelay", "1m"));
        passes(scenario, 3 * 3600);
        Fleet.Group before = scenario.fleet().group("web");
        int calls = scenario.mutating().size();

        // when
        Progress rolledBack = scenario.run("rollbackAsgs", Map.of());
        Progress tested = scenario.run(
                "smokeTestAsg",
                Map.of(
                        "onFailure",
                        "rollback",
                        "checks",
                        List.of(Map.of("http", "/deep", "port", 8080)),
                        "retries",
                        1));

        // then
        assertThat(rolledBack).isInstanceOf(Progress.Failed.class);
        assertThat(((Progress.Failed) rolledBack).message())
                .contains("web refused: version 1 launches " + OLD + ", which no longer exists");
        assertThat(tested).isInstanceOf(Progress.Failed.class);
        assertThat(scenario.console()).anyMatch(line -> line.contains("not rolled back: version 1 launches " + OLD));
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(before.instances());
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("2");
        assertThat(scenario.mutating().subList(calls, scenario.mutating().size()))
                .doesNotContain(
                        "TerminateInstanceInAutoScalingGroup",
                        "SetDesiredCapacity",
                        "UpdateAutoScalingGroup",
                        "StartInstanceRefresh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenTheOldImageGoesBeforeARefreshFails_thenTheGroupStaysWholeOnWhatLaunches(String strategy) {
        // given
        Scenario scenario = with(BAD, deregistered("after: 1m", OLD));

        // when
        recycles(scenario, strategy, "");
        passes(scenario, 3600);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason())
                .contains("there is no way back: version 1 launches " + OLD + ", which no longer exists");
        Fleet.Group after = scenario.fleet().group("web");
        assertThat(after.launches()).isEqualTo("2");
        assertThat(after.desired()).isEqualTo(3);
        assertThat(after.max()).isEqualTo(4);
        assertThat(after.suspended()).isEmpty();
        assertThat(after.tags()).doesNotContainKey("ami-refresh:restore");
        assertThat(scenario.lowestHealthy("web"))
                .isGreaterThanOrEqualTo(scenario.row("web").floor());
    }

    @Test
    void whenTheOldImageGoesInTheMiddleOfARollback_thenNoOtherInstanceIsEndedForIt() {
        // given
        Scenario scenario = with("", "");
        scenario.run("recycleAsgs", Map.of("strategy", "in-out"));
        scenario.runAndVanish("rollbackAsgs", Map.of(), 5);
        assertThat(scenario.effects().resources("^terminated"))
                .as("three forward, one back")
                .hasSize(4);

        // when
        new Colleague(scenario).calls("ec2", "DeregisterImage", input -> input.put("ImageId", OLD));
        scenario.resume(2, "rollbackAsgs", Map.of("failOn", "none"));
        passes(scenario, 1800);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason())
                .containsAnyOf("there is no way back: version 1 launches " + OLD, "[" + OLD + "]' does not exist");
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("2");
        assertThat(scenario.fleet().group("web").instances()).containsEntry("2 InService Healthy", 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenOnlyTheOldVersionIsGone_thenAnotherOneWithItsImageIsMadeAndTheGroupGoesBackToIt(String strategy) {
        // given
        Scenario scenario = with("", versionDeleted("after: 3h", 1));
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "checkpointDelay", "1m"));
        passes(scenario, 3 * 3600);

        // when
        Progress progress = scenario.run("rollbackAsgs", Map.of());
        scenario.settle();

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").fromVersion()).isEqualTo(3);
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("3");
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("3 InService Healthy", 3L));
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("version 3 is made, as version 2 with " + OLD + " of version 1"));
    }

    @ParameterizedTest
    @CsvSource({"BEFORE_THE_CALL", "BEFORE_THE_ANSWER"})
    void whenTheHostIsKilledAtACallOfSuchARollback_thenOneVersionIsMadeAndItsNumberIsInTheRecord(Death.Moment moment) {
        // given
        Scenario whole = lostItsOldVersion();
        int before = whole.mutating().size();
        whole.run("rollbackAsgs", Map.of());
        whole.settle();

        for (int call = before + 1; call <= whole.mutating().size(); call++) {
            // when
            Scenario killed = lostItsOldVersion().dyingAt(call, moment);
            Progress progress = killed.run("rollbackAsgs", Map.of());
            killed.settle();

            // then
            String where = moment + " " + whole.mutating().get(call - 1);
            assertThat(killed.deaths()).as(where).isEqualTo(1);
            assertThat(progress).as(where).isInstanceOf(Progress.Done.class);
            assertThat(killed.fleet()).as(where).isEqualTo(whole.fleet());
            assertThat(killed.fleet().templates()).as(where).containsEntry("shop-web", "default 2, latest 3");
            assertThat(killed.row("web").fromVersion()).as(where).isEqualTo(3);
            assertThat(killed.journal())
                    .as(where)
                    .filteredOn(event -> event.fact() instanceof JournalFact.RefreshStarted)
                    .last()
                    .satisfies(event -> assertThat(((JournalFact.RefreshStarted) event.fact())
                                    .record()
                                    .from()
                                    .number())
                            .isEqualTo(3));
        }
        assertThat(whole.mutating().subList(before, whole.mutating().size())).contains("CreateLaunchTemplateVersion");
    }

    private static Scenario lostItsOldVersion() {
        Scenario scenario = with("", versionDeleted("after: 3h", 1));
        scenario.run("recycleAsgs", Map.of("strategy", "in-out"));
        passes(scenario, 3 * 3600);
        return scenario;
    }

    /** What is to be made is saved before it is: nobody makes anything in a decision. */
    @Test
    void whenTheVersionIsMade_thenItsIntentWasSavedBefore() {
        // given
        List<String> order = new ArrayList<>();
        Scenario scenario = lostItsOldVersion()
                .hostedBy(host -> new DressedHost(host) {
                    @Override
                    public void save(StepState state) {
                        if (state.documents().toString().contains("\"making\":{")) {
                            order.add("saved");
                        }
                        super.save(state);
                    }
                })
                .watchedBy(new MortalHttpClient.Watcher() {
                    @Override
                    public void sending(MortalHttpClient.Call call) {
                        if (call.operation().equals("CreateLaunchTemplateVersion")) {
                            order.add("made");
                        }
                    }
                });

        // when
        scenario.run("rollbackAsgs", Map.of());

        // then
        assertThat(order).startsWith("saved", "made").containsOnlyOnce("made");
    }

    @Test
    void whenTheVersionOfTheInstancesIsGone_thenTheRefreshSaysWhereItWouldGoBackToAndDoes() {
        // given
        Scenario scenario = with(BAD, versionDeleted("after: 1s", 1));
        passes(scenario, 2);

        // when
        recycles(scenario, "rolling", "");
        scenario.settle();

        // then
        assertThat(scenario.console())
                .anyMatch(line -> line.contains("version 1 of " + TEMPLATE
                        + " no longer exists, the way back is a new version with its image " + OLD));
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("3");
    }

    @Test
    void whenARefreshThatStaysAsItIsLosesItsNewImage_thenTheGroupNamesWhatLaunches() {
        // given
        Scenario scenario = with("", deregistered("after: 40s", NEW));

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "in-out", "onFailure", "stop", "failOn", "none"));
        passes(scenario, 1800);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("1");
        assertThat(scenario.fleet().group("web").instances().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void whenNothingThatItCouldNameLaunches_thenTheRowOfAGroupThatIsLeftSaysSo() {
        // given
        Scenario scenario = with("", deregistered("after: 40s", NEW) + deregistered("after: 41s", OLD));

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "in-out", "onFailure", "stop", "failOn", "none"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason())
                .contains("but no more can be launched: version 2 launches " + NEW + ", which no longer exists")
                .contains("; mend that, then run again to go on");
    }
}
