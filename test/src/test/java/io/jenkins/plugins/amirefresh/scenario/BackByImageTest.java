package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where no version tells old from new, since a parameter or an override alone names another image, groups go back all the same. */
class BackByImageTest {

    private static final String OLD = "ami-0000000000000a001";
    private static final String NEW = "ami-0000000000000b001";
    private static final String TEMPLATE = "lt-0000000000000a001";

    /** In the group {@code ill} the new image fails. */
    private static Scenario failing(String file, String path) {
        Scenario scenario = Scenario.of(file, text -> {
            String image = file.startsWith("parameter") ? "legacy-new" : "web-new";
            String bad = "  - {match: {image: " + image + ", group: ill}, http: [{path: " + path + ", status: 500}]}\n";
            int end = text.indexOf("happenings:");
            return end < 0 ? text + bad : text.substring(0, end) + bad + text.substring(end);
        });
        scenario.simulator().advanceTo(scenario.simulator().now().plusSeconds(2));
        return scenario;
    }

    private static Map<String, Object> with(String strategy) {
        return Map.of("strategy", strategy, "windows", "ignore", "checkpointDelay", "1m", "failOn", "none");
    }

    private static Set<String> images(Scenario scenario, String group) {
        Colleague colleague = new Colleague(scenario);
        List<String> ids = colleague.instances(group);
        Set<String> images = new TreeSet<>();
        colleague
                .calls("ec2", "DescribeInstances", input -> ids.forEach(input.putArray("InstanceIds")::add))
                .path("Reservations")
                .forEach(reservation -> reservation
                        .path("Instances")
                        .forEach(instance -> images.add(instance.path("ImageId").asText())));
        return images;
    }

    /** What the group would launch next. */
    private static String launches(Scenario scenario, String group) {
        Colleague colleague = new Colleague(scenario);
        JsonNode policy = colleague.group(group).at("/MixedInstancesPolicy/LaunchTemplate");
        if (!policy.isMissingNode()) {
            return policy.at("/Overrides/0/ImageId").asText();
        }
        String version = colleague.group(group).at("/LaunchTemplate/Version").asText();
        return colleague
                .calls("ec2", "DescribeLaunchTemplateVersions", input -> {
                    input.put("LaunchTemplateId", TEMPLATE).put("ResolveAlias", true);
                    input.putArray("Versions").add(version);
                })
                .at("/LaunchTemplateVersions/0/LaunchTemplateData/ImageId")
                .asText();
    }

    private static void isBack(Scenario scenario) {
        scenario.settle();
        assertThat(scenario.row("ill").outcome())
                .as(String.join("\n", scenario.console()))
                .isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(images(scenario, "ill")).containsExactly(OLD);
        assertThat(launches(scenario, "ill")).isEqualTo(OLD);
        assertThat(new Colleague(scenario).instances("ill")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "parameter.yaml, rolling",
        "parameter.yaml, in-out",
        "parameter.yaml, out-in",
        "parameter.yaml, canary",
        "override-image.yaml, rolling",
        "override-image.yaml, in-out",
        "override-image.yaml, out-in",
        "override-image.yaml, canary"
    })
    void whenTheNewImageFails_thenTheGroupGoesBackThroughAnyCrash(String file, String strategy) {
        // given
        Scenario scenario = failing(file, "/").restartingAfter(tick -> true);

        // when
        scenario.run("recycleAsgs", with(strategy));

        // then
        isBack(scenario);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parameter.yaml", "override-image.yaml"})
    void whenTheSmokeTestFails_thenTheGroupGoesBack(String file) {
        // given
        Scenario scenario = failing(file, "/deep");
        scenario.run("recycleAsgs", with("rolling"));
        assertThat(images(scenario, "ill")).containsExactly(NEW);

        // when
        scenario.run(
                "smokeTestAsg",
                Map.of(
                        "onFailure",
                        "rollback",
                        "checks",
                        List.of(Map.of("http", "/deep", "port", 8080)),
                        "retries",
                        1));

        // then
        isBack(scenario);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parameter.yaml", "override-image.yaml"})
    void whenALaterBuildKnowsTheTagAlone_thenTheGroupGoesBack(String file) {
        // given
        Scenario scenario = failing(file, "/deep");
        scenario.run("recycleAsgs", with("rolling"));
        assertThat(images(scenario, "ill")).containsExactly(NEW);
        Scenario next = scenario.nextBuild("on-call-7");

        // when
        next.run("rollbackAsgs", Map.of("asgs", "ill"));

        // then
        isBack(next);
    }

    @Test
    void whenOneGroupPassed_thenItStaysAndTheOtherIsPinned() {
        // given
        Scenario scenario = failing("parameter.yaml", "/");

        // when
        scenario.run("recycleAsgs", with("rolling"));

        // then
        isBack(scenario);
        assertThat(scenario.row("good").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(images(scenario, "good")).containsExactly(NEW);
        assertThat(launches(scenario, "good")).isEqualTo(NEW);
        assertThat(scenario.row("ill").reason()).contains("stays on number 2");
    }

    /** Overrides of more instance types than a tag has room for. */
    private static String types(String first, String second) {
        StringBuilder overrides = new StringBuilder("Overrides: [{InstanceType: m5.large, ImageId: " + first + "}");
        for (String type : List.of("m5a", "m5d", "m5n", "m6i", "m6a", "c5", "c5a", "c5d", "r5", "r5a", "r5d")) {
            overrides.append(", {InstanceType: " + type + ".large, ImageId: " + second + "}");
        }
        return overrides + "]";
    }

    @Test
    void whenManyOverridesNameAnImage_thenALaterBuildGoesBackAllTheSame() {
        // given
        Scenario scenario = Scenario.of(
                "override-image.yaml",
                text -> text.replace("Overrides: [{InstanceType: m5.large, ImageId: " + OLD + "}]", types(OLD, OLD)));
        scenario.run("recycleAsgs", with("rolling"));
        assertThat(images(scenario, "ill")).containsExactly(NEW);
        Scenario next = scenario.nextBuild("on-call-7");

        // when
        next.run("rollbackAsgs", Map.of("asgs", "ill"));

        // then
        isBack(next);
    }

    @Test
    void whenTheRecordDoesNotFitIntoATag_thenTheGroupIsRefusedUnlessThatIsTakenOn() {
        // given
        String other = "ami-0000000000000a009";
        Scenario scenario = Scenario.of("override-image.yaml", text -> text.replace(
                        "Overrides: [{InstanceType: m5.large, ImageId: " + OLD + "}]", types(OLD, other))
                .replace(
                        "          - {name: web-new,",
                        "          - {name: web-older, id: " + other
                                + ", age: 60d, tags: {\"ami-refresh:family\": web}}\n          - {name: web-new,"));

        // when
        scenario.run("recycleAsgs", with("rolling"));

        // then
        assertThat(scenario.row("ill").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("ill").reason())
                .contains("a tag holds 256, so no later build could go back", "allow: 'freeTags'");
        assertThat(scenario.mutating()).isEmpty();
    }
}
