package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group belongs to one controller at a time, by a lease that each writes on it. */
class LeaseTest {

    private static final Map<String, ?> IN_OUT = Map.of("strategy", "in-out", "failOn", "none", "instanceWarmup", "1m");
    private static final Map<String, ?> OUT_IN = Map.of("strategy", "out-in", "failOn", "none");

    private static String lease(String run, Instant since, Duration term) {
        return "run=" + run + " step=step-1 since=" + since + " until=" + since.plus(term);
    }

    private static void tag(Scenario scenario, String operation, String key, String value) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        ObjectNode tag = input.putArray("Tags")
                .addObject()
                .put("ResourceId", "web")
                .put("ResourceType", "auto-scaling-group")
                .put("Key", key);
        if (operation.equals("CreateOrUpdateTags")) {
            tag.put("Value", value).put("PropagateAtLaunch", false);
        }
        String account = scenario.simulator().account().defaultAccount().id();
        Caller caller = new Caller(account, "eu-west-1", "arn:aws:iam::" + account + ":user/others", "others");
        scenario.simulator().call("autoscaling", operation, input, caller);
    }

    private static String patient(String account) {
        return account.replace("healthCheckGracePeriod: 30", "healthCheckGracePeriod: 1800");
    }

    private static Optional<String> lease(Scenario scenario, String controller) {
        return Optional.ofNullable(scenario.fleet().group("web").tags().get("ami-refresh:lease:" + controller));
    }

    private static void whole(Scenario scenario) {
        scenario.settle();
        Fleet.Group web = scenario.fleet().group("web");
        assertThat(web.instances()).isEqualTo(Map.of("2 InService Healthy", 3L));
        assertThat(web.ours()).containsOnlyKeys("ami-refresh:record");
        assertThat(web.desired()).isEqualTo(3);
        assertThat(web.max()).isEqualTo(4);
        assertThat(web.suspended()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenAGroupIsRefreshed_thenItIsLeasedFromTheFirstChangeToTheLast(String strategy) {
        // given
        Scenario scenario = Scenario.of("fleet.yaml");
        Map<String, ?> parameters = Map.of("strategy", strategy, "checkpointDelay", "1m");

        // when
        scenario.run("recycleAsgs", parameters);

        // then
        assertThat(scenario.mutating().get(0)).isEqualTo("CreateOrUpdateTags");
        assertThat(scenario.mutating().get(scenario.mutating().size() - 1)).isEqualTo("DeleteTags");
        whole(scenario);
    }

    @Test
    void whenTwoControllersStartAtTheSameMoment_thenExactlyOneGoesOn() {
        // given
        Scenario one = Scenario.of("fleet.yaml");
        Scenario other = one.onAnotherController("nightly-7", "controller-2");
        one.watchedBy(new MortalHttpClient.Watcher() {
            private boolean isOver;

            @Override
            public void sending(MortalHttpClient.Call call) {
                if (call.isMutating() && !isOver) {
                    isOver = true;
                    other.runAndVanish("recycleAsgs", IN_OUT, 1);
                }
            }
        });
        one.runAndVanish("recycleAsgs", OUT_IN, 1);
        assertThat(lease(one, "controller-1")).isPresent();
        assertThat(lease(one, "controller-2")).isPresent();

        // when
        one.simulator().advanceTo(one.simulator().now().plusSeconds(15));
        Progress refused = one.resume(1, "recycleAsgs", OUT_IN);
        Progress goingOn = other.resume(1, "recycleAsgs", IN_OUT);

        // then
        assertThat(refused).isInstanceOf(Progress.Done.class);
        assertThat(goingOn).isInstanceOf(Progress.Done.class);
        assertThat(one.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(one.row("web").reason())
                .isEqualTo("run nightly-7 of another controller holds the group until 2026-11-22T19:35:00Z;"
                        + " try again when it is done");
        assertThat(other.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(one.mutating()).containsExactly("CreateOrUpdateTags", "DeleteTags");
        whole(other);
    }

    @Test
    void whenAnotherControllerHoldsTheGroup_thenEveryStepThatChangesItIsRefused() {
        // given
        Scenario holder = Scenario.of("fleet.yaml");
        holder.runAndVanish("recycleAsgs", IN_OUT, 6);
        Scenario other = holder.onAnotherController("nightly-7", "controller-2");

        // when
        other.run("recycleAsgs", IN_OUT);
        String recycled = other.row("web").reason();
        Progress back = other.run("rollbackAsgs", Map.of("asgs", List.of("web"), "failOn", "none"));

        // then
        assertThat(recycled).startsWith("run weekly-1 of another controller holds the group until 2026-11-22T19:35");
        assertThat(back.state().toString()).contains("run weekly-1 of another controller holds the group");
        assertThat(other.mutating()).isEmpty();
        holder.resume(1, "recycleAsgs", IN_OUT);
        whole(holder);
    }

    @Test
    void whenAControllerDied_thenAnotherTakesOverAfterTheLeaseHasEnded() {
        // given
        Scenario gone = Scenario.of("fleet.yaml");
        gone.runAndVanish("recycleAsgs", OUT_IN, 4);
        assertThat(gone.fleet().group("web").tags()).containsKey("ami-refresh:restore");
        Scenario other = gone.onAnotherController("nightly-7", "controller-2");
        Instant before = gone.simulator().now();

        // when
        Progress progress = other.run("restoreAsgs", Map.of());

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(gone.simulator().now()).isAfter(before.plus(Duration.ofMinutes(25)));
        assertThat(other.fleet().group("web").ours()).containsOnlyKeys("ami-refresh:record");
        assertThat(other.fleet().group("web").desired()).isEqualTo(3);
        assertThat(other.fleet().group("web").max()).isEqualTo(4);
    }

    @Test
    void whenTheHolderFinishesWhileRestoreAsgsWaits_thenNothingIsUndoneTwice() {
        // given
        Scenario holder = Scenario.of("fleet.yaml");
        holder.runAndVanish("recycleAsgs", OUT_IN, 4);
        Scenario other = holder.onAnotherController("nightly-7", "controller-2");
        other.runAndVanish("restoreAsgs", Map.of(), 2);
        assertThat(other.console()).anyMatch(line -> line.startsWith("web: waiting, run weekly-1 of another"));

        // when
        holder.resume(1, "recycleAsgs", OUT_IN);
        other.resume(1, "restoreAsgs", Map.of());

        // then
        assertThat(other.mutating()).isEmpty();
        whole(holder);
    }

    @Test
    void whenTheLeaseWasLostInMidRun_thenNothingMoreIsChanged() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml");
        scenario.runAndVanish("recycleAsgs", OUT_IN, 4);
        List<String> before = scenario.mutating();
        Instant now = scenario.simulator().now();
        tag(
                scenario,
                "CreateOrUpdateTags",
                "ami-refresh:lease:controller-2",
                lease("nightly-7", now.minus(Duration.ofHours(1)), Duration.ofHours(2)));

        // when
        scenario.resume(1, "recycleAsgs", OUT_IN);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason())
                .startsWith("run nightly-7 of another controller holds the group until ")
                .contains("and we stopped: ")
                .contains("temporary changes are left, run restoreAsgs to undo them");
        assertThat(scenario.mutating()
                        .subList(before.size(), scenario.mutating().size()))
                .containsExactly("DeleteTags");
        assertThat(lease(scenario, "controller-1")).isEmpty();
        assertThat(lease(scenario, "controller-2")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly-7", "weekly-1"})
    void whenACopyOfThisControllerTakesTheLease_thenNothingMoreIsChanged(String run) {
        // given
        Scenario scenario = Scenario.of("fleet.yaml");
        scenario.runAndVanish("recycleAsgs", OUT_IN, 4);
        List<String> before = scenario.mutating();
        String copys = lease(run, scenario.simulator().now(), Duration.ofMinutes(30));
        tag(scenario, "CreateOrUpdateTags", "ami-refresh:lease:controller-1", copys);

        // when
        scenario.resume(1, "recycleAsgs", OUT_IN);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason())
                .startsWith(
                        "run " + run + " of another controller with the id of this one, a copy of it, holds the group")
                .contains("and we stopped: ");
        assertThat(scenario.mutating()).isEqualTo(before);
        assertThat(lease(scenario, "controller-1")).contains(copys);
    }

    @Test
    void whenAnEarlierLeaseOfThisControllerIsStillRead_thenItIsNobodyElses() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml");
        String earlier = lease("weekly-0", scenario.simulator().now().minusSeconds(90), Duration.ofMinutes(30));
        tag(scenario, "CreateOrUpdateTags", "ami-refresh:lease:controller-1", earlier);

        // when
        scenario.run("recycleAsgs", OUT_IN);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        whole(scenario);
    }

    @Test
    void whenACopyOfThisControllerStartsAtTheSameMoment_thenExactlyOneGoesOn() {
        // given
        Scenario one = Scenario.of("fleet.yaml");
        Scenario copy = one.onAnotherController("nightly-7", "controller-1");
        one.runAndVanish("recycleAsgs", OUT_IN, 1);
        one.simulator().advanceTo(one.simulator().now().plusSeconds(5));
        copy.runAndVanish("recycleAsgs", OUT_IN, 1);

        // when
        one.simulator().advanceTo(one.simulator().now().plusSeconds(15));
        one.resume(1, "recycleAsgs", OUT_IN);
        copy.resume(1, "recycleAsgs", OUT_IN);

        // then
        assertThat(one.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(one.row("web").reason()).contains("a copy of it, holds the group");
        assertThat(one.mutating()).containsExactly("CreateOrUpdateTags");
        assertThat(copy.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(copy.row("web").reason()).doesNotContain("others moved");
        whole(copy);
    }

    @Test
    void whenSomebodyRemovesTheLease_thenItIsWrittenAgain() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", text -> patient(text).replace("boot: 15s", "boot: 4m"));
        scenario.runAndVanish("recycleAsgs", IN_OUT, 4);
        tag(scenario, "DeleteTags", "ami-refresh:lease:controller-1", "");
        assertThat(lease(scenario, "controller-1")).isEmpty();

        // when
        for (int tick = 0; tick < 10; tick++) {
            scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(15));
            scenario.again(1, "recycleAsgs", IN_OUT);
        }

        // then
        assertThat(lease(scenario, "controller-1")).isPresent();
        scenario.resume(1, "recycleAsgs", IN_OUT);
        whole(scenario);
    }

    @Test
    void whenSomebodyRemovesAllTagsAndAnotherControllerComes_thenWeStopAtTheNextLookAndTellWhatIsLeft() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", text -> patient(text).replace("boot: 15s", "boot: 4m"));
        scenario.runAndVanish("recycleAsgs", OUT_IN, 4);
        for (String tag : List.of("lease:controller-1", "record", "restore")) {
            tag(scenario, "DeleteTags", "ami-refresh:" + tag, "");
        }
        Instant now = scenario.simulator().now();
        tag(
                scenario,
                "CreateOrUpdateTags",
                "ami-refresh:lease:controller-2",
                lease("nightly-7", now, Duration.ofMinutes(30)));
        int made = scenario.mutating().size();

        // when
        scenario.resume(1, "recycleAsgs", OUT_IN);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(scenario.row("web").reason())
                .startsWith("run nightly-7 of another controller holds the group until")
                .endsWith(
                        "the tag ami-refresh:restore does not tell any more what is temporary: look then whether it is"
                                + " put back, else do so by hand: desired capacity, which we raised by 3; the maximum,"
                                + " to 4; AZRebalance, which we suspended");
        assertThat(scenario.mutating().subList(made, scenario.mutating().size()))
                .isSubsetOf("DeleteTags");
    }

    @Test
    void whenARefreshTakesLongerThanTheLease_thenItIsRenewed() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", text -> patient(text).replace("boot: 15s", "boot: 20m"));

        // when
        scenario.run(
                "recycleAsgs",
                Map.of(
                        "strategy",
                        "in-out",
                        "instanceTimeLimit",
                        "30m",
                        "batchTimeLimit",
                        "1h",
                        "instanceWarmup",
                        "1m"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.mutating().stream()
                        .filter("CreateOrUpdateTags"::equals)
                        .count())
                .as("one for the claim, one for the record, one for each quarter of an hour")
                .isBetween(5L, 7L);
        whole(scenario);
    }

    @Test
    void whenAClaimWasLost_thenItDoesNotTakeTheGroupFromWhoeverHasItMeanwhile() {
        // given
        Scenario late = Scenario.of("fleet.yaml");
        Scenario holder = late.onAnotherController("nightly-7", "controller-2");
        late.dyingAt(1, Death.Moment.BEFORE_THE_CALL).passingTimeBy(until -> {
            late.simulator().advanceTo(until);
            if (holder.ticks() == 0) {
                holder.runAndVanish("recycleAsgs", OUT_IN, 4);
            }
        });

        // when
        late.run("recycleAsgs", IN_OUT);

        // then
        assertThat(late.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(late.row("web").reason()).startsWith("run nightly-7 of another controller holds the group");
        assertThat(late.mutating()).doesNotContain("TerminateInstanceInAutoScalingGroup");
        holder.resume(1, "recycleAsgs", OUT_IN);
        assertThat(holder.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        whole(holder);
    }
}
