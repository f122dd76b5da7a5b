package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A template gets its version once and {@code $Latest} is pinned first, whatever becomes of the host. */
class UpdateLaunchTemplatesTest {

    private static final String LEGACY =
            """
                      - name: legacy
                        versions: [{image: web-old}, {image: web-new}]
            """;

    private static Scenario scenario() {
        return Scenario.of("aliases.yaml");
    }

    private static Scenario update(Scenario scenario) {
        assertThat(scenario.run("updateLaunchTemplates", Map.of("ami", "newest")))
                .isInstanceOf(Progress.Done.class);
        return scenario;
    }

    private static void same(Scenario restarted, Scenario whole) {
        assertThat(restarted.fleet()).isEqualTo(whole.fleet());
        assertThat(Happened.in(restarted)).isEqualTo(Happened.in(whole));
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
    }

    @Test
    void whenItRuns_thenNoGroupLaunchesAnythingElse() {
        // when
        Scenario scenario = update(scenario());

        // then
        assertThat(scenario.fleet().templates()).containsEntry("shop-web", "default 1, latest 2");
        assertThat(scenario.fleet().group("latest").launches()).isEqualTo("1");
        assertThat(scenario.fleet().group("default").launches()).isEqualTo("$Default");
        assertThat(scenario.fleet().group("number").launches()).isEqualTo("1");
        assertThat(scenario.mutating().indexOf("CreateLaunchTemplateVersion"))
                .isGreaterThan(scenario.mutating().indexOf("UpdateAutoScalingGroup"));
    }

    @Test
    void whenEveryTickStartsFromTheDisk_thenNothingIsDifferent() {
        // given
        Scenario whole = update(scenario());

        // when
        Scenario restarted = update(scenario().restartingAfter(tick -> true));

        // then
        same(restarted, whole);
    }

    @Test
    void whenTheHostRestartsOnce_thenItDoesNotMatterAfterWhichTick() {
        // given
        Scenario whole = update(scenario());

        for (int restart = 1; restart < whole.ticks(); restart++) {
            // when
            int last = restart;
            Scenario restarted = update(scenario().restartingAfter(tick -> tick == last));

            // then
            same(restarted, whole);
        }
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenTheHostIsKilledAtACall_thenThereIsOneVersion(Death.Moment moment) {
        // given
        Scenario whole = update(scenario());

        for (int call = 1; call <= whole.mutating().size(); call++) {
            // when
            Scenario killed = update(scenario().dyingAt(call, moment));

            // then
            String where = "killed " + moment + " " + call + " of " + whole.mutating();
            assertThat(killed.deaths()).as(where).isEqualTo(1);
            assertThat(killed.fleet()).as(where).isEqualTo(whole.fleet());
            assertThat(Facts.of(killed)).as(where).isEqualTo(Facts.of(whole));
            assertThat(killed.effects().resources("version 2"))
                    .as(where)
                    .hasSameSizeAs(whole.effects().resources("version 2"));
        }
    }

    @Test
    void whenTheGroupsAreRefreshed_thenEachNamesItsVersionAsBefore() {
        // given
        Scenario scenario = update(scenario());

        // when
        Progress progress = scenario.run("recycleAsgs", Map.of("windows", "ignore", "strategy", "out-in"));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        Fleet fleet = scenario.fleet();
        assertThat(fleet.templates()).containsEntry("shop-web", "default 2, latest 2");
        assertThat(fleet.group("latest").launches()).isEqualTo("$Latest");
        assertThat(fleet.group("default").launches()).isEqualTo("$Default");
        assertThat(fleet.group("number").launches()).isEqualTo("2");
        fleet.groups()
                .forEach((name, group) ->
                        assertThat(group.instances()).as(name).containsOnlyKeys("2 InService Healthy"));
    }

    @Test
    void whenAVersionWasDeletedAndARunsIdComesAgain_thenWhatIsMadeIsThere() {
        // given
        Scenario first = update(scenario());
        new Colleague(first).calls("ec2", "DeleteLaunchTemplateVersions", input -> {
            input.put("LaunchTemplateName", "shop-web");
            input.putArray("Versions").add("2");
        });
        assertThat(first.fleet().templates()).containsEntry("shop-web", "default 1, latest 1");
        first.simulator().advanceTo(first.simulator().now().plus(Duration.ofMinutes(1)));

        // when
        Scenario second = update(first.onAnotherController(first.runId(), "restored"));

        // then
        assertThat(second.fleet().templates()).containsEntry("shop-web", "default 1, latest 3");
        assertThat(second.console())
                .contains(
                        "shop-web (111111111111/eu-west-1): version 3 is made, not 2: numbers of deleted versions are not"
                                + " used again");
    }

    /** A group beside the family, with a template that has no version 2 of this run but one of its own. */
    private static Scenario withAGroupBeside() {
        return Scenario.of("fleet.yaml", text -> {
            String group = text.substring(text.indexOf("          - name: web\n"), text.indexOf("behaviours:"));
            return text.replace("        targetGroups:\n", LEGACY + "        targetGroups:\n")
                    .replace(
                            "behaviours:",
                            group.replace("- name: web\n", "- name: legacy\n")
                                            .replace("launchTemplate: shop-web", "launchTemplate: legacy")
                                    + "behaviours:");
        });
    }

    @Test
    void whenAGroupIsNamedWhoseTemplateGotNoVersion_thenTheStepFailsBeforeItChangesAnything() {
        // given
        Scenario scenario = update(withAGroupBeside());
        List<String> before = scenario.mutating();

        // when
        Progress progress = scenario.run("recycleAsgs", Map.of("windows", "ignore", "asgs", "web,legacy"));

        // then
        assertThat(((Progress.Failed) progress).message())
                .isEqualTo(
                        "asgs: 'legacy' is not allowed; give a group whose launch template got a version in this run,"
                                + " or give launchTemplateVersion too");
        assertThat(scenario.mutating()).isEqualTo(before);
    }

    @Test
    void whenItsVersionIsGivenToo_thenItIsRefreshed() {
        // given
        Scenario scenario = update(withAGroupBeside());

        // when
        scenario.run(
                "recycleAsgs",
                Map.of("windows", "ignore", "asgs", "legacy", "launchTemplateVersion", 2, "strategy", "out-in"));

        // then
        assertThat(scenario.fleet().group("legacy").instances()).isEqualTo(Map.of("2 InService Healthy", 3L));
    }
}
