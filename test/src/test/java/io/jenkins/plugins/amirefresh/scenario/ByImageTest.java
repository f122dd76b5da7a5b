package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances are judged by what they run; overrides of a mixed instances policy come along, or the group is refused. */
class ByImageTest {

    private static final Map<String, ?> NEWEST = Map.of("ami", "newest");

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode call(Scenario scenario, String service, String operation, ObjectNode input) {
        String account = scenario.simulator().account().defaultAccount().id();
        Caller caller = new Caller(account, "eu-west-1", "arn:aws:iam::" + account + ":user/others", "others");
        return scenario.simulator().call(service, operation, input, caller);
    }

    /** How many instances run an image. */
    private static SortedMap<String, Integer> images(Scenario scenario) {
        SortedMap<String, Integer> images = new TreeMap<>();
        call(scenario, "ec2", "DescribeInstances", node())
                .path("Reservations")
                .forEach(reservation -> reservation.path("Instances").forEach(instance -> {
                    if (instance.at("/State/Name").asText().equals("running")) {
                        images.merge(instance.path("ImageId").asText(), 1, Integer::sum);
                    }
                }));
        return images;
    }

    private static JsonNode policy(Scenario scenario) {
        return call(scenario, "autoscaling", "DescribeAutoScalingGroups", node())
                .at("/AutoScalingGroups/0/MixedInstancesPolicy/LaunchTemplate");
    }

    private static Map<String, ?> with(String strategy) {
        return Map.of("strategy", strategy, "windows", "ignore", "checkpointDelay", "1m");
    }

    /** Half of the instances are of the override's own template. */
    private static Scenario half() {
        return Scenario.of("overrides.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling"})
    void whenAnOverrideNamesItsTemplateByName_thenItComesAlongAllTheSame(String strategy) {
        // given
        Scenario scenario = Scenario.of(
                "overrides.yaml",
                text -> text.replace("LaunchTemplateId: lt-0000000000000a002", "LaunchTemplateName: shop-arm"));
        scenario.run("updateLaunchTemplates", NEWEST);

        // when
        scenario.run("recycleAsgs", with(strategy));

        // then
        scenario.settle();
        assertThat(scenario.row("mixed").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(images(scenario)).containsOnlyKeys("ami-0000000000000b002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenOverridesHaveTheirOwnTemplateAndImage_thenEveryInstanceRunsTheNewImageOfItsArchitecture(String strategy) {
        // given
        Scenario scenario = half();
        scenario.run("updateLaunchTemplates", NEWEST);

        // when
        scenario.run("recycleAsgs", with(strategy));

        // then
        scenario.settle();
        assertThat(scenario.row("mixed").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(images(scenario)).containsOnlyKeys("ami-0000000000000b002");
        assertThat(policy(scenario).at("/LaunchTemplateSpecification/Version").asText())
                .isEqualTo("$Default");
        assertThat(policy(scenario)
                        .at("/Overrides/0/LaunchTemplateSpecification/Version")
                        .asText())
                .isEqualTo("$Latest");
        assertThat(policy(scenario).at("/Overrides/1/ImageId").asText()).isEqualTo("ami-0000000000000b001");
        assertThat(scenario.fleet().templates())
                .containsEntry("shop-x86", "default 2, latest 2")
                .containsEntry("shop-arm", "default 1, latest 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "rolling"})
    void whenItIsRolledBack_thenOverridesAreAsTheyWere(String strategy) {
        // given
        Scenario scenario = half();
        scenario.run("updateLaunchTemplates", NEWEST);
        scenario.run("recycleAsgs", with(strategy));
        Scenario next = scenario.nextBuild("on-call-7");

        // when
        next.run("rollbackAsgs", Map.of());

        // then
        next.settle();
        assertThat(next.row("mixed").outcome()).as(next.console().toString()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(images(next)).containsOnlyKeys("ami-0000000000000a002");
        assertThat(policy(next).at("/LaunchTemplateSpecification/Version").asText())
                .isEqualTo("$Default");
        assertThat(policy(next)
                        .at("/Overrides/0/LaunchTemplateSpecification/Version")
                        .asText())
                .isEqualTo("1");
        assertThat(policy(next).at("/Overrides/1/ImageId").asText()).isEqualTo("ami-0000000000000a001");
        assertThat(next.fleet().templates()).containsEntry("shop-x86", "default 1, latest 2");
    }

    @Test
    void whenItRunsAgain_thenThereIsNothingToDo() {
        // given
        Scenario scenario = half();
        scenario.run("updateLaunchTemplates", NEWEST);
        scenario.run("recycleAsgs", with("rolling"));
        Scenario next = scenario.nextBuild("weekly-2");
        next.run("updateLaunchTemplates", NEWEST);

        // when
        next.run("recycleAsgs", with("rolling"));

        // then
        assertThat(next.row("mixed").outcome()).isEqualTo(GroupOutcome.SKIPPED);
        assertThat(next.mutating()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-in", "in-out", "rolling", "canary"})
    void whenAnInstanceIsLaunchedBeforeTheOverrideNamesTheNewImage_thenItIsReplacedToo(String strategy) {
        // given: $Latest is the new version already, and the override still names the old image
        Scenario scenario = Scenario.of("overrides.yaml", text -> text.replace(
                        "versions: [{image: x86-old, instanceType: m5.large}]",
                        "versions: [{image: x86-old,"
                                + " instanceType: m5.large}, {image: x86-new, instanceType: m5.large}]")
                .replace("Version: \"$Default\"", "Version: \"$Latest\"")
                .replaceAll("- \\{InstanceType: m6g.large.*", "")
                .replace("version: 1\n", "version: $Latest\n            instancesVersion: 1\n"));
        Colleague colleague = new Colleague(scenario);
        AtomicInteger ticks = new AtomicInteger();
        scenario.passingTimeBy(moment -> {
            if (ticks.incrementAndGet() == 1) {
                colleague.calls("TerminateInstanceInAutoScalingGroup", input -> input.put(
                                "InstanceId", colleague.instances("mixed").get(0))
                        .put("ShouldDecrementDesiredCapacity", false));
            }
            scenario.simulator().advanceTo(moment);
        });

        // when
        scenario.run("recycleAsgs", with(strategy));

        // then
        scenario.settle();
        assertThat(scenario.row("mixed").outcome())
                .as(scenario.console().toString())
                .isEqualTo(GroupOutcome.REFRESHED);
        assertThat(images(scenario)).containsOnlyKeys("ami-0000000000000b001");
    }

    @Test
    void whenAnOverridesImageIsGone_thenTheGroupIsRefused() {
        // given
        Scenario scenario = Scenario.of(
                "overrides.yaml",
                text -> text.replace(
                        "m5.large, ImageId: ami-0000000000000a001", "m5.large, ImageId: ami-00000000000000fff"));
        scenario.run("updateLaunchTemplates", NEWEST);

        // when
        scenario.run("recycleAsgs", with("rolling"));

        // then
        assertThat(scenario.row("mixed").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("mixed").reason())
                .contains("an override for m5.large names ami-00000000000000fff, which is gone");
    }

    @Test
    void whenAnotherVersionLaunchesTheSame_thenNothingIsReplaced() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", text -> text.replace(
                        "- {image: web-new}\n", "- {image: web-old}\n")
                .replace(
                        "web-new, id: ami-0000000000000bbbb, age: 1d", "web-new, id: ami-0000000000000bbbb, age: 30d"));

        // when
        Progress kept = scenario.run("recycleAsgs", with("out-in"));

        // then
        assertThat(kept).isInstanceOf(Progress.Done.class);
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.SKIPPED);
        assertThat(scenario.row("web").reason()).isEqualTo("all instances run what version 2 launches already");
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenTheSameImageShallBeReplaced_thenItIs() {
        // given
        Scenario scenario =
                Scenario.of("fleet.yaml", text -> text.replace("- {image: web-new}\n", "- {image: web-old}\n"));

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "out-in", "windows", "ignore", "sameAmi", "replace"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.fleet().group("web").instances()).isEqualTo(Map.of("2 InService Healthy", 3L));
    }

    @Test
    void whenTheOtherVersionHasTheImageAndAnotherInstanceType_thenItIsReplaced() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("- {image: web-new}\n", "- {image: web-old, instanceType: m5.large}\n"));

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "out-in", "windows", "ignore", "allow", "otherSettings"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
    }

    @Test
    void whenTheGroupRunsANewerImage_thenItDoesNotGoBackUnlessToldByName() {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", text -> text.replace("version: 1\n", "version: 2\n")
                .replace(
                        "- {image: web-new}\n",
                        "- {image: web-new}\n              - {image: web-old, instanceType: t3.large}\n"));

        // when
        scenario.run("recycleAsgs", with("out-in"));
        String reason = scenario.row("web").reason();
        GroupOutcome outcome = scenario.row("web").outcome();
        scenario.run("recycleAsgs", Map.of("strategy", "out-in", "windows", "ignore", "launchTemplateVersion", 3));

        // then
        assertThat(outcome).isEqualTo(GroupOutcome.SKIPPED);
        assertThat(reason)
                .isEqualTo("runs web-new (ami-0000000000000bbbb), which is newer than web-old (ami-0000000000000aaaa);"
                        + " name an image or version to go back to it");
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
    }
}
