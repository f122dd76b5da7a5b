package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A refresh changes the image and nothing else, whatever other versions lie in the template. */
class OtherSettingsTest {

    private static final String TEMPLATE = "shop-web";
    private static final String MEMBERS = "InstanceType t3.medium -> m5.large, UserData";

    /** Version 1 is the default and what production runs, version 2 somebody's experiment. */
    private static Scenario scenario() {
        return Scenario.of(
                "aliases.yaml",
                text -> text.replace(
                        "versions: [{image: web-old}]",
                        "versions: [{image: web-old, instanceType: t3.medium, userData: prod-secret},"
                                + " {image: web-old, instanceType: m5.large, userData: test-secret}]"));
    }

    private static Scenario withoutLatest() {
        Scenario scenario = scenario();
        new Colleague(scenario).calls("DeleteAutoScalingGroup", input -> input.put("AutoScalingGroupName", "latest")
                .put("ForceDelete", true));
        scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(600));
        return scenario;
    }

    private static Map<String, Object> refresh(Map<String, Object> more) {
        Map<String, Object> parameters = new HashMap<>(more);
        parameters.put("windows", "ignore");
        parameters.put("failOn", "none");
        return parameters;
    }

    private static ObjectNode data(Scenario scenario, String version) {
        JsonNode answer = new Colleague(scenario)
                .calls("ec2", "DescribeLaunchTemplateVersions", input -> input.put("LaunchTemplateName", TEMPLATE)
                        .putArray("Versions")
                        .add(version));
        return (ObjectNode) answer.get("LaunchTemplateVersions").get(0).get("LaunchTemplateData");
    }

    private static String settings(Scenario scenario, String version) {
        ObjectNode data = data(scenario, version);
        data.remove("ImageId");
        return data.toString();
    }

    private static String image(Scenario scenario, String version) {
        return data(scenario, version).get("ImageId").asText();
    }

    @Test
    void whenGroupsNameDifferentVersions_thenEachGetsItsOwnWithTheImageAlone() {
        // given
        Scenario scenario = scenario();

        // when
        scenario.run("updateLaunchTemplates", Map.of("ami", "newest"));
        scenario.run("recycleAsgs", refresh(Map.of()));

        // then
        assertThat(List.of("default", "number", "latest"))
                .allSatisfy(group -> assertThat(scenario.row(group).outcome()).isEqualTo(GroupOutcome.REFRESHED));
        assertThat(settings(scenario, "3")).isEqualTo(settings(scenario, "1"));
        assertThat(settings(scenario, "4")).isEqualTo(settings(scenario, "2"));
        assertThat(List.of(image(scenario, "3"), image(scenario, "4"))).containsOnly("ami-0000000000000bbbb");
        assertThat(scenario.fleet().templates()).containsEntry(TEMPLATE, "default 3, latest 4");
        assertThat(scenario.fleet().group("default").launches()).isEqualTo("$Default");
        assertThat(scenario.fleet().group("number").launches()).isEqualTo("3");
        assertThat(scenario.fleet().group("latest").launches()).isEqualTo("$Latest");
        assertThat(scenario.fleet().group("latest").tags()).doesNotContainKey("ami-refresh:pinned");
    }

    @Test
    void whenItRunsAgain_thenNothingIsMadeAndNothingIsLeftToDo() {
        // given
        Scenario scenario = scenario();
        scenario.run("updateLaunchTemplates", Map.of("ami", "newest"));
        scenario.run("recycleAsgs", refresh(Map.of()));

        // when
        Scenario again = scenario.nextBuild("weekly-2");
        again.run("updateLaunchTemplates", Map.of("ami", "newest"));
        again.run("recycleAsgs", refresh(Map.of()));

        // then
        assertThat(again.fleet().templates()).containsEntry(TEMPLATE, "default 3, latest 4");
        assertThat(List.of("default", "number", "latest"))
                .allSatisfy(group -> assertThat(again.row(group).outcome()).isEqualTo(GroupOutcome.SKIPPED));
    }

    @Test
    void whenNobodyNamesTheExperiment_thenItIsLeftAlone() {
        // given
        Scenario scenario = withoutLatest();

        // when
        scenario.run("updateLaunchTemplates", Map.of("ami", "newest"));
        scenario.run("recycleAsgs", refresh(Map.of()));

        // then
        assertThat(scenario.row("default").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.fleet().templates()).containsEntry(TEMPLATE, "default 3, latest 3");
        assertThat(settings(scenario, "3")).isEqualTo(settings(scenario, "1"));
    }

    @Test
    void whenItIsADryRun_thenThePlanSaysWhichVersionEachGroupWouldGet() {
        // given
        Scenario scenario = scenario();

        // when
        scenario.run("updateLaunchTemplates", Map.of("ami", "newest", "dryRun", true));
        scenario.run("recycleAsgs", refresh(Map.of("dryRun", true)));

        // then
        assertThat(scenario.mutating()).isEmpty();
        assertThat(scenario.row("default").reason()).startsWith("dry run: would refresh version 1 to 3");
        assertThat(scenario.row("number").reason()).startsWith("dry run: would refresh version 1 to 3");
        assertThat(scenario.row("latest").reason()).startsWith("dry run: would refresh version 2 to 4");
    }

    @ParameterizedTest
    @CsvSource({"'', REFUSED", "otherSettings, REFRESHED"})
    void whenTheVersionIsCopiedFromTheLatest_thenGroupsOnOthersAreRefusedUnlessThatIsTakenOn(
            String allow, GroupOutcome outcome) {
        // given
        Scenario scenario = scenario();

        // when
        scenario.run("updateLaunchTemplates", Map.of("ami", "newest", "sourceVersion", "latest"));
        scenario.run("recycleAsgs", refresh(Map.of("allow", allow)));

        // then
        assertThat(scenario.row("latest").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(List.of("default", "number"))
                .allSatisfy(group -> assertThat(scenario.row(group).outcome()).isEqualTo(outcome));
        assertThat(scenario.console()).anyMatch(line -> line.startsWith("default: ") && line.contains(MEMBERS));
        assertThat(scenario.console()).noneMatch(line -> line.contains("secret"));
        assertThat(scenario.fleet().templates())
                .containsEntry(TEMPLATE, "default " + (allow.isEmpty() ? 1 : 3) + ", latest 3");
    }

    @Test
    void whenNoVersionWasMadeInThisRun_thenTheLatestIsNotPutOnOthers() {
        // given
        Scenario scenario = scenario();

        // when
        scenario.run("recycleAsgs", refresh(Map.of("asgs", "default,number")));

        // then
        assertThat(List.of("default", "number"))
                .allSatisfy(group -> assertThat(scenario.row(group).reason())
                        .startsWith("version 2 of shop-web changes more than the image of version 1, which the group"
                                + " names: " + MEMBERS));
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenSomebodySaysWhichVersionItShallBe_thenItIsBroughtThere() {
        // given
        Scenario scenario = scenario();

        // when
        scenario.run("recycleAsgs", refresh(Map.of("asgs", "number", "launchTemplateVersion", 2)));

        // then
        assertThat(scenario.row("number").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console()).anyMatch(line -> line.contains("taken on: version 2") && line.contains(MEMBERS));
    }

    @Test
    void whenOthersMovedTheDefaultToOtherSettingsMeanwhile_thenTheirChangeIsNotUndone() {
        // given
        Scenario scenario = Scenario.of("aliases.yaml");
        scenario.run("updateLaunchTemplates", Map.of("ami", "newest"));
        Colleague colleague = new Colleague(scenario);
        colleague.calls("ec2", "CreateLaunchTemplateVersion", input -> input.put("LaunchTemplateName", TEMPLATE)
                .put("SourceVersion", "1")
                .putObject("LaunchTemplateData")
                .put("InstanceType", "t3.large"));
        colleague.calls("ec2", "ModifyLaunchTemplate", input -> input.put("LaunchTemplateName", TEMPLATE)
                .put("DefaultVersion", "3"));

        // when
        scenario.run("recycleAsgs", refresh(Map.of()));

        // then
        assertThat(scenario.row("default").reason()).contains("InstanceType t3.large -> t3.micro");
        assertThat(scenario.fleet().templates()).containsEntry(TEMPLATE, "default 3, latest 3");
        assertThat(scenario.row("number").outcome()).isEqualTo(GroupOutcome.REFRESHED);
    }

    @Test
    void whenNobodyIsPinned_thenNoVersionIsMadeThatAFollowerOfTheLatestWouldLaunch() {
        // given
        Scenario scenario = scenario();

        // when
        scenario.run("updateLaunchTemplates", Map.of("ami", "newest", "latestUsers", "allow"));
        scenario.run("recycleAsgs", refresh(Map.of()));

        // then
        assertThat(scenario.fleet().templates()).containsEntry(TEMPLATE, "default 1, latest 3");
        assertThat(settings(scenario, "3")).isEqualTo(settings(scenario, "2"));
        assertThat(scenario.row("latest").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.row("default").reason()).contains("group latest, which names $Latest");
        assertThat(scenario.row("default").outcome()).isEqualTo(GroupOutcome.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenTheHostIsKilledAtACall_thenEachVersionIsMadeOnce(Death.Moment moment) {
        // given
        Scenario whole = scenario();
        whole.run("updateLaunchTemplates", Map.of("ami", "newest"));

        for (int call = 1; call <= whole.mutating().size(); call++) {
            // when
            Scenario killed = scenario().dyingAt(call, moment);
            killed.run("updateLaunchTemplates", Map.of("ami", "newest"));

            // then
            String where = "killed " + moment + " " + call + " of " + whole.mutating();
            assertThat(killed.deaths()).as(where).isEqualTo(1);
            assertThat(killed.fleet()).as(where).isEqualTo(whole.fleet());
            assertThat(Facts.of(killed)).as(where).isEqualTo(Facts.of(whole));
        }
    }
}
