package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that nothing needs go out of use step by step, and nothing else does. */
class RetireAmisTest {

    private static final List<String> GOING = List.of("unused", "unused-but-in-old-versions", "marked-bad");

    private static final int RUNS = 7;

    private final Scenario scenario = Retiring.scenario();
    private final Retiring account = Retiring.of(scenario);

    private static Progress retire(Scenario scenario, Map<String, ?> more) {
        Map<String, Object> parameters = new HashMap<>(Retiring.PARAMETERS);
        parameters.putAll(more);
        return scenario.run("retireAmis", parameters);
    }

    /** Runs until everything is gone that goes. */
    private static Scenario months(Scenario first) {
        Scenario build = first;
        for (int run = 0; run < RUNS; run++) {
            retire(build, Map.of());
            Retiring.of(build).pass(15);
            build = build.nextBuild("weekly-" + (run + 2));
        }
        return build;
    }

    @Test
    void whenItRuns_thenEachImageSaysWhatNeedsIt() {
        // when
        Map<String, String> rows = Retiring.rows(retire(scenario, Map.of()));

        // then
        assertThat(rows).doesNotContainKeys("api", "nobodys");
        Map<String, String> reasons = new TreeMap<>();
        reasons.put("newest", "among the newest 1 of web");
        reasons.put("by-default", "launch template web version 3 (the default)");
        reasons.put("by-latest", "launch template web version 5 (the latest)");
        reasons.put("by-group", "launch template web version 2 (named by group");
        reasons.put("by-way-back", "launch template web version 1 (the way back of group web)");
        reasons.put("by-override", "override of group mixed");
        reasons.put("by-overrides-template", "launch template spot version 1 (named by group mixed)");
        reasons.put("by-configuration", "launch configuration old");
        reasons.put("by-running", "instance i-");
        reasons.put("by-stopped", "(stopped)");
        reasons.put("by-warm-pool", "instance i-");
        reasons.put("by-parameter", "parameter /images/web");
        reasons.put(
                "by-parameter-followed", "launch template follows version 1 (the default) follows parameter golden");
        reasons.put("by-fleet", "fleet fleet-");
        reasons.put("by-spot-fleet", "spot fleet sfr-");
        reasons.put("by-fleets-version", "launch template spot version 2 (named by fleet fleet-");
        reasons.put("by-snapshot", "launch template volumes version 1 (the default) names its snapshot snap-");
        reasons.put("by-share", "it is shared with 333333333333, whose use nobody knows here");
        reasons.put("by-other-account", "launch template ours version 1");
        reasons.put("by-hand", "its tag ami-refresh:keep: an audit");
        reasons.put("by-protection", "is protected against deregistration");
        reasons.forEach((name, reason) ->
                assertThat(rows.get(name)).as(name).startsWith("kept: ").contains(reason));
        assertThat(rows.get("young")).startsWith("waiting: ").contains("it is deprecated from 2026-03-08");
        assertThat(rows.get("unused")).startsWith("deprecated: nothing needs it");
        assertThat(rows.get("unused-but-in-old-versions")).contains("only old versions name it: web 4");
        assertThat(account.images())
                .containsEntry("unused", "deprecated")
                .containsEntry("by-share", "available")
                .containsEntry("young", "available");
    }

    @Test
    void whenNobodySaysOtherwise_thenNothingIsChanged() {
        // when
        Map<String, Object> parameters = new HashMap<>(Retiring.PARAMETERS);
        parameters.remove("dryRun");
        Progress progress = scenario.run("retireAmis", parameters);

        // then
        assertThat(Retiring.rows(progress).get("unused")).startsWith("would be deprecated: ");
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenWeeksPass_thenWhatNothingNeedsGoesAStepAtATimeWithItsSnapshots() {
        // given
        Map<String, String> snapshots = account.snapshots();
        Map<String, String> before = account.images();

        // when
        retire(scenario, Map.of());
        account.pass(15);
        Scenario second = scenario.nextBuild("weekly-2");
        Map<String, String> disabling = Retiring.rows(retire(second, Map.of()));
        account.pass(29);
        Map<String, String> waiting = Retiring.rows(retire(scenario.nextBuild("weekly-3"), Map.of()));
        account.pass(2);
        Map<String, String> last = Retiring.rows(retire(scenario.nextBuild("weekly-4"), Map.of()));

        // then
        assertThat(disabling.get("unused")).startsWith("disabled: nothing needs it, and it was deprecated 2026-03-03");
        assertThat(waiting.get("unused")).startsWith("waiting: ").contains("it is deregistered from 2026-04-17");
        assertThat(last.get("unused")).startsWith("deregistered: ");
        assertThat(account.images()).doesNotContainKeys("unused", "unused-but-in-old-versions");
        assertThat(account.allSnapshots())
                .doesNotContain(snapshots.get("unused"), snapshots.get("unused-but-in-old-versions"))
                .contains(snapshots.get("by-group"));
        before.keySet().stream()
                .filter(name -> name.startsWith("by-") || name.equals("newest") || name.equals("api"))
                .forEach(name -> assertThat(account.images()).as(name).containsEntry(name, "available"));
    }

    @Test
    void whenADisabledImageIsNeededAgain_thenItComesBack() {
        // given
        retire(scenario, Map.of());
        account.pass(15);
        retire(scenario.nextBuild("weekly-2"), Map.of());
        assertThat(account.images()).containsEntry("unused", "disabled");
        account.byHand(
                "ec2",
                "CreateLaunchTemplate",
                "{'LaunchTemplateName': 'again', 'LaunchTemplateData': {'ImageId': 'ami-00000000000000021'}}");

        // when
        Map<String, String> rows = Retiring.rows(retire(scenario.nextBuild("weekly-3"), Map.of()));

        // then
        assertThat(rows.get("unused")).startsWith("enabled: is needed again: launch template again version 1");
        assertThat(account.images()).containsEntry("unused", "available");
        assertThat(account.mark("unused")).isEmpty();
    }

    @Test
    void whenSomebodyEnablesOneByHand_thenItStays() {
        // given
        retire(scenario, Map.of());
        account.pass(15);
        retire(scenario.nextBuild("weekly-2"), Map.of());
        account.byHand("ec2", "EnableImage", "{'ImageId': 'ami-00000000000000021'}");
        account.pass(40);

        // when
        Map<String, String> rows = Retiring.rows(retire(scenario.nextBuild("weekly-3"), Map.of()));

        // then
        assertThat(rows.get("unused")).startsWith("kept: was enabled by hand since it was disabled");
        assertThat(account.images()).containsEntry("unused", "deprecated");
    }

    @Test
    void whenThereIsNoDelay_thenEachCallGoesOneStepAllTheSame() {
        // given
        Map<String, String> atOnce = Map.of("deprecateAfter", "0s", "disableAfter", "0s", "deregisterAfter", "0s");

        // when
        Progress progress = retire(scenario, atOnce);
        Progress again = retire(scenario, atOnce);

        // then
        assertThat(Retiring.rows(progress).get("unused")).startsWith("deprecated: ");
        assertThat(Retiring.rows(again).get("unused")).startsWith("disabled: ");
    }

    @Test
    void whenAnAccountCannotBeRead_thenNothingOfItsRegionGoes() {
        // when
        Progress progress =
                retire(scenario, Map.of("accounts", List.of("self", "arn:aws:iam::222222222222:role/somebody-elses")));

        // then
        assertThat(Retiring.rows(progress).get("unused"))
                .startsWith("kept: nobody can tell whether arn:aws:iam::222222222222:role/somebody-elses in eu-west-1");
        assertThat(((Progress.Done) progress).verdict()).isEqualTo(Progress.BuildVerdict.UNSTABLE);
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenTheFamilyIsMisspelt_thenItIsRefused() {
        assertThat(retire(scenario, Map.of("families", "wbe")))
                .isInstanceOfSatisfying(Progress.Failed.class, failed -> assertThat(failed.message())
                        .contains("no image is of wbe; there are web, api"));
    }

    @Test
    void whenItRestartsAfterEveryTick_thenTheEndIsTheSame() {
        // given
        Scenario whole = months(Retiring.scenario());

        // when
        Scenario restarted = Retiring.scenario().restartingAfter(tick -> true);
        retire(restarted, Map.of());
        for (int run = 1; run < RUNS; run++) {
            Retiring.of(restarted).pass(15);
            retire(restarted.nextBuild("weekly-" + (run + 1)).restartingAfter(tick -> true), Map.of());
        }

        // then
        assertThat(Retiring.of(restarted).images()).isEqualTo(Retiring.of(whole).images());
        assertThat(Retiring.of(restarted).images()).doesNotContainKeys(GOING.toArray(String[]::new));
        assertThat(Retiring.of(restarted).allSnapshots())
                .isEqualTo(Retiring.of(whole).allSnapshots());
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenEachRunIsKilledAtACall_thenItGoesOnToTheSameEnd(Death.Moment moment) {
        comesToTheSameEnd(moment, build -> retire(build, Map.of()));
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenEachRunIsKilledForGood_thenTheNextOnesComeToTheSameEnd(Death.Moment moment) {
        comesToTheSameEnd(moment, RetireAmisTest::untilItDies);
    }

    private static void untilItDies(Scenario build) {
        Supplier<Progress> ticks = build.ticking("retireAmis", Retiring.PARAMETERS);
        try {
            while (ticks.get() instanceof Progress.Again again) {
                build.simulator().advanceTo(build.simulator().now().plus(again.after()));
            }
        } catch (Death death) {
            // Nobody goes on with this one.
        }
    }

    /** Every week's build dies at its first, second, ... call that changes something. */
    private static void comesToTheSameEnd(Death.Moment moment, Consumer<Scenario> retiring) {
        Scenario whole = months(Retiring.scenario());
        for (int call : List.of(1, 2, 4)) {
            Scenario killed = Retiring.scenario();
            Scenario build = killed;
            for (int run = 0; run < RUNS; run++) {
                retiring.accept(build.dyingAt(call, moment));
                Retiring.of(killed).pass(15);
                build = killed.nextBuild("weekly-" + (run + 2));
            }
            for (int run = 0; run < RUNS; run++) {
                retire(build, Map.of());
                Retiring.of(killed).pass(15);
                build = killed.nextBuild("later-" + run);
            }
            String where = "killed " + moment + " " + call;
            assertThat(Retiring.of(killed).images())
                    .as(where)
                    .isEqualTo(Retiring.of(whole).images());
            assertThat(Retiring.of(killed).allSnapshots())
                    .as(where)
                    .isEqualTo(Retiring.of(whole).allSnapshots());
        }
    }
}
