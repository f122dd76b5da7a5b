package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two groups share a template and its default: each is refreshed on a number, and both get {@code $Default} back. */
class NamingTest {

    private static final Map<String, ?> WEB = of("web");
    private static final Map<String, ?> ADMIN = of("admin");

    private static Map<String, ?> of(String... groups) {
        return Map.of("strategy", "out-in", "windows", "ignore", "asgs", List.of(groups), "launchTemplateVersion", 2);
    }

    private static Scenario scenario() {
        return Scenario.of("fleet.yaml", text -> {
            String shared = text.replace("version: 1\n", "version: $Default\n");
            String group = shared.substring(shared.indexOf("          - name: web\n"), shared.indexOf("behaviours:"));
            return shared.replace("behaviours:", group.replace("- name: web\n", "- name: admin\n") + "behaviours:");
        });
    }

    /** An instance of the group loses its health in the moment in which the group gets {@code $Default} back. */
    private static Scenario losingHealth(Scenario scenario) {
        return scenario.watchedBy(new MortalHttpClient.Watcher() {
            private boolean isOver;

            @Override
            public void sent(MortalHttpClient.Call call, int status) {
                if (!isOver && call.isMutating() && call.parameters().containsValue("$Default")) {
                    isOver = true;
                    setHealth(scenario);
                }
            }
        });
    }

    private static void setHealth(Scenario scenario) {
        JsonNode groups = call(scenario, "DescribeAutoScalingGroups", JsonNodeFactory.instance.objectNode());
        String instance = StreamSupport.stream(
                        groups.at("/AutoScalingGroups/0/Instances").spliterator(), false)
                .filter(each -> each.path("LifecycleState").asText().equals("InService"))
                .map(each -> each.path("InstanceId").asText())
                .findFirst()
                .orElseThrow();
        call(
                scenario,
                "SetInstanceHealth",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("InstanceId", instance)
                        .put("HealthStatus", "Unhealthy")
                        .put("ShouldRespectGracePeriod", false));
    }

    private static JsonNode call(Scenario scenario, String operation, ObjectNode input) {
        String account = scenario.simulator().account().defaultAccount().id();
        Caller caller = new Caller(account, "eu-west-1", "arn:aws:iam::" + account + ":user/others", "others");
        return scenario.simulator().call("autoscaling", operation, input, caller);
    }

    private static void tag(Scenario scenario, String group, String key, String value) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.putArray("Tags")
                .addObject()
                .put("ResourceId", group)
                .put("ResourceType", "auto-scaling-group")
                .put("Key", key)
                .put("Value", value)
                .put("PropagateAtLaunch", false);
        call(scenario, "CreateOrUpdateTags", input);
    }

    @Test
    void whenTheLastUserOfTheDefaultIsDone_thenTheDefaultMovesAndEveryGroupHasItBack() {
        // given
        Scenario scenario = scenario();

        // when
        Progress first = scenario.run("recycleAsgs", WEB);
        String between = scenario.fleet().group("web").launches();
        String defaultBetween = scenario.fleet().templates().get("shop-web");
        Progress second = scenario.run("recycleAsgs", ADMIN);

        // then
        assertThat(List.of(first, second)).allMatch(Progress.Done.class::isInstance);
        assertThat(between).isEqualTo("2");
        assertThat(defaultBetween).isEqualTo("default 1, latest 2");
        assertThat(scenario.row("web").reason()).endsWith("stays on the number while admin is on $Default");
        assertThat(scenario.fleet().templates()).containsEntry("shop-web", "default 2, latest 2");
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("$Default");
        assertThat(scenario.fleet().group("admin").launches()).isEqualTo("$Default");
    }

    @Test
    void whenBothAreRefreshedAtOnce_thenBothHaveTheDefaultBack() {
        // given
        Scenario scenario = scenario();

        // when
        Progress progress = scenario.run("recycleAsgs", of("web", "admin"));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(scenario.fleet().templates()).containsEntry("shop-web", "default 2, latest 2");
        assertThat(scenario.fleet().groups().values())
                .extracting(Fleet.Group::launches)
                .containsOnly("$Default");
    }

    @Test
    void whenAnotherControllerIsAtWorkOnAGroup_thenItsVersionIsNotTouched() {
        // given
        Scenario scenario = scenario();
        scenario.run("recycleAsgs", WEB);
        tag(
                scenario,
                "web",
                "ami-refresh:lease:controller-2",
                "run=nightly-7 step=step-1 since=2026-11-22T19:06:00Z until=2026-11-22T23:00:00Z");

        // when
        scenario.run("recycleAsgs", ADMIN);

        // then
        assertThat(scenario.row("admin").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.fleet().templates()).containsEntry("shop-web", "default 2, latest 2");
        assertThat(scenario.fleet().group("admin").launches()).isEqualTo("$Default");
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-in", "in-out", "rolling", "canary", "instance-refresh"})
    void whenHealthIsLostWhileTheGroupIsNamed_thenItIsDoneWhenAllAreHealthyAgain(String strategy) {
        // given
        Scenario scenario =
                losingHealth(Scenario.of("fleet.yaml", text -> text.replace("version: 1\n", "version: $Default\n")
                        .replace("Period: 30", "Period: 300")
                        .replace("boot: 15s", "boot: 2m")));

        // when
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "launchTemplateVersion", 2, "checkpointDelay", "1m"));

        // then
        Fleet.Group web = scenario.fleet().group("web");
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(web.instances()).containsEntry("2 InService Healthy", 3L);
        assertThat(scenario.console()).anyMatch(line -> line.contains("not all instances are healthy any more"));
        assertThat(web.launches()).isEqualTo("$Default");
    }
}
